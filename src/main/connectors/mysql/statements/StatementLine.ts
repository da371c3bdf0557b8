import { abortReason, neverAborted, onAbort } from '../../../base/abort.ts';
import { Semaphore } from '../../../base/async/Semaphore.ts';
import type { Clock } from '../../../base/Clock.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import type { AnswerMemory } from '../../network/limits/AnswerMemory.ts';
import { GuardTimer } from '../../network/limits/GuardTimer.ts';
import { type CancelSession, StatementCancel } from '../../network/limits/StatementCancel.ts';
import { IdleTransaction, lostSessionError } from '../errors/lostSessionError.ts';
import { notSentError, statementError } from '../errors/statementErrors.ts';
import { type Command, pingCommand, queryCommand } from '../protocol/commandPackets.ts';
import { firstModes, type ServerSettings, utf8Session } from '../sessionSettings.ts';
import type { AnswerReader, AnswerSink } from './AnswerReader.ts';
import {
  type Interruption,
  RunningStatement,
  type StatementOrder,
  type StatementSession,
} from './RunningStatement.ts';
import { leavesReadOnly } from './readOnlySql.ts';
import { frameFor } from './statementFrame.ts';

/** How much later than the server's own limits ours strike. */
const guardMarginMs = 5_000;
/** How long the rest of an answer that nobody wants may arrive before the server is asked to stop: often it is there. */
const restPatienceMs = 50;

/** The session that the statements are for. */
export interface LineSession {
  readonly answers: AnswerReader;
  readonly memory: AnswerMemory;
  /** @param commands the packets of each command */
  send(commands: readonly Buffer[]): void;
  /** Stops reading from the server, or goes on. */
  hold(isHeld: boolean): void;
  isUsable(): boolean;
  /** The first thing that went wrong with it, or null. */
  failure(): unknown;
  /** Asks the server to cancel what runs until it has ended; rejects when it is unknown whether the request arrived. */
  cancel(ended: Promise<void>, signal: AbortSignal): Promise<void>;
  /** Drops it; null: because nobody wants it any more. */
  giveUp(reason: Error | null): void;
}

