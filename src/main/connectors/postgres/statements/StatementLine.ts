import type { Duplex } from 'node:stream';
import { abortReason, neverAborted, onAbort } from '../../../base/abort.ts';
import { Semaphore } from '../../../base/async/Semaphore.ts';
import type { Clock } from '../../../base/Clock.ts';
import type { Disposable } from '../../../base/Emitter.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import { GuardTimer } from '../../network/limits/GuardTimer.ts';
import {
  type CancelSession,
  type Interruption,
  StatementCancel,
} from '../../network/limits/StatementCancel.ts';
import { LeftOpen, lostSessionError } from '../errors/lostSessionError.ts';
import { notSentError, statementError } from '../errors/statementErrors.ts';
import type { AnswerReader } from './AnswerReader.ts';
import { PostgresStatement, type StatementOrder, type StatementSession } from './PostgresStatement.ts';
import { frameFor } from './statementFrame.ts';
import { refuseCopy } from './statementMessages.ts';

/** How much later than the server's own limits ours strike. */
const guardMarginMs = 5_000;

/** The session that the statements are for. */
export interface LineSession {
  readonly stream: Duplex;
  readonly answers: AnswerReader;
  isUsable(): boolean;
  /** The first thing that went wrong with it, or null. */
  failure(): unknown;
  /** Asks the server to cancel what runs; rejects when it is unknown whether the request arrived. */
  cancel(signal: AbortSignal): Promise<void>;
  /** Goes on reading what the server sends, after a stream has stopped it. */
  resume(): void;
  /** Drops it; null: because nobody wants it any more. */
  giveUp(reason: Error | null): void;
}

export interface LineSettings {
  readonly queryMs: number;
  readonly idleInTransactionMs: number;
  /** Whether the server keeps to these limits as well. */
  readonly serverKeepsLimits: boolean;
  /** The data source is marked read-only. */
  readonly readOnly: boolean;
}

