import type { Clock } from '../../../base/Clock.ts';
import type { Disposable } from '../../../base/Emitter.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import type { LostMoment } from '../../sql/lostSession.ts';
import { type LineSession, type LineSettings, StatementLine } from '../../sql/StatementLine.ts';
import { lostSessionError } from '../errors/lostSessionError.ts';
import { statementError } from '../errors/statementErrors.ts';
import type { AnswerReader } from './AnswerReader.ts';
import type { StatementSocket } from './CopyTraffic.ts';
import { type PostgresOrder, PostgresStatement, type StatementSession } from './PostgresStatement.ts';
import { isCopy } from './personalStatements.ts';
import { frameFor, type ReadOnlyBy } from './statementFrame.ts';
import { sync, withoutSync, withRowLimit } from './statementMessages.ts';

/** The session that the statements are for. */
export interface PostgresLineSession extends LineSession {
  readonly socket: StatementSocket;
  readonly answers: AnswerReader;
  /** Asks the server to cancel what runs; rejects when it is unknown whether the request arrived. */
  cancel(signal: AbortSignal): Promise<void>;
}

export interface PostgresLineSettings extends LineSettings {
  /** Whether the server keeps to the time limits as well. */
  readonly serverKeepsLimits: boolean;
  /** What keeps the session of a read-only data source from writing. */
  readonly readOnlyBy: ReadOnlyBy;
  /** Mooring's own statements go without settings and savepoints. */
  readonly isPlain: boolean;
}

/** The statements of one session of a PostgreSQL server. */
export class PostgresLine extends StatementLine<PostgresStatement> {
  readonly #session: PostgresLineSession;
  readonly #settings: PostgresLineSettings;
  readonly #forStatements: StatementSession;

  constructor(session: PostgresLineSession, settings: PostgresLineSettings, clock: Clock) {
    super(session, settings, clock);
    this.#session = session;
    this.#settings = settings;
    this.#forStatements = {
      socket: session.socket,
      tooLarge: (statement) => this.interrupt(statement, 'size'),
      cancel: (statement) => this.interrupt(statement, 'caller'),
    };
    session.answers.onAnswered(() => {
      if (this.unanswered !== null) this.answered(this.unanswered);
    });
  }

  /**
   * Sends a statement when its turn comes, at once when the line is empty.
   * @returns cancels the statement if it runs
   */
  enter(order: PostgresOrder): Disposable {
    const statement = new PostgresStatement(order, this.#forStatements);
    this.queue(statement);
    return { dispose: () => this.interrupt(statement, 'caller') };
  }

  protected send(statement: PostgresStatement): void {
    this.#session.answers.expect(statement);
    this.#session.socket.stream.write(this.#messagesOf(statement));
  }

  protected requestCancel(_: PostgresStatement, signal: AbortSignal): Promise<void> {
    return this.#session.cancel(signal);
  }

  protected interrupted(statement: PostgresStatement): void {
    statement.interrupted();
    this.#session.socket.resume();
  }

  /** A session that did not end what was put around the statement must not run another one. */
  protected completed({ frame, isFrameEnded }: PostgresStatement): void {
    this.#session.socket.resume();
    const isExcused = frame?.mayFailInTransaction === true && this.#session.isInTransaction();
    if (isFrameEnded || isExcused) return;
    this.#session.giveUp(
      new WireFailure('closed', 'The server did not roll back what a statement may have changed.'),
    );
  }

  protected settle(statement: PostgresStatement): void {
    const { order, error, outcome } = statement;
    statement.copy.stop();
    const isWhole = outcome === 'answered' && error === null && !statement.hasSkippedRows;
    if (isWhole) this.#succeed(statement);
    else
      order.answer.fail(this.#explain(statement, outcome === 'answered' ? error : this.#session.failure()));
  }

  protected lostError(reason: unknown, moment: LostMoment): Error {
    return lostSessionError(reason, moment);
  }

  /** A COPY has succeeded when all that it sent was taken. */
  #succeed({ order: { answer }, completion, copy }: PostgresStatement): void {
    if (!copy.isReceiving) answer.succeed(completion);
    else {
      void copy.end().then(
        () => answer.succeed(completion),
        (error: unknown) => answer.fail(error),
      );
    }
  }

  #messagesOf(sent: PostgresStatement): Buffer {
    const { statement, messages, maxRows = null, serverLimitMs = null, applicationName = null } = sent.order;
    if (statement === null) return messages;
    const isInTransaction = this.#session.isInTransaction();
    const frame = frameFor(statement, {
      isInTransaction,
      readOnlyBy: this.#settings.readOnly ? this.#settings.readOnlyBy : null,
      isPlain: this.#settings.isPlain,
      limitMs: serverLimitMs,
      applicationName,
    });
    sent.setFrame(frame);
    const own = maxRows === null ? messages : withRowLimit(messages, maxRows);
    if (statement.own === undefined && isCopy(statement.text)) {
      sent.copy.hold(Buffer.concat([sync, ...(frame === null ? [] : [frame.after])]));
      return Buffer.concat([...(frame === null ? [] : [frame.lead, frame.before]), withoutSync(own)]);
    }
    return frame === null ? own : Buffer.concat([frame.lead, frame.before, own, frame.after]);
  }

  #explain(statement: PostgresStatement, error: unknown): unknown {
    if (statement.isPing) return this.pingError(statement, error);
    const { statement: sent, serverLimitMs } = statement.order;
    const sessionLimitMs = this.#settings.serverKeepsLimits ? this.#settings.queryMs : null;
    return statementError(error, {
      ...this.contextOf(statement, serverLimitMs ?? sessionLimitMs),
      text: sent?.text ?? '',
      isOwn: sent?.own !== undefined,
    });
  }
}
