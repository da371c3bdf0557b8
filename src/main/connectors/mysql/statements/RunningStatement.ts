import type { Disposable } from '../../../base/Emitter.ts';
import type { Statement } from '../../Connection.ts';
import type { AnswerMemory } from '../../network/limits/AnswerMemory.ts';
import type { StatementCancel } from '../../network/limits/StatementCancel.ts';
import type { ServerError } from '../protocol/ServerError.ts';
import { Answer, type AnswerMode, type AnswerOwner } from './Answer.ts';
import type { AnswerSink } from './AnswerReader.ts';

/** What a statement needs to be run and to tell how it went. */
export interface StatementOrder {
  /** Null: a ping. It has no effect that could be lost, so that a late one is not worth a cancel: the session is given up. */
  readonly statement: Statement | null;
  /** What is sent for it; a ping has none. */
  readonly text: string;
  /** `flow`: `resolve` is called when the first result begins; `gather`: at the end. */
  readonly mode: AnswerMode;
  readonly signal: AbortSignal;
  /** Our own limit; without one, the server's and a margin. */
  readonly timeoutMs: number | undefined;
  readonly resolve: (statement: RunningStatement) => void;
  readonly reject: (reason: unknown) => void;
}

/** Why a statement was interrupted: its caller, our own time limit, or an answer too large to hold. */
export type Interruption = StatementCancel['reason'];

/** What a statement may want of its session while it runs. */
export interface StatementSession {
  tooLarge(statement: RunningStatement): void;
  hold(isHeld: boolean): void;
  waiting(statement: RunningStatement, isWaiting: boolean): void;
}

/** One statement from its call to its end. */
export class RunningStatement {
  readonly order: StatementOrder;
  readonly answer: Answer;
  /** When it was sent, on the monotonic clock. */
  sentAtMs = 0;
  /** `answered`: the server was ready for the next one; `lost`: the session ended first. Null while it runs. */
  outcome: 'answered' | 'lost' | null = null;
  /** Set when it is interrupted. */
  cancel: StatementCancel | null = null;
  /** On its caller's signal, while it runs. */
  listening: Disposable | null = null;
  /** Whether the caller has it already and takes its rows. */
  isTaken = false;
  /** Whether the server was asked for what it leaves behind. */
  isFollowedUp = false;
  /** Why what was put around it did not work. */
  frameError: ServerError | null = null;
  /** Resolves when everything that was sent for it is answered. */
  readonly answered: Promise<void>;
  #onAnswered: () => void = () => undefined;
  readonly #ended: Promise<void>;
  #onEnded: () => void = () => undefined;

  constructor(order: StatementOrder, session: StatementSession, memory: AnswerMemory) {
    this.order = order;
    const owner: AnswerOwner = {
      started: () => this.#started(session),
      tooLarge: () => session.tooLarge(this),
      hold: (isHeld) => session.hold(isHeld),
      waiting: (isWaiting) => session.waiting(this, isWaiting),
    };
    this.answer = new Answer(order.mode, memory, owner);
    this.answered = new Promise((resolve) => {
      this.#onAnswered = resolve;
    });
    this.#ended = new Promise((resolve) => {
      this.#onEnded = resolve;
    });
  }

  get isPing(): boolean {
    return this.order.statement === null;
  }

  /** Resolves when the session is free again, or gone. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  /** Takes the answers of what is put around it. */
  readonly frame: AnswerSink = {
    describe: () => undefined,
    row: () => undefined,
    complete: () => undefined,
    fail: (error) => {
      this.frameError ??= error;
    },
  };

  wasAnswered(): void {
    this.#onAnswered();
  }

  /** @param error why it failed, in words for people; null: it did not */
  end(error: unknown): void {
    const { resolve, reject } = this.order;
    this.answer.settle(error);
    if (!this.isTaken) {
      if (error === null) resolve(this);
      else reject(error);
      if (this.order.mode === 'gather' || error !== null) this.answer.release();
    }
    this.#onEnded();
  }

  #started(session: StatementSession): void {
    if (this.order.mode === 'gather' || this.isTaken || this.answer.error !== null) return;
    this.isTaken = true;
    session.waiting(this, false);
    this.order.resolve(this);
  }
}
