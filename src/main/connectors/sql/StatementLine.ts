import { abortReason, neverAborted, onAbort } from '../../base/abort.ts';
import { Semaphore } from '../../base/async/Semaphore.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Disposable } from '../../base/Emitter.ts';
import type { Statement } from '../Connection.ts';
import { WireFailure } from '../network/failures/WireFailure.ts';
import { GuardTimer } from '../network/limits/GuardTimer.ts';
import { type Interruption, StatementCancel } from '../network/limits/StatementCancel.ts';
import { IdleTransaction, type LostMoment } from './lostSession.ts';
import { notSentError, type StatementContext } from './statementFailures.ts';

/** How much later than the server's own limits ours strike. */
export const guardMarginMs = 5_000;

/** What a statement needs to be run; an engine adds what it sends, and who takes the answer. */
export interface StatementOrder {
  /** Null: a ping. It has no effect that could be lost, so that a late one is not worth a cancel: the session is given up. */
  readonly statement: Statement | null;
  readonly signal: AbortSignal;
  /** Our own limit; without one, the server's and a margin. */
  readonly timeoutMs: number | undefined;
}

/** One statement from its call to its end, as the line keeps it. */
export abstract class LineStatement<Order extends StatementOrder = StatementOrder> {
  readonly order: Order;
  /** When it was sent, on the monotonic clock. */
  sentAtMs = 0;
  /** When its time limit began, and what it had used of it before. */
  limitedAtMs = 0;
  spentMs = 0;
  /** `answered`: the server was ready for the next one; `lost`: the session ended first. Null while it runs. */
  outcome: 'answered' | 'lost' | null = null;
  /** Set when it is interrupted. */
  cancel: StatementCancel | null = null;
  /** On its caller's signal, while it runs. */
  listening: Disposable | null = null;

  constructor(order: Order) {
    this.order = order;
  }

  /** What the server refused it with, or why its answer is not there; null while there is nothing of the kind. */
  abstract readonly error: Error | null;
  /** It is never sent. */
  abstract refuse(reason: unknown): void;

  get isPing(): boolean {
    return this.order.statement === null;
  }
}

/** The session that the statements are for. */
export interface LineSession {
  isUsable(): boolean;
  /** The first thing that went wrong with it, or null. */
  failure(): unknown;
  isInTransaction(): boolean;
  /** Drops it; null: because nobody wants it any more. */
  giveUp(reason: Error | null): void;
}

export interface LineSettings {
  /** The server's limit for one statement. */
  readonly queryMs: number;
  readonly idleInTransactionMs: number;
  /** The data source is marked read-only. */
  readonly readOnly: boolean;
}

/**
 * The statements of one session: one at a time is on its way, guarded, and the others wait in line. How a statement is
 * sent, cancelled and read is the engine's, which calls `answered` when the server is ready for the next one.
 */
export abstract class StatementLine<Running extends LineStatement> {
  protected readonly clock: Clock;
  readonly #session: LineSession;
  readonly #settings: LineSettings;
  readonly #turns = new Semaphore(1);
  /** For the statement that runs; between two of one transaction, for the transaction. */
  readonly #guard: GuardTimer;
  #running: Running | null = null;
  /** Whom `stop` tells that nothing runs any more; while there is anybody, no statement is let in. */
  #stopping: (() => void)[] = [];

  constructor(session: LineSession, settings: LineSettings, clock: Clock) {
    this.#session = session;
    this.#settings = settings;
    this.clock = clock;
    this.#guard = new GuardTimer(clock, () => this.#overdue());
  }

  /** Whether a statement is on its way. */
  get isBusy(): boolean {
    return !this.#turns.isFree;
  }

  /** What the server has said so far against the statement that runs. */
  get complaint(): Error | null {
    return this.#running?.error ?? null;
  }

