import { IconArrowDown, IconArrowUp, IconFolderSymlink, IconStar, IconStarOff } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { navigatorText } from '../../text/navigator.ts';
import { moveBy, setFavourite } from './arrangeActions.ts';
import { MenuAction } from './MenuAction.tsx';
import { arrangementStore, navigatorStore } from './navigator.ts';
import type { RowOf } from './rows.ts';

/** Where a data source stands in the navigator: the keyboard's way to do what dragging does. */
export function ArrangeMenu({ row }: { row: RowOf<'source'> }) {
  const { sourceId } = row;
  const isFavourite = useStore(arrangementStore, ({ arrangement }) =>
    arrangement.favourites.includes(sourceId),
  );
  return (
    <>
      <MenuAction
        icon={isFavourite ? IconStarOff : IconStar}
        label={isFavourite ? navigatorText.removeFavourite : navigatorText.addFavourite}
        onClick={() => setFavourite(sourceId, !isFavourite)}
      />
      <MenuAction
        icon={IconFolderSymlink}
        label={navigatorText.moveTo}
        onClick={() => navigatorStore.getState().askMove(sourceId)}
      />
      <OrderItems row={row} />
    </>
  );
}

/** Up and down among the neighbours. */
export function OrderItems({ row }: { row: RowOf<'source'> | RowOf<'folder'> }) {
  const isFiltered = row.type === 'source' && row.folder !== null;
  if (isFiltered) return null;
  return (
    <>
      <MenuAction
        icon={IconArrowUp}
        label={navigatorText.moveUp}
        shortcut="Alt+↑"
        onClick={() => moveBy(row, -1)}
      />
      <MenuAction
        icon={IconArrowDown}
        label={navigatorText.moveDown}
        shortcut="Alt+↓"
        onClick={() => moveBy(row, 1)}
      />
    </>
  );
}
