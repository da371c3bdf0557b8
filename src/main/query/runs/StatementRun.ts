import type { RunInput, RunMessage } from '../../../shared/model/query.ts';
import type { LexicalModes, StatementReading, StatementTraits } from '../../../shared/sql/SqlLanguage.ts';
import { isAppError, toErrorDto } from '../../base/AppError.ts';
import type { RunOptions, SqlConnection, Statement } from '../../connectors/Connection.ts';
import type { StatementStream } from '../../connectors/RowStream.ts';
import { currentCorrelationId } from '../../observability/correlation.ts';
import { type BoundStatement, bindValues } from './boundStatement.ts';
import { CopyFiles } from './CopyFiles.ts';
import { explainFailure } from './explainFailure.ts';
import { historyEntryOf } from './historyEntry.ts';
import { ResultFeed } from './ResultFeed.ts';
import type { RunReport } from './RunReport.ts';
import { requireReading } from './requireReading.ts';
import type { RunContext } from './runContext.ts';

/** Bytes of a COPY are reported this often at most. */
const sentMs = 100;

/** One statement while it runs. */
interface Current {
  readonly index: number;
  readonly text: string;
  readonly data: string | null;
  readonly modes: LexicalModes;
  readonly traits: StatementTraits;
  readonly parameters: StatementReading['parameters'];
  /** What the server named for it last, for the history. */
  rowCount: number | null;
  command: string | null;
  affectedCount: number | null;
}

export interface StatementRunOptions extends RunContext {
  readonly input: RunInput;
  readonly report: RunReport;
  readonly connection: SqlConnection;
  readonly signal: AbortSignal;
}

/** The statements of one run, one after the other, in the session of their tab. Each is reported, and kept in the history. */
export class StatementRun {
  readonly #options: StatementRunOptions;
  #hasChangedSettings = false;

  constructor(options: StatementRunOptions) {
    this.#options = options;
  }

  /** Failures of statements are reported, not thrown. */
  async run(): Promise<void> {
    const { connection, input, report, session, signal } = this.#options;
    session.noted();
    report.session(session.view);
    for (const [index, reading] of this.#options.readings.entries()) {
      const order = input.statements[index];
      if (order === undefined) break;
      const blank = { rowCount: null, command: null, affectedCount: null };
      const isDone = await this.#statement({ index, ...order, ...reading, ...blank });
      const goesOn = isDone || input.onError === 'continue';
      if (!goesOn || signal.aborted || !connection.isUsable) break;
      await report.room(signal);
    }
    await this.#examine();
    if (this.#hasChangedSettings) await this.#askSettings();
    await this.#askHolds();
    report.session(session.view);
  }

  /** @returns whether it went well */
  async #statement(current: Current): Promise<boolean> {
    const { clock, connection, history, language, report, session } = this.#options;
    const { index, text, traits } = current;
    const [startedAt, startedMs] = [clock.wallMs(), clock.monotonicMs()];
    report.push({ type: 'started', index, at: startedAt });
    const bound = bindValues(text, current.parameters, this.#options.values, language);
    let { holds, transaction } = session;
    let failure: { readonly error: unknown } | null = null;
    let fileName: string | null = null;
    try {
      await this.#beginIfWanted(traits);
      ({ holds, transaction } = session);
      const modes = await requireReading(current, language, this.#options);
      fileName = await this.#execute(current, { ...bound.statement, modes });
    } catch (error) {
      const { isUsable } = connection;
      failure = { error: explainFailure(error, { traits, transaction, holds, isUsable }) };
    }
    if (failure === null && traits.resets) session.released();
    if (failure === null && traits.defines) session.defined();
    session.noted(failure === null ? traits.leaves : []);
    if (traits.resets || traits.leaves.includes('setting') || traits.transaction === 'rollback')
      this.#hasChangedSettings = true;
    const durationMs = clock.monotonicMs() - startedMs;
    if (failure === null) {
      const { affectedCount, command } = current;
      report.push({ type: 'ended', index, durationMs, command, affectedCount, fileName });
    } else report.push(failedMessage(index, durationMs, failure.error, bound));
    const rowCount = current.rowCount ?? current.affectedCount;
    history.add(historyEntryOf(this.#options, { text, startedAt, durationMs, rowCount, failure }));
    report.session(session.view);
    return failure === null;
  }

  /** In manual mode no statement runs outside of a transaction; one that ends or begins one speaks for itself. */
  async #beginIfWanted({ transaction }: StatementTraits): Promise<void> {
    const { connection, dialect, input, session, signal } = this.#options;
    if (input.commit === 'auto' || transaction !== null || connection.isInTransaction) return;
    for (const text of dialect.transactions.begin({ readOnly: false, isolation: null })) {
      await connection.query({ text }, { signal, purpose: 'part' });
    }
    session.noted();
  }

  /** @returns the name of the file that a COPY was written to */
  async #execute(current: Current, statement: Statement): Promise<string | null> {
    const { connection, files, signal } = this.#options;
    const { index, data, traits } = current;
    const onSent = this.#sentReporter(index);
    const copy = await CopyFiles.open(files, { copy: traits.copy, data, signal, onSent });
    try {
      const stream = await connection.run(statement, { ...this.#runOptions(index), ...copy.options });
      try {
        await this.#keepResults(current, stream);
      } finally {
        await stream.close();
      }
      return await copy.finish();
    } catch (error) {
      await copy.abandon();
      throw error;
    }
  }

  #runOptions(index: number): RunOptions {
    const { input, report, signal } = this.#options;
    return {
      signal,
      ...(input.timeoutMs !== null && { limitMs: input.timeoutMs }),
      // One more shows that there are more.
      ...(input.rowLimit !== null && { maxRows: input.rowLimit + 1 }),
      onNotice: (notice) => report.push({ type: 'notice', index, notice }),
    };
  }

  /** Keeps each result of a statement. One that is cut short by the limit is the last: the server is told to stop. */
  async #keepResults(current: Current, stream: StatementStream): Promise<void> {
    let isLimited = false;
    do {
      if (stream.returnsRows) isLimited = await this.#keepRows(current, stream);
      else await stream.next(1);
      current.command = stream.command ?? current.command;
      current.affectedCount = stream.affectedCount ?? current.affectedCount;
    } while (!isLimited && (await stream.nextResult()));
  }

  /** @returns whether there were more rows than the limit */
  async #keepRows(current: Current, stream: StatementStream): Promise<boolean> {
    const { clock, input, report, results, signal } = this.#options;
    const { index } = current;
    const writer = await results.create(stream.columns, input.tabId);
    report.push({ type: 'result', index, resultId: writer.id, columns: [...stream.columns] });
    const onProgress = (message: Extract<RunMessage, { type: 'rows' }>) => report.rows(message);
    const feed = new ResultFeed({ index, stream, writer, clock, onProgress });
    let isLimited = false;
    try {
      ({ isLimited } = await writer.fill(feed, { rowLimit: input.rowLimit, signal }));
    } finally {
      current.rowCount = (current.rowCount ?? 0) + writer.rowCount;
      feed.finish(isLimited);
    }
    return isLimited;
  }

  #sentReporter(index: number): (byteCount: number) => void {
    const { clock, report } = this.#options;
    let lastMs = Number.NEGATIVE_INFINITY;
    return (byteCount) => {
      const nowMs = clock.monotonicMs();
      if (nowMs - lastMs < sentMs) return;
      lastMs = nowMs;
      report.push({ type: 'sent', index, byteCount });
    };
  }

