import { Menu } from '@mantine/core';
import {
  IconCopy,
  IconLayoutColumns,
  IconPin,
  IconPinnedOff,
  IconSquareCheck,
  IconStar,
  IconStarOff,
  IconX,
} from '@tabler/icons-react';
import type { Tab, TabOf } from '../../../shared/model/tabs.ts';
import { useCopyText } from '../../components/Clipboard.tsx';
import { shortcutText } from '../../components/ShortcutHint.tsx';
import { navigatorText } from '../../text/navigator.ts';
import { tabsText } from '../../text/tabs.ts';
import { useFavourite } from '../objects/index.ts';
import { placeOf } from './tabGroups.ts';
import { tabsStore, useTabs } from './tabs.ts';

function CloseItems({ tab }: { tab: Tab }) {
  const { close, closeAll } = tabsStore.getState();
  const siblings = useTabs((state) => state.groups[placeOf(state, tab.id)?.group ?? 0]?.tabs ?? []);
  const others = siblings.filter((one) => one.id !== tab.id && !one.isPinned);
  const at = siblings.findIndex(({ id }) => id === tab.id);
  const right = siblings.slice(at + 1).filter(({ isPinned }) => !isPinned);
  const idsOf = (tabs: readonly Tab[]) => tabs.map(({ id }) => id);
  return (
    <>
      <Menu.Item
        leftSection={<IconX size={15} />}
        rightSection={shortcutText('Mod+W')}
        onClick={() => void close(tab.id)}
      >
        {tabsText.close}
      </Menu.Item>
      <Menu.Item disabled={others.length === 0} onClick={() => void closeAll(idsOf(others))}>
        {tabsText.closeOthers}
      </Menu.Item>
      <Menu.Item disabled={right.length === 0} onClick={() => void closeAll(idsOf(right))}>
        {tabsText.closeRight}
      </Menu.Item>
    </>
  );
}

/** An object is found again at the top of its data source. */
function FavouriteItem({ tab }: { tab: TabOf<'relation'> }) {
  const { isFavourite, toggle } = useFavourite(tab.sourceId, tab.node);
  if (toggle === null) return null;
  return (
    <Menu.Item
      leftSection={isFavourite ? <IconStarOff size={15} /> : <IconStar size={15} />}
      onClick={toggle}
    >
      {isFavourite ? navigatorText.removeFavourite : navigatorText.addFavourite}
    </Menu.Item>
  );
}

/** What can be done with a tab. */
export function TabMenu({ tab, name }: { tab: Tab; name: string }) {
  const copyText = useCopyText();
  const { pin, patch, moveToOtherSide } = tabsStore.getState();
  const isSplit = useTabs(({ groups }) => groups.length > 1);
  const isAlone = useTabs(({ groups }) => groups.length === 1 && groups[0]?.tabs.length === 1);
  return (
    <>
      <CloseItems tab={tab} />
      <Menu.Divider />
      {tab.isPreview && (
        <Menu.Item leftSection={<IconSquareCheck size={15} />} onClick={() => patch(tab.id, {})}>
          {tabsText.keep}
        </Menu.Item>
      )}
      <Menu.Item
        leftSection={tab.isPinned ? <IconPinnedOff size={15} /> : <IconPin size={15} />}
        onClick={() => pin(tab.id, !tab.isPinned)}
      >
        {tab.isPinned ? tabsText.unpin : tabsText.pin}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconLayoutColumns size={15} />}
        rightSection={shortcutText('Mod+\\')}
        disabled={isAlone}
        onClick={() => moveToOtherSide(tab.id)}
      >
        {isSplit ? tabsText.otherSide : tabsText.splitRight}
      </Menu.Item>
      <Menu.Divider />
      {tab.kind === 'relation' && <FavouriteItem tab={tab} />}
      <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => copyText(name)}>
        {tabsText.copyName}
      </Menu.Item>
    </>
  );
}
