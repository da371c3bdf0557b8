import type { ErrorDto } from '../../../../shared/errors/errorDto.ts';
import type { DataSourceId } from '../../../../shared/model/ids.ts';
import type { Notice, Notification, RunMessage } from '../../../../shared/model/query.ts';
import type { ResultColumn, ResultId } from '../../../../shared/model/results.ts';
import type { RunPart } from './scriptParts.ts';

export type StatementStatus = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'not-run';

/** A statement of a run, and what became of it. */
export interface StatementRun {
  readonly text: string;
  /** Where it stood in the text of the tab when it was run. */
  readonly from: number;
  /** UTF-16 units of the text that were not in the tab. */
  readonly lead: number;
  readonly status: StatementStatus;
}

/** Where in the text of the tab a place of a statement is. */
export const placeInTab = ({ from, lead }: StatementRun, position: number): number =>
  from + Math.max(0, position - lead);

/** A result of a run as far as it has come. */
export interface RunResult {
  readonly resultId: ResultId;
  /** The statement's. */
  readonly index: number;
  readonly columns: readonly ResultColumn[];
  readonly rowCount: number;
  readonly byteCount: number;
  readonly isComplete: boolean;
  readonly isLimited: boolean;
  /** Null while its statement runs. */
  readonly durationMs: number | null;
}

/** What a line of the messages says. */
export type LogContent =
  | { readonly type: 'notice'; readonly notice: Notice }
  | { readonly type: 'notification'; readonly notification: Notification }
  | {
      readonly type: 'ended';
      readonly durationMs: number;
      readonly command: string | null;
      readonly affectedCount: number | null;
      /** Rows that it returned; null when it returned no result. */
      readonly rowCount: number | null;
      readonly isLimited: boolean;
      readonly fileName: string | null;
    }
  | {
      readonly type: 'failed';
      readonly durationMs: number | null;
      readonly error: ErrorDto;
      /** In the statement, in UTF-16 units. */
      readonly position: number | null;
    }
  | { readonly type: 'lost'; readonly error: ErrorDto };

/** A line of the messages. */
export interface LogLine {
  readonly id: number;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The statement's; null for what belongs to none. */
  readonly index: number | null;
  readonly content: LogContent;
}

/** The run that was started last, while it goes on and after it. */
export interface Run {
  readonly id: string;
  readonly sourceId: DataSourceId;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number | null;
  readonly isCancelling: boolean;
  readonly statements: readonly StatementRun[];
  readonly results: readonly RunResult[];
  /** Bytes of a COPY that went to the server, by the statement's index. */
  readonly sent: Readonly<Record<number, number>>;
}

export function newRun(
  id: string,
  sourceId: DataSourceId,
  parts: readonly RunPart[],
  startedAt: number,
): Run {
  const statements = parts.map(({ text, from, lead }) => ({ text, from, lead, status: 'waiting' as const }));
  const begun = { durationMs: null, isCancelling: false, statements, results: [], sent: {} };
  return { id, sourceId, startedAt, ...begun };
}

/** How many statements of a run came to each end. */
export function countStatements({ statements }: Run): Readonly<Record<StatementStatus, number>> {
  const counts = { waiting: 0, running: 0, done: 0, failed: 0, cancelled: 0, 'not-run': 0 };
  for (const { status } of statements) counts[status] += 1;
  return counts;
}

const endOf: Partial<Record<StatementStatus, StatementStatus>> = { waiting: 'not-run', running: 'cancelled' };

/** What a batch of messages changes, collected once for all of it. */
export class RunChange {
  readonly #statements: StatementRun[];
  readonly #results: RunResult[];
  readonly #sent: Record<number, number>;
  readonly #run: Run;
  /** New lines, in order. */
  readonly lines: Omit<LogLine, 'id'>[] = [];

  constructor(run: Run) {
    this.#run = run;
    this.#statements = [...run.statements];
    this.#results = [...run.results];
    this.#sent = { ...run.sent };
  }

  /** @param now epoch milliseconds */
  take(message: Exclude<RunMessage, { type: 'session' }>, now: number): void {
    switch (message.type) {
      case 'started':
        this.#mark(message.index, 'running');
        break;
      case 'result':
        this.#results.push({
          resultId: message.resultId,
          index: message.index,
          columns: message.columns,
          rowCount: 0,
          byteCount: 0,
          isComplete: false,
          isLimited: false,
          durationMs: null,
        });
        break;
      case 'rows':
        this.#takeRows(message);
        break;
      case 'notice':
        this.lines.push({
          at: now,
          index: message.index,
          content: { type: 'notice', notice: message.notice },
        });
        break;
      case 'sent':
        this.#sent[message.index] = message.byteCount;
        break;
      case 'ended':
        this.#takeEnd(message, now);
        break;
      case 'failed':
        this.#takeFailure(message, now);
        break;
    }
  }

  /** The run with all that was taken. When no statement is left it has ended: what comes of it is there. */
  run(now: number): Run {
    const isOver = this.#statements.every(({ status }) => !(status in endOf));
    return isOver ? this.endedRun(now) : this.#taken();
  }

  /** The same at its end: what has not run never will, and what nobody waits for any more is given up. */
  endedRun(now: number): Run {
    const statements = this.#statements.map((one) => ({ ...one, status: endOf[one.status] ?? one.status }));
    // What was complete before stays the same object: its grid would be drawn again.
    const results = this.#results.map((one) => (one.isComplete ? one : { ...one, isComplete: true }));
    const durationMs = now - this.#run.startedAt;
    return { ...this.#taken(), statements, results, durationMs, isCancelling: false };
  }

  #taken(): Run {
    return { ...this.#run, statements: this.#statements, results: this.#results, sent: this.#sent };
  }

  #mark(index: number, status: StatementStatus): void {
    const statement = this.#statements[index];
    if (statement !== undefined) this.#statements[index] = { ...statement, status };
  }

  #takeRows(message: Extract<RunMessage, { type: 'rows' }>): void {
    const at = this.#results.findLastIndex(({ resultId }) => resultId === message.resultId);
    const result = this.#results[at];
    if (result === undefined) return;
    const { rowCount, byteCount, isComplete, isLimited } = message;
    this.#results[at] = { ...result, rowCount, byteCount, isComplete, isLimited };
  }

  #takeEnd(message: Extract<RunMessage, { type: 'ended' }>, now: number): void {
    const { index, durationMs, command, affectedCount, fileName } = message;
    this.#mark(index, 'done');
    const own = this.#endResults(index, durationMs);
    const rowCount = own.length === 0 ? null : own.reduce((sum, one) => sum + one.rowCount, 0);
    const isLimited = own.some((one) => one.isLimited);
    this.lines.push({
      at: now,
      index,
      content: { type: 'ended', durationMs, command, affectedCount, rowCount, isLimited, fileName },
    });
  }

  #takeFailure(message: Extract<RunMessage, { type: 'failed' }>, now: number): void {
    const { index, durationMs, error, position } = message;
    this.#mark(index, error.code === 'QUERY_CANCELLED' ? 'cancelled' : 'failed');
    this.#endResults(index, durationMs);
    this.lines.push({ at: now, index, content: { type: 'failed', durationMs, error, position } });
  }

  /** Those of the statement that runs are the last ones. */
  #endResults(index: number, durationMs: number): readonly RunResult[] {
    const own: RunResult[] = [];
    for (let at = this.#results.length - 1; at >= 0; at -= 1) {
      const result = this.#results[at];
      if (result?.index !== index) break;
      const ended = { ...result, isComplete: true, durationMs };
      this.#results[at] = ended;
      own.unshift(ended);
    }
    return own;
  }
}