/** The statements of one session: one at a time is on its way, guarded, and the others wait in line. */
export class StatementLine {
  readonly #session: LineSession;
  readonly #settings: LineSettings;
  readonly #clock: Clock;
  readonly #turns = new Semaphore(1);
  /** For the statement that runs; between two of one transaction, for the transaction. */
  readonly #guard: GuardTimer;
  #running: PostgresStatement | null = null;
  /** Whom `stop` tells that nothing runs any more; while there is anybody, no statement is let in. */
  #stopping: (() => void)[] = [];
  readonly #forStatements: StatementSession = {
    tooLarge: (statement) => this.#interrupt(statement, 'size'),
    refuseCopy: () => this.#session.stream.write(refuseCopy),
  };
  readonly #forCancels: CancelSession = {
    cancel: (signal) => this.#session.cancel(signal),
    abandon: () => {
      this.#session.giveUp(
        new WireFailure('closed', 'The server did not respond to a cancel request in time.'),
      );
    },
  };

  constructor(session: LineSession, settings: LineSettings, clock: Clock) {
    this.#session = session;
    this.#settings = settings;
    this.#clock = clock;
    this.#guard = new GuardTimer(clock, () => this.#overdue());
    session.answers.onAnswered(() => this.#answered());
  }

  /** Whether a statement is on its way. */
  get isBusy(): boolean {
    return !this.#turns.isFree;
  }

  /** What the server has said so far against the statement that runs. */
  get complaint(): Error | null {
    return this.#running?.error ?? null;
  }

  /**
   * Sends a statement when its turn comes, at once when the line is empty.
   * @returns cancels the statement if it runs
   */
  enter(order: StatementOrder): Disposable {
    const { signal, answer } = order;
    if (this.#stopping.length > 0) {
      answer.fail(notSentError());
      return { dispose: () => undefined };
    }
    const statement = new PostgresStatement(order, this.#forStatements);
    this.#turns.acquire({
      signal,
      enter: () => this.#send(statement),
      refuse: (reason) => answer.fail(reason),
    });
    return { dispose: () => this.#interrupt(statement, 'caller') };
  }

  /** Cancels the statement that runs and refuses those that wait; resolves when nothing runs any more. */
  stop(): Promise<void> {
    if (!this.isBusy) return Promise.resolve();
    return new Promise((resolve) => {
      this.#stopping.push(resolve);
      this.#turns.refuseAll(notSentError());
      if (this.#running !== null) this.#interrupt(this.#running, 'caller');
    });
  }

  /** The session is being dropped: no timer is left, and no request to cancel what it ran. */
  release(): void {
    this.#guard.clear();
    this.#running?.cancel?.dispose();
  }

  /** The session is gone. */
  end(): void {
    this.release();
    const statement = this.#running;
    if (statement === null || statement.outcome !== null) return;
    statement.outcome = 'lost';
    this.#finish(statement);
  }

  #send(statement: PostgresStatement): void {
    const { signal, timeoutMs, answer } = statement.order;
    if (!this.#session.isUsable()) {
      const lost = lostSessionError(this.#session.failure(), 'not-sent');
      this.#turns.refuseAll(lost);
      this.#turns.release();
      answer.fail(lost);
      return;
    }
    this.#running = statement;
    this.#session.answers.expect(statement);
    this.#guard.set(timeoutMs ?? this.#settings.queryMs + guardMarginMs);
    if (signal !== neverAborted) {
      statement.listening = onAbort(signal, () => this.#interrupt(statement, 'caller'));
    }
    statement.sentAtMs = this.#clock.monotonicMs();
    this.#session.stream.write(this.#messagesOf(statement));
  }

  #messagesOf(sent: PostgresStatement): Buffer {
    const { statement, messages } = sent.order;
    if (statement === null) return messages;
    sent.frame = frameFor(statement, {
      isInTransaction: this.#session.answers.isInTransaction,
      isReadOnlySource: this.#settings.readOnly,
    });
    return sent.frame === null ? messages : Buffer.concat([sent.frame.before, messages, sent.frame.after]);
  }

  #interrupt(statement: PostgresStatement, reason: Interruption): void {
    if (statement !== this.#running || statement.outcome !== null) return;
    if (statement.isPing) {
      const isLate = reason === 'guard';
      this.#session.giveUp(isLate ? new WireFailure('closed', 'The server did not respond in time.') : null);
      return;
    }
    statement.interrupted();
    this.#session.resume();
    statement.cancel ??= new StatementCancel(reason, this.#forCancels, this.#clock);
  }

  /** The server is ready for the next statement. */
  #answered(): void {
    const statement = this.#running;
    if (statement === null) return;
    statement.outcome = 'answered';
    if (statement.cancel === null) this.#finish(statement);
    else void statement.cancel.outlive().then(() => this.#finish(statement));
  }

  #finish(statement: PostgresStatement): void {
    const { order, error, outcome } = statement;
    this.#running = null;
    this.#session.resume();
    statement.listening?.dispose();
    if (outcome === 'answered') this.#checkFrame(statement);
    this.#guardTransaction();
    this.#turns.release();
    const isWhole = outcome === 'answered' && error === null && !statement.hasSkippedRows;
    if (isWhole) order.answer.succeed(statement.completion);
    else
      order.answer.fail(this.#explain(statement, outcome === 'answered' ? error : this.#session.failure()));
    for (const tell of this.#stopping.splice(0)) tell();
  }

  /** A session that did not end what was put around the statement must not run another one. */
  #checkFrame({ frame, isFrameEnded }: PostgresStatement): void {
    const isExcused = frame?.mayFailInTransaction === true && this.#session.answers.isInTransaction;
    if (isFrameEnded || isExcused) return;
    this.#session.giveUp(
      new WireFailure('closed', 'The server did not roll back what a statement may have changed.'),
    );
  }

  #guardTransaction(): void {
    if (this.#session.answers.isInTransaction && this.#session.isUsable()) {
      this.#guard.set(this.#settings.idleInTransactionMs + guardMarginMs);
    } else this.#guard.clear();
  }

  #explain(statement: PostgresStatement, error: unknown): unknown {
    const { order, outcome, cancel } = statement;
    if (statement.isPing) {
      return order.signal.aborted ? abortReason(order.signal) : lostSessionError(error, 'ended');
    }
    return statementError(error, {
      outcome: outcome ?? 'lost',
      interruption: cancel?.reason ?? null,
      signal: order.signal,
      serverLimitMs: this.#settings.serverKeepsLimits ? this.#settings.queryMs : null,
      timeoutMs: order.timeoutMs ?? this.#settings.queryMs + guardMarginMs,
      elapsedMs: this.#clock.monotonicMs() - statement.sentAtMs,
      isOwn: order.statement?.own !== undefined,
      isReadOnlySource: this.#settings.readOnly,
    });
  }

  #overdue(): void {
    if (this.#running !== null) this.#interrupt(this.#running, 'guard');
    else {
      this.#session.giveUp(new LeftOpen('A transaction was left idle.'));
    }
  }
}
