import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { SearchQuery } from '../../../shared/model/schemaSearch.ts';
import frame from '../../components/TabFrame.module.css';
import { openStream } from '../../lib/api.ts';
import { isConnected } from '../../lib/sessionOf.ts';
import { endWork, showWork } from '../../lib/statusBar.ts';
import { useIsSlow } from '../../lib/useIsSlow.ts';
import { schemaSearchText as words } from '../../text/schemaSearch.ts';
import { useDataSource, useSourceState } from '../connections/index.ts';
import { type TabContentProps, tabsStore } from '../tabs/index.ts';
import { SessionGate } from '../workspace/index.ts';
import { createSearchStore } from './createSearchStore.ts';
import { SearchBar } from './SearchBar.tsx';
import { SearchPlaces } from './SearchPlaces.tsx';
import { SearchResults } from './SearchResults.tsx';
import { searchRows } from './searchRows.ts';

/** Shows a search that takes long in the status bar, from where it can be found and cancelled. */
function useSearchWork(tabId: string, source: DataSource, isRunning: boolean, cancel: () => void): void {
  const isSlow = useIsSlow(isRunning);
  const { id, name } = source;
  useEffect(() => {
    if (!isSlow) return;
    showWork({
      id: tabId,
      label: words.work(name),
      ...{ share: null, detail: '', cancel, sourceId: id },
      open: () => tabsStore.getState().activate(tabId),
    });
    return () => endWork(tabId);
  }, [isSlow, tabId, id, name, cancel]);
}

interface SearchProps extends TabContentProps<'search'> {
  readonly source: DataSource;
}

function Search({ tab: { id, query, sourceId }, isActive, source }: SearchProps) {
  const state = useSourceState(sourceId);
  const canAsk = isConnected(state);
  const fieldRef = useRef<HTMLInputElement>(null);
  const listRef = useRef<HTMLDivElement>(null);
  const [text, setText] = useState(query.text);
  const [store] = useState(() =>
    createSearchStore({
      open: (wanted, listener) => openStream('schema.search', { id: sourceId, query: wanted }, listener),
    }),
  );
  const found = useStore(store);
  const rows = useMemo(() => searchRows(found.hits), [found.hits]);
  useEffect(() => store.getState().cancel, [store]);
  useSearchWork(id, source, found.isRunning, found.cancel);

  const remember = (wanted: SearchQuery): void => tabsStore.getState().patch(id, { query: wanted });
  const search = (wanted: SearchQuery): void => {
    remember(wanted);
    if (canAsk && wanted.text !== '' && wanted.places.length > 0) found.search(wanted);
  };
  const searchAgain = (change: Partial<SearchQuery>): void => {
    const wanted = { ...query, text, ...change };
    // What has not been searched yet waits for Enter.
    if (found.query === null) remember(wanted);
    else search(wanted);
  };
  return (
    <section className={frame.tab} aria-label={words.search}>
      <SearchBar
        source={source}
        query={{ ...query, text }}
        fieldRef={fieldRef}
        isActive={isActive}
        isRunning={found.isRunning}
        canSearch={canAsk && query.places.length > 0}
        onText={setText}
        onSearch={() => search({ ...query, text })}
        onChange={searchAgain}
        onCancel={found.cancel}
        onLeaveDown={() => listRef.current?.focus()}
      />
      <SearchPlaces
        places={query.places}
        found={found}
        rows={rows}
        onChange={(places) => searchAgain({ places })}
      />
      <div className={frame.room}>
        <SessionGate
          id={sourceId}
          state={state}
          isRetrying={false}
          hasContent={found.query !== null}
          message={words.notConnected}
        >
          <SearchResults
            sourceId={sourceId}
            found={found}
            rows={rows}
            listRef={listRef}
            onLeaveUp={() => fieldRef.current?.focus()}
            onRetry={() => search({ ...query, text })}
          />
        </SessionGate>
      </div>
    </section>
  );
}

/** Searches all that is in a data source, on its server. */
export function SchemaSearchTab(props: TabContentProps<'search'>) {
  const source = useDataSource(props.tab.sourceId)?.dataSource;
  return source === undefined ? null : <Search {...props} source={source} />;
}