  /** Cancels the statement that runs and refuses those that wait; resolves when nothing runs any more. */
  stop(): Promise<void> {
    if (!this.isBusy) return Promise.resolve();
    return new Promise((resolve) => {
      this.#stopping.push(resolve);
      this.#turns.refuseAll(notSentError());
      if (this.#running !== null) this.interrupt(this.#running, 'caller');
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

  protected abstract send(statement: Running): void;
  /** Asks the server to cancel what runs; rejects when it is unknown whether the request arrived. */
  protected abstract requestCancel(statement: Running, signal: AbortSignal): Promise<void>;
  /** It was interrupted: what still comes for it is not wanted. */
  protected abstract interrupted(statement: Running): void;
  /** Everything that was sent for it is answered, and the next one is not sent yet. */
  protected abstract completed(statement: Running): void;
  /** Its turn is over: its caller is told how it ended. */
  protected abstract settle(statement: Running): void;
  protected abstract lostError(reason: unknown, moment: LostMoment): Error;

  /** Sends a statement when its turn comes, at once when the line is empty. */
  protected queue(statement: Running): void {
    if (this.#stopping.length > 0) {
      statement.refuse(notSentError());
      return;
    }
    this.#turns.acquire({
      signal: statement.order.signal,
      enter: () => this.#send(statement),
      refuse: (reason) => statement.refuse(reason),
    });
  }

  /** The server is ready for the next statement. */
  protected answered(statement: Running): void {
    statement.outcome = 'answered';
    if (statement.cancel === null) this.#finish(statement);
    else void statement.cancel.outlive().then(() => this.#finish(statement));
  }

  /** The statement that runs and is not answered yet. */
  protected get unanswered(): Running | null {
    return this.#running?.outcome === null ? this.#running : null;
  }

  protected interrupt(statement: Running, reason: Interruption): void {
    if (statement !== this.unanswered) return;
    if (statement.isPing) {
      const isLate = reason === 'guard';
      this.#session.giveUp(isLate ? new WireFailure('closed', 'The server did not respond in time.') : null);
      return;
    }
    statement.cancel ??= new StatementCancel(
      reason,
      {
        cancel: (signal) => this.requestCancel(statement, signal),
        abandon: () => {
          this.#session.giveUp(
            new WireFailure('closed', 'The server did not respond to a cancel request in time.'),
          );
        },
      },
      this.clock,
    );
    this.interrupted(statement);
  }

  /** Begins the time limit of a statement, or goes on with what is left of it. */
  protected limit(statement: Running): void {
    statement.limitedAtMs = this.clock.monotonicMs();
    this.#guard.set(Math.max(0, this.#limitOf(statement) - statement.spentMs));
  }

  /** Suspends it, because nobody waits for the server. @param statement whose limit goes on later; null: it begins anew */
  protected suspendLimit(statement: Running | null): void {
    if (statement !== null) statement.spentMs += this.clock.monotonicMs() - statement.limitedAtMs;
    this.#guard.clear();
  }

  /** What a failure of the server on this statement is explained with. @param serverLimitMs null: it was given none */
  protected contextOf(statement: Running, serverLimitMs: number | null): StatementContext {
    return {
      outcome: statement.outcome ?? 'lost',
      interruption: statement.cancel?.reason ?? null,
      signal: statement.order.signal,
      serverLimitMs,
      timeoutMs: this.#limitOf(statement),
      elapsedMs: this.clock.monotonicMs() - statement.sentAtMs,
      isReadOnlySource: this.#settings.readOnly,
    };
  }

  /** Why a ping failed. */
  protected pingError({ order: { signal } }: Running, error: unknown): unknown {
    return signal.aborted ? abortReason(signal) : this.lostError(error, 'ended');
  }

  #send(statement: Running): void {
    if (!this.#session.isUsable()) {
      const lost = this.lostError(this.#session.failure(), 'not-sent');
      this.#turns.refuseAll(lost);
      this.#turns.release();
      statement.refuse(lost);
      return;
    }
    const { signal } = statement.order;
    this.#running = statement;
    this.limit(statement);
    if (signal !== neverAborted) {
      statement.listening = onAbort(signal, () => this.interrupt(statement, 'caller'));
    }
    statement.sentAtMs = this.clock.monotonicMs();
    this.send(statement);
  }

  #finish(statement: Running): void {
    this.#running = null;
    statement.listening?.dispose();
    if (statement.outcome === 'answered') this.completed(statement);
    this.#guardTransaction();
    this.#turns.release();
    this.settle(statement);
    for (const tell of this.#stopping.splice(0)) tell();
  }

  #guardTransaction(): void {
    if (this.#session.isInTransaction() && this.#session.isUsable()) {
      this.#guard.set(this.#settings.idleInTransactionMs + guardMarginMs);
    } else this.#guard.clear();
  }

  #limitOf({ order }: Running): number {
    return order.timeoutMs ?? this.#settings.queryMs + guardMarginMs;
  }

  #overdue(): void {
    if (this.#running !== null) this.interrupt(this.#running, 'guard');
    else this.#session.giveUp(new IdleTransaction('A transaction was left idle.'));
  }
}
