import type { Notice } from '../../../../shared/model/query.ts';
import type { CopySource } from '../../Connection.ts';
import type { AnswerMemory } from '../../network/limits/AnswerMemory.ts';
import { LineStatement, type StatementOrder } from '../../sql/StatementLine.ts';
import type { ServerError } from '../protocol/ServerError.ts';
import { Answer, type AnswerMode, type AnswerOwner } from './Answer.ts';
import type { AnswerSink } from './AnswerReader.ts';
import type { FileFeed } from './FileFeed.ts';

export interface MysqlOrder extends StatementOrder {
  /** With its values; a ping has none. */
  readonly text: string;
  /** What is sent behind it, see `markOf`. */
  readonly mark: string;
  /** `flow`: `resolve` is called when the first result begins; `gather`: at the end. */
  readonly mode: AnswerMode;
  /** Takes the warnings of the statement; without it they are not asked for. */
  readonly onNotice?: ((notice: Notice) => void) | undefined;
  /** What the server gets when it asks for the data of a LOAD DATA LOCAL; without it, asking ends the session. */
  readonly copyFrom?: CopySource | undefined;
  /** Its time limit is for all of it, and not for each time that the server is waited for. */
  readonly isLimitTotal?: boolean;
  readonly resolve: (statement: RunningStatement) => void;
  readonly reject: (reason: unknown) => void;
}

/** What a statement may want of its session while it runs. */
export interface StatementSession {
  tooLarge(statement: RunningStatement): void;
  hold(isHeld: boolean): void;
  broken(reason: unknown): unknown;
  waiting(statement: RunningStatement, isWaiting: boolean): void;
  /** @param sequence of the first packet */
  feed(statement: RunningStatement, source: CopySource, sequence: number): void;
}

/** One statement from its call to its end. */
export class RunningStatement extends LineStatement<MysqlOrder> {
  readonly answer: Answer;
  /** Whether the caller has it already and takes its rows. */
  isTaken = false;
  /** Whether the server was asked for what it leaves behind. */
  isFollowedUp = false;
  /** What it sends to the server, once that has asked. */
  feed: FileFeed | null = null;
  /** Why what was put around it did not work. */
  frameError: ServerError | null = null;
  /** Resolves when everything that was sent for it is answered. */
  readonly answered: Promise<void>;
  #onAnswered: () => void = () => undefined;
  readonly #ended: Promise<void>;
  #onEnded: () => void = () => undefined;

  constructor(order: MysqlOrder, session: StatementSession, memory: AnswerMemory) {
    super(order);
    const { copyFrom } = order;
    const owner: AnswerOwner = {
      started: () => this.#started(session),
      tooLarge: () => session.tooLarge(this),
      hold: (isHeld) => session.hold(isHeld),
      broken: (reason) => session.broken(reason),
      waiting: (isWaiting) => session.waiting(this, isWaiting),
      fileRequested:
        copyFrom === undefined ? undefined : (sequence) => session.feed(this, copyFrom, sequence),
    };
    this.answer = new Answer(order.mode, memory, owner);
    this.answered = new Promise((resolve) => {
      this.#onAnswered = resolve;
    });
    this.#ended = new Promise((resolve) => {
      this.#onEnded = resolve;
    });
  }

  get error(): Error | null {
    return this.answer.error;
  }

  refuse(reason: unknown): void {
    this.order.reject(reason);
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