export interface LineSettings extends ServerSettings {
  readonly idleInTransactionMs: number;
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
  #modes = firstModes;
  #running: RunningStatement | null = null;
  /** Whom `stop` tells that nothing runs any more; while there is anybody, no statement is let in. */
  #stopping: (() => void)[] = [];
  readonly #forStatements: StatementSession = {
    tooLarge: (statement) => this.#interrupt(statement, 'size'),
    hold: (isHeld) => this.#session.hold(isHeld),
    waiting: (statement, isWaiting) => this.#guardRows(statement, isWaiting),
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
    return this.#running?.answer.error ?? null;
  }

  /** Sends a statement when its turn comes, at once when the line is empty. */
  enter(order: StatementOrder): void {
    const { signal, reject } = order;
    if (this.#stopping.length > 0) {
      reject(notSentError());
      return;
    }
    const statement = new RunningStatement(order, this.#forStatements, this.#session.memory);
    this.#turns.acquire({ signal, enter: () => this.#send(statement), refuse: reject });
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

  /** Nobody wants the rest of an answer: lets it arrive if it is short, and cancels it otherwise. */
  async drain(statement: RunningStatement): Promise<void> {
    if (statement.outcome !== null) return statement.ended;
    const patience = this.#clock.after(restPatienceMs, () => this.#interrupt(statement, 'caller'));
    this.#guard.clear();
    await statement.ended;
    patience.cancel();
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

  #send(statement: RunningStatement): void {
    const { signal, timeoutMs, reject } = statement.order;
    if (!this.#session.isUsable()) {
      const lost = lostSessionError(this.#session.failure(), 'not-sent');
      this.#turns.refuseAll(lost);
      this.#turns.release();
      reject(lost);
      return;
    }
    this.#running = statement;
    this.#guard.set(timeoutMs ?? this.#settings.queryMs + guardMarginMs);
    if (signal !== neverAborted) {
      statement.listening = onAbort(signal, () => this.#interrupt(statement, 'caller'));
    }
    statement.sentAtMs = this.#clock.monotonicMs();
    this.#command(this.#commandsOf(statement));
  }

  #command(commands: readonly (readonly [Command, AnswerSink])[]): void {
    this.#session.answers.expect(
      commands.map(([{ answerSequence }, sink]) => ({ sequence: answerSequence, sink })),
    );
    this.#session.send(commands.map(([{ packets }]) => packets));
  }

  #commandsOf({ order, answer, frame }: RunningStatement): readonly (readonly [Command, AnswerSink])[] {
    if (order.statement === null) return [[pingCommand, answer]];
    const { before, after, modes } = frameFor(order.statement, {
      isInTransaction: this.#session.answers.isInTransaction,
      isReadOnlySource: this.#settings.readOnly,
      isStream: order.mode === 'flow',
      modes: this.#modes,
      settings: this.#settings,
    });
    this.#modes = modes;
    const framing = (text: string) => [queryCommand(text), frame] as const;
    return [...before.map(framing), [queryCommand(order.text), answer], ...after.map(framing)];
  }

  #interrupt(statement: RunningStatement, reason: Interruption): void {
    if (statement !== this.#running || statement.outcome !== null) return;
    if (statement.isPing) {
      const isLate = reason === 'guard';
      this.#session.giveUp(isLate ? new WireFailure('closed', 'The server did not respond in time.') : null);
      return;
    }
    statement.cancel ??= new StatementCancel(reason, this.#cancelSession(statement), this.#clock);
    if (statement.order.mode === 'flow') statement.answer.discard();
  }

  #cancelSession({ answered }: RunningStatement): CancelSession {
    return {
      cancel: (signal) => this.#session.cancel(answered, signal),
      abandon: () => {
        this.#session.giveUp(
          new WireFailure('closed', 'The server did not respond to a cancel request in time.'),
        );
      },
    };
  }

  /** Everything that was sent is answered. */
  #answered(): void {
    const statement = this.#running;
    if (statement === null || statement.outcome !== null) return;
    if (this.#followUp(statement)) return;
    statement.outcome = 'answered';
    statement.wasAnswered();
    if (statement.cancel === null) this.#finish(statement);
    else void statement.cancel.outlive().then(() => this.#finish(statement));
  }

  /**
   * An error does not say whether the transaction is still open, and a statement may have changed the character set that
   * we speak in: the server is asked for the one and told the other before the next statement.
   */
  #followUp(statement: RunningStatement): boolean {
    const { answer, frame } = statement;
    if (statement.isFollowedUp || statement.isPing) return false;
    const speaksOtherwise = [...answer.changedVariables].some(
      ([name, value]) => /^character_set_(?:client|connection|results)$/.test(name) && value !== 'utf8mb4',
    );
    const commands: (readonly [Command, AnswerSink])[] = [];
    if (answer.error !== null) commands.push([pingCommand, frame]);
    if (speaksOtherwise) commands.push([queryCommand(utf8Session), frame]);
    if (commands.length === 0) return false;
    statement.isFollowedUp = true;
    this.#command(commands);
    return true;
  }

  #finish(statement: RunningStatement): void {
    const { answer, outcome } = statement;
    this.#running = null;
    statement.listening?.dispose();
    if (outcome === 'answered') this.#checkSession(statement);
    this.#guardTransaction();
    this.#turns.release();
    const error = outcome === 'lost' ? this.#session.failure() : answer.error;
    const failed = outcome === 'lost' || error !== null || isCutShort(statement);
    statement.end(failed ? this.#explain(statement, error) : null);
    for (const tell of this.#stopping.splice(0)) tell();
  }

  /** A session on which what was put around the statement did not work, or that may write now, must not run another one. */
  #checkSession({ frameError, order }: RunningStatement): void {
    const { status } = this.#session.answers;
    if (frameError !== null) {
      this.#session.giveUp(
        new WireFailure(
          'closed',
          'The server did not undo what a statement may have changed in the session.',
        ),
      );
    } else if (this.#settings.readOnly && order.statement?.own === undefined && leavesReadOnly(status)) {
      this.#session.giveUp(
        new WireFailure('closed', 'A statement made the session of a read-only data source writable.'),
      );
    }
  }

  #guardTransaction(): void {
    if (this.#session.answers.isInTransaction && this.#session.isUsable()) {
      this.#guard.set(this.#settings.idleInTransactionMs + guardMarginMs);
    } else this.#guard.clear();
  }

  /** While rows are streamed, only the time in which the server lets somebody wait counts. */
  #guardRows(statement: RunningStatement, isWaiting: boolean): void {
    if (statement !== this.#running || statement.cancel !== null) return;
    if (isWaiting) this.#guard.set(statement.order.timeoutMs ?? this.#settings.queryMs + guardMarginMs);
    else this.#guard.clear();
  }

  #explain(statement: RunningStatement, error: unknown): unknown {
    const { order, outcome, cancel } = statement;
    if (statement.isPing) {
      return order.signal.aborted ? abortReason(order.signal) : lostSessionError(error, 'ended');
    }
    return statementError(error, {
      outcome: outcome ?? 'lost',
      interruption: cancel?.reason ?? null,
      signal: order.signal,
      serverLimitMs: order.mode === 'flow' ? null : this.#settings.queryMs,
      timeoutMs: order.timeoutMs ?? this.#settings.queryMs + guardMarginMs,
      elapsedMs: this.#clock.monotonicMs() - statement.sentAtMs,
      isReadOnlySource: this.#settings.readOnly,
      text: order.text,
    });
  }

  #overdue(): void {
    if (this.#running !== null) this.#interrupt(this.#running, 'guard');
    else this.#session.giveUp(new IdleTransaction('A transaction was left idle.'));
  }
}

/** An interrupted statement may end without an error: MySQL's SLEEP then returns 1. Its rows are not the whole answer. */
function isCutShort({ cancel, answer }: RunningStatement): boolean {
  return cancel !== null && (answer.isDiscarded || answer.hasColumns);
}