  /** Behind a pooler: whether what statements leave lasts. Their rows are not kept waiting for it. */
  async #examine(): Promise<void> {
    const { connection, session, signal } = this.#options;
    if (!connection.isUsable || connection.isInTransaction || signal.aborted) return;
    await connection.examineServer({ signal, purpose: 'part' });
    if (connection.server.pooler?.lends === 'transaction') session.released();
  }

  /** What of that which statements left is still there, where the server can be asked. */
  async #askHolds(): Promise<void> {
    const { connection, dialect, session, signal } = this.#options;
    const { heldStates } = dialect;
    if (heldStates === null || session.transaction === 'failed' || signal.aborted) return;
    const left = heldStates.states.filter((state) => session.holds.includes(state));
    if (left.length === 0 || !connection.isUsable) return;
    try {
      const statement = { text: heldStates.text, own: { reads: 'catalogue' } } as const;
      const { rows } = await connection.query(statement, { signal, purpose: 'catalogue' });
      const held = new Set(rows.map(([state]) => state));
      session.released(left.filter((state) => !held.has(state)));
    } catch {
      // What may be there is kept.
    }
  }

  /** What names mean now, and how statements are read; unknown when the server does not answer it. */
  async #askSettings(): Promise<void> {
    const { connection, dialect, session, signal } = this.#options;
    if (!connection.isUsable || session.transaction === 'failed' || signal.aborted) return;
    try {
      session.reads(await connection.lexicalModes({ signal, purpose: 'part' }));
      const statement = { text: dialect.searchPath, own: { reads: 'rows' } } as const;
      const { rows } = await connection.query(statement, { signal, purpose: 'catalogue' });
      session.searches(rows.flatMap(([schema]) => schema ?? []));
    } catch {
      // The next run asks again; until then the window knows what was true before.
    }
  }
}

function failedMessage(
  index: number,
  durationMs: number,
  error: unknown,
  { positionOf }: BoundStatement,
): RunMessage {
  const sent = isAppError(error) ? error.position : null;
  const position = sent === null ? null : positionOf(sent);
  return { type: 'failed', index, durationMs, error: toErrorDto(error, currentCorrelationId()), position };
}
