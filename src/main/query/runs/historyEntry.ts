import { isAppError } from '../../base/AppError.ts';
import { outcomeOf } from '../../base/statementKinds.ts';
import type { NewHistoryEntry } from '../QueryHistory.ts';
import type { RunContext } from './runContext.ts';

/** A statement that ran, with how it ended. */
export interface RanStatement {
  readonly text: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly rowCount: number | null;
  readonly failure: { readonly error: unknown } | null;
}

/** What is kept of it. */
export function historyEntryOf(
  { source }: Pick<RunContext, 'source'>,
  { failure, ...ran }: RanStatement,
): NewHistoryEntry {
  const kept = { ...ran, sourceId: source.id, sourceName: source.name };
  if (failure === null) return { ...kept, outcome: 'done', error: null };
  const isCancelled = outcomeOf(failure.error) === 'cancelled';
  return { ...kept, outcome: isCancelled ? 'cancelled' : 'failed', error: lineOf(failure.error) };
}

/** Title and detail on one line. */
function lineOf(error: unknown): string {
  if (!isAppError(error)) return 'Something went wrong inside Mooring';
  return [error.message, error.detail].filter((text) => text !== '').join(': ');
}
