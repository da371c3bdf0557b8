import { Menu } from '@mantine/core';
import { IconDatabaseSearch, IconListSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { maxSearchHits } from '../../../shared/model/schemaSearch.ts';
import { useCopyText } from '../../components/Clipboard.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { Listbox, ListOption } from '../../components/Listbox.tsx';
import { shortcutText } from '../../components/ShortcutHint.tsx';
import frame from '../../components/TabFrame.module.css';
import { listMove } from '../../lib/listMove.ts';
import { matchesShortcut } from '../../lib/shortcut.ts';
import { useIsSlow } from '../../lib/useIsSlow.ts';
import { usePagedRows } from '../../lib/usePagedRows.ts';
import { schemaSearchText as words } from '../../text/schemaSearch.ts';
import { useQuoting } from '../schema/index.ts';
import type { SearchState } from './createSearchStore.ts';
import { HitRow } from './HitRow.tsx';
import { lineText, openSearchRow } from './openHit.ts';
import classes from './Search.module.css';
import type { SearchRow } from './searchRows.ts';

const rowHeightPx = 24;
const pageStep = 15;

interface SearchResultsProps {
  readonly sourceId: DataSourceId;
  readonly found: SearchState;
  readonly rows: readonly SearchRow[];
  readonly listRef: RefObject<HTMLDivElement | null>;
  readonly onLeaveUp: () => void;
  readonly onRetry: () => void;
}

/** What is to be known about hits that are not here. */
function Notes({ found: { cut, isCancelled, refused } }: { readonly found: SearchState }) {
  if (cut.length === 0 && refused.length === 0 && !isCancelled) return null;
  return (
    <div className={classes.notes}>
      {isCancelled && <p>{words.cancelled}</p>}
      {cut.map((place) => (
        <p key={place}>{words.cut(place, maxSearchHits)}</p>
      ))}
      {refused.map(({ place, problem }) => (
        <p key={place}>{words.refused(place, problem)}</p>
      ))}
    </div>
  );
}

/** Why there are no rows. */
function NoRows({ found: { isCancelled, isRunning, query } }: { readonly found: SearchState }) {
  const isSlow = useIsSlow(isRunning);
  // What comes at once would only flash.
  if (isRunning) return isSlow ? <EmptyState title={words.starting} /> : null;
  if (query === null) {
    return (
      <EmptyState
        icon={<IconDatabaseSearch size={28} stroke={1.5} />}
        title={words.beginTitle}
        message={words.beginMessage}
      />
    );
  }
  if (isCancelled) return null;
  return (
    <EmptyState
      icon={<IconListSearch size={28} stroke={1.5} />}
      title={words.nothingTitle(query.text)}
      message={words.nothingMessage}
    />
  );
}

type ResultListProps = Pick<SearchResultsProps, 'sourceId' | 'rows' | 'listRef' | 'onLeaveUp'>;

function ResultList({ sourceId, rows, listRef, onLeaveUp }: ResultListProps) {
  const listId = useId();
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const copyText = useCopyText();
  const { quoteQualified } = useQuoting(sourceId);
  const {
    rows: shown,
    totalHeightPx,
    show,
  } = usePagedRows({
    ...{ count: rows.length, rowHeightPx, viewportRef: listRef },
    loadMore: () => undefined,
  });
  const activeAt = rows.findIndex(({ key }) => key === activeKey);
  const active = rows[activeAt];
  const choose = (at: number): void => {
    setActiveKey(rows[at]?.key ?? null);
    show(at);
  };
  const copyName = (row: SearchRow): void => copyText(quoteQualified(row.node));
  const copy = (row: SearchRow): void => (row.type === 'hit' ? copyText(lineText(row.hit)) : copyName(row));
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = listMove(event.key, activeAt, rows.length, pageStep);
    if (event.key === 'ArrowUp' && activeAt <= 0) onLeaveUp();
    else if (target !== null) choose(target);
    else if (active === undefined) return;
    else if (event.key === 'Enter') openSearchRow(sourceId, active, false);
    else if (event.key === ' ') openSearchRow(sourceId, active, true);
    else if (matchesShortcut(event.nativeEvent, 'mod+C')) copy(active);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Menu withinPortal position="bottom-start" width={240}>
      <Menu.ContextMenu>
        <Listbox
          ref={listRef}
          className={classes.list}
          aria-label={words.results}
          activeId={active === undefined ? undefined : `${listId}-${activeAt}`}
          totalHeightPx={totalHeightPx}
          onKeyDown={onKeyDown}
          onFocus={() => activeAt < 0 && choose(0)}
        >
          {shown.map(({ index, start }) => {
            const row = rows[index];
            return (
              row !== undefined && (
                <ListOption
                  key={row.key}
                  id={`${listId}-${index}`}
                  className={`${classes.row} ${row.type === 'hit' ? classes.below : ''}`}
                  isSelected={index === activeAt}
                  top={start}
                  onClick={() => setActiveKey(row.key)}
                  onDoubleClick={() => openSearchRow(sourceId, row, false)}
                  onContextMenu={() => setActiveKey(row.key)}
                >
                  <HitRow sourceId={sourceId} row={row} />
                </ListOption>
              )
            );
          })}
        </Listbox>
      </Menu.ContextMenu>
      {active !== undefined && (
        <Menu.Dropdown>
          <Menu.Item
            rightSection={shortcutText('Enter')}
            onClick={() => openSearchRow(sourceId, active, false)}
          >
            {words.open}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => copyName(active)}>{words.copyName}</Menu.Item>
          {active.type === 'hit' && (
            <Menu.Item rightSection={shortcutText('Mod+C')} onClick={() => copy(active)}>
              {words.copyLine}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      )}
    </Menu>
  );
}

/** What was found, by object; each opens. */
export function SearchResults({ found, onRetry, rows, ...list }: SearchResultsProps) {
  const { error } = found;
  return (
    <>
      {error !== null && (
        <div className={frame.failure}>
          <ErrorPanel error={error} onRetry={onRetry} />
        </div>
      )}
      {rows.length > 0 ? <ResultList rows={rows} {...list} /> : error === null && <NoRows found={found} />}
      <Notes found={found} />
    </>
  );
}
