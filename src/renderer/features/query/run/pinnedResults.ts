import type { DataSourceId } from '../../../../shared/model/ids.ts';
import type { ResultId } from '../../../../shared/model/results.ts';
import type { Run, RunResult } from './runState.ts';

/** A result of an earlier run, kept because it is pinned. */
export interface KeptResult {
  readonly result: RunResult;
  /** Of its statement. */
  readonly text: string;
  readonly sourceId: DataSourceId;
  /** When its run began, in epoch milliseconds. */
  readonly ranAt: number;
}

interface Results {
  readonly run: Run | null;
  /** Of earlier runs, the oldest first. */
  readonly kept: readonly KeptResult[];
  /** Those that the next run leaves alone. */
  readonly pinned: ReadonlySet<ResultId>;
}

/** What the next run leaves of all results, and which ones go. */
export function resultsAfter({ run, kept, pinned }: Results): {
  readonly kept: readonly KeptResult[];
  readonly dropped: readonly ResultId[];
} {
  const all = [...kept, ...(run === null ? [] : run.results.map((result) => keptOf(run, result)))];
  return {
    kept: all.filter(({ result }) => pinned.has(result.resultId)),
    dropped: all.flatMap(({ result: { resultId } }) => (pinned.has(resultId) ? [] : [resultId])),
  };
}

function keptOf({ sourceId, startedAt, statements }: Run, result: RunResult): KeptResult {
  return { result, text: statements[result.index]?.text ?? '', sourceId, ranAt: startedAt };
}
