import { CloseButton } from '@mantine/core';
import { IconPlayerPlay, IconPlugOff } from '@tabler/icons-react';
import { memo, Suspense, useEffect, useState } from 'react';
import type { DataSourceId } from '../../../../shared/model/ids.ts';
import type { ResultId } from '../../../../shared/model/results.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { shortcutText } from '../../../components/ShortcutHint.tsx';
import { formatClockTime } from '../../../lib/format.ts';
import { whenIdle } from '../../../lib/whenIdle.ts';
import { queryText } from '../../../text/query.ts';
import { ResultGrid } from '../../grid/index.ts';
import type { KeptResult } from '../run/pinnedResults.ts';
import type { Run, RunResult } from '../run/runState.ts';
import { useDesk, useQuery } from '../session/deskContext.ts';
import { Messages } from './Messages.tsx';
import { QueryErrorActions } from './QueryErrorActions.tsx';
import { ResultStrip } from './ResultStrip.tsx';
import classes from './Results.module.css';

/** So many results stay as they were left: where they were scrolled to, and how they were sorted. */
const keptGridCount = 6;

interface ResultProps {
  readonly sourceId: DataSourceId | null;
  /** Null: it waits for one. */
  readonly result: RunResult | null;
  /** Read aloud as the name of the grid. */
  readonly label: string;
  readonly isShown: boolean;
  readonly isActive: boolean;
}

const Result = memo(function Result({ sourceId, result, label, isShown, isActive }: ResultProps) {
  if (result?.columns.length === 0) {
    return (
      <div className={classes.pane} hidden={!isShown}>
        <EmptyState title={queryText.noColumns(result.rowCount)} message={queryText.noColumnsMessage} />
      </div>
    );
  }
  return (
    <div className={classes.pane} hidden={!isShown}>
      {/* Its code is loaded with the first result: without this the whole tab, and the focus in it, would go meanwhile. */}
      <Suspense>
        <ResultGrid
          label={label}
          result={result}
          sourceId={sourceId}
          isActive={isActive && isShown}
          {...(result?.isLimited && { rowsLabel: queryText.limited(result.rowCount) })}
        />
      </Suspense>
    </div>
  );
});

/** Those of earlier runs that are kept, and those of the run. */
function resultsOf(run: Run | null, kept: readonly KeptResult[]) {
  const earlier = kept.map(({ result, sourceId, ranAt }) => {
    return { result, sourceId, label: queryText.resultOf(formatClockTime(ranAt)) };
  });
  if (run === null) return earlier;
  const { results, sourceId } = run;
  return [
    ...earlier,
    ...results.map((result, at) => ({ result, sourceId, label: queryText.result(at + 1) })),
  ];
}

/** The ids of results that were shown, the newest last. */
function useVisited(shownId: ResultId | null): readonly ResultId[] {
  const [visited, setVisited] = useState<readonly ResultId[]>([]);
  if (shownId === null || visited.at(-1) === shownId) return visited;
  const next = [...visited.filter((id) => id !== shownId), shownId].slice(-keptGridCount);
  setVisited(next);
  return next;
}

interface Grids {
  /** The key of the grid of each result. */
  readonly keys: ReadonlyMap<ResultId, string>;
  /** A grid that shows nothing yet; null while there is none. */
  readonly spare: string | null;
}

/**
 * Which grid shows which result. A new result takes the grid of one that is gone, and one grid is always ready for the
 * next: to make a grid takes longer than to show the rows.
 */
function useGrids(ids: readonly ResultId[]): Grids {
  const [grids, setGrids] = useState<Grids>({ keys: new Map(), spare: null });
  const lacksSpare = ids.length > 0 && grids.spare === null;
  useEffect(() => {
    if (!lacksSpare) return;
    let isGone = false;
    void whenIdle().then(() => {
      if (!isGone) setGrids(({ keys }) => ({ keys, spare: crypto.randomUUID() }));
    });
    return () => {
      isGone = true;
    };
  }, [lacksSpare]);
  if (ids.length === grids.keys.size && ids.every((id) => grids.keys.has(id))) return grids;
  const next = gridsFor(ids, grids);
  setGrids(next);
  return next;
}

function gridsFor(ids: readonly ResultId[], { keys: before, spare }: Grids): Grids {
  const free = [...before].filter(([id]) => !ids.includes(id)).map(([, key]) => key);
  if (spare !== null) free.push(spare);
  const keys = new Map(ids.map((id) => [id, before.get(id) ?? free.shift() ?? id]));
  return { keys, spare: free[0] ?? null };
}

/** Why the session of the tab ended, with what became of its transaction, until the next run. */
function LostSession() {
  const { store } = useDesk();
  const lost = useQuery((state) => state.lost);
  if (lost === null) return null;
  const text = [lost.title, lost.detail].filter((part) => part !== '').join(' ');
  return (
    <div role="alert" className={classes.lost}>
      <IconPlugOff size={15} className={classes.lostIcon} aria-hidden />
      <span className={classes.lostText}>
        <strong>{queryText.lostTitle}</strong> {text}
      </span>
      <CloseButton size="sm" aria-label={queryText.dismiss} onClick={() => store.getState().dismissLost()} />
    </div>
  );
}

/** What came of the last run: its results, one at a time, and its messages. */
export function ResultsArea({ isActive }: { readonly isActive: boolean }) {
  const run = useQuery((state) => state.run);
  const kept = useQuery((state) => state.kept);
  const hasLines = useQuery(
    ({ log, runError, lost }) => log.length > 0 || runError !== null || lost !== null,
  );
  const shown = useQuery((state) => state.shown);
  const visited = useVisited(shown.type === 'result' ? shown.id : null);
  const shownResults = resultsOf(run, kept);
  const grids = useGrids(shownResults.map(({ result }) => result.resultId));
  if (run === null && !hasLines) {
    return (
      <EmptyState
        icon={<IconPlayerPlay size={28} stroke={1.5} />}
        title={queryText.nothingYet}
        message={queryText.nothingYetMessage(shortcutText('Mod+Enter'))}
      />
    );
  }
  return (
    <>
      <LostSession />
      <ResultStrip />
      <div className={classes.content}>
        {/* In one list: the spare grid keeps its place in it when it gets a result. */}
        {[
          ...shownResults.map(
            ({ result, sourceId, label }) =>
              visited.includes(result.resultId) && (
                <Result
                  key={grids.keys.get(result.resultId)}
                  sourceId={sourceId}
                  result={result}
                  label={label}
                  isShown={shown.type === 'result' && shown.id === result.resultId}
                  isActive={isActive}
                />
              ),
          ),
          grids.spare !== null && (
            <Result
              key={grids.spare}
              sourceId={null}
              result={null}
              label={queryText.result(1)}
              isShown={false}
              isActive={false}
            />
          ),
        ]}
        <div className={classes.pane} hidden={shown.type !== 'messages'}>
          <QueryErrorActions>
            <Messages isShown={shown.type === 'messages'} />
          </QueryErrorActions>
        </div>
      </div>
    </>
  );
}
