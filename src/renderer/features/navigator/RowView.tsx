import { IconChevronRight } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { formatBytes } from '../../lib/format.ts';
import type { FilterWords } from '../../lib/textRank.ts';
import { useDataSource, useSourceState } from '../connections/index.ts';
import { databasesStore } from '../databases/index.ts';
import { rename } from './arrangeActions.ts';
import type { Drop } from './dropTarget.ts';
import { NameField } from './NameField.tsx';
import { navigatorStore } from './navigator.ts';
import classes from './Row.module.css';
import { RowContent } from './RowContent.tsx';
import type { NavigatorRow, RowOf } from './rows.ts';
import { databaseDescription, rowDescription, rowName, sourceDescription } from './rowWords.ts';
import { SourceButtons, SourceContent } from './SourceContent.tsx';

const indentPx = 14;

/** What can be renamed, and how long its name may be. */
const maxNameLength: Partial<Record<NavigatorRow['type'], number>> = { source: 128, folder: 100 };

export interface RowViewProps {
  readonly row: NavigatorRow;
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly words: FilterWords;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly isRenaming: boolean;
  readonly dropEdge: Drop['edge'] | null;
  readonly focusTree: () => void;
  /** Opens the context menu of the row below an element. */
  readonly openMenu: (at: Element) => void;
}

interface FrameProps extends Omit<RowViewProps, 'words' | 'openMenu'> {
  readonly description: string | undefined;
  readonly children: ReactNode;
}

/** A row at its place in the virtual list. The tree handles keys and clicks. */
function Frame({ row, id, index, top, description, children, ...state }: FrameProps) {
  const { isActive, isSelected, isRenaming, dropEdge, focusTree } = state;
  const name = rowName(row);
  const onDone = (typed: string | null): void => {
    if (typed !== null) rename(row, typed);
    navigatorStore.getState().setRenaming(null);
    focusTree();
  };
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and points here (aria-activedescendant)
    <div
      id={id}
      role="treeitem"
      className={classes.row}
      data-index={index}
      data-type={row.type}
      data-active={isActive || undefined}
      data-drop={dropEdge ?? undefined}
      draggable={(row.type === 'source' || row.type === 'folder') && !isRenaming}
      // The buttons of a data source are no part of its name; the name of another row is what stands in it.
      aria-label={row.type === 'source' || row.type === 'database' ? name : undefined}
      aria-description={description}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-selected={isSelected}
      aria-expanded={row.isExpanded ?? undefined}
      title={description === undefined ? undefined : `${name}\n${description}`}
      style={{ transform: `translateY(${top}px)`, paddingInlineStart: 4 + (row.level - 1) * indentPx }}
    >
      <span className={classes.chevron} data-expanded={row.isExpanded || undefined} data-chevron>
        {row.isExpanded !== null && <IconChevronRight size={13} aria-hidden />}
      </span>
      {isRenaming ? (
        <NameField name={name} maxLength={maxNameLength[row.type] ?? 0} onDone={onDone} />
      ) : (
        children
      )}
    </div>
  );
}

function SourceRow({ row, ...props }: RowViewProps & { row: RowOf<'source'> }) {
  const summary = useDataSource(row.sourceId);
  const state = useSourceState(row.sourceId);
  if (summary === undefined) return null;
  const { words, openMenu } = props;
  return (
    <Frame {...props} row={row} description={sourceDescription(summary, state, row.folder)}>
      <SourceContent row={row} summary={summary} state={state} words={words} />
      <SourceButtons id={row.sourceId} name={summary.dataSource.name} state={state} openMenu={openMenu} />
    </Frame>
  );
}

function DatabaseRow({ row, ...props }: RowViewProps & { row: RowOf<'database'> }) {
  const state = useSourceState(row.sourceId);
  const bytes = useStore(databasesStore, (store) => store.sizes[row.sourceId]);
  const { words, openMenu } = props;
  return (
    <Frame {...props} row={row} description={databaseDescription(row, state, bytes)}>
      <RowContent row={row} words={words} {...(bytes !== undefined && { figure: formatBytes(bytes) })} />
      {row.database.refusal === null && (
        <SourceButtons id={row.sourceId} name={row.database.name} state={state} openMenu={openMenu} />
      )}
    </Frame>
  );
}

/** One row of the navigator. */
export const RowView = memo(function RowView(props: RowViewProps) {
  const { row, words } = props;
  if (row.type === 'source') return <SourceRow {...props} row={row} />;
  if (row.type === 'database') return <DatabaseRow {...props} row={row} />;
  return (
    <Frame {...props} description={rowDescription(row)}>
      <RowContent row={row} words={words} />
    </Frame>
  );
});
