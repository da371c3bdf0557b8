import type { Notice } from '../../../../shared/model/query.ts';
import type { Clock } from '../../../base/Clock.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import type { AnswerMemory } from '../../network/limits/AnswerMemory.ts';
import type { LostMoment } from '../../sql/lostSession.ts';
import {
  guardMarginMs,
  type LineSession,
  type LineSettings,
  StatementLine,
} from '../../sql/StatementLine.ts';
import { lostSessionError } from '../errors/lostSessionError.ts';
import { statementError } from '../errors/statementErrors.ts';
import { type Command, pingCommand, queryCommand } from '../protocol/commandPackets.ts';
import { firstModes, type ServerSettings, utf8Session } from '../sessionSettings.ts';
import type { AnswerReader, AnswerSink } from './AnswerReader.ts';
import { FileFeed } from './FileFeed.ts';
import { withoutMark } from './markedText.ts';
import { type MysqlOrder, RunningStatement, type StatementSession } from './RunningStatement.ts';
import { leavesReadOnly } from './readOnlySql.ts';
import { frameFor } from './statementFrame.ts';
import { showWarnings, WarningReader } from './WarningReader.ts';

/** How long the rest of an answer that nobody wants may arrive before the server is asked to stop: often it is there. */
const restPatienceMs = 50;

/** The session that the statements are for. */
export interface MysqlLineSession extends LineSession {
  readonly answers: AnswerReader;
  readonly memory: AnswerMemory;
  /** @param commands the packets of each command */
  send(commands: readonly Buffer[]): void;
  /** Sends a packet of a file; resolves when more can be sent, or the session is gone. */
  sendPart(payload: Buffer, sequence: number): Promise<void>;
  /** Stops reading from the server, or goes on. */
  hold(isHeld: boolean): void;
  /** What arrived makes no sense. */
  broken(reason: unknown): void;
  /** Asks the server to cancel what runs until it has ended; rejects when it is unknown whether the request arrived. */
  cancel(ended: Promise<void>, signal: AbortSignal): Promise<void>;
}

export type MysqlLineSettings = LineSettings & ServerSettings;

/** The statements of one session of a MySQL or MariaDB server. */
export class MysqlLine extends StatementLine<RunningStatement> {
  readonly #session: MysqlLineSession;
  readonly #settings: MysqlLineSettings;
  #modes = firstModes;
  readonly #forStatements: StatementSession = {
    tooLarge: (statement) => this.interrupt(statement, 'size'),
    hold: (isHeld) => this.#session.hold(isHeld),
    broken: (reason) => {
      this.#session.broken(reason);
      return this.lostError(reason, 'running');
    },
    waiting: (statement, isWaiting) => this.#limitRows(statement, isWaiting),
    feed: (statement, source, sequence) => {
      const { answers } = this.#session;
      const feed = new FileFeed(source, this.#session, sequence, (next) => answers.fileSent(next));
      statement.feed = feed;
      void feed.run();
    },
  };

  constructor(session: MysqlLineSession, settings: MysqlLineSettings, clock: Clock) {
    super(session, settings, clock);
    this.#session = session;
    this.#settings = settings;
    session.answers.onAnswered(() => this.#answered());
  }

  /** Sends a statement when its turn comes, at once when the line is empty. */
  enter(order: MysqlOrder): void {
    this.queue(new RunningStatement(order, this.#forStatements, this.#session.memory));
  }

  /** Nobody wants the rest of an answer: lets it arrive if it is short, and cancels it otherwise. */
  async drain(statement: RunningStatement): Promise<void> {
    if (statement.outcome !== null) return statement.ended;
    const patience = this.clock.after(restPatienceMs, () => this.interrupt(statement, 'caller'));
    this.suspendLimit(null);
    await statement.ended;
    patience.cancel();
  }

  protected send(statement: RunningStatement): void {
    this.#command(this.#commandsOf(statement));
  }

  protected requestCancel({ answered }: RunningStatement, signal: AbortSignal): Promise<void> {
    return this.#session.cancel(answered, signal);
  }

  /** A server that waits for a file learns of a cancel only with its end. */
  protected interrupted({ order, answer, feed }: RunningStatement): void {
    feed?.cut();
    if (order.mode === 'flow') answer.discard();
  }

  /** A session on which what was put around the statement did not work, or that may write now, must not run another one. */
  protected completed({ frameError, order }: RunningStatement): void {
    const { status } = this.#session.answers;
    if (frameError !== null) {
      this.#session.giveUp(
        new WireFailure(
          'closed',
          'The server did not undo what a statement may have changed in the session.',
        ),
      );
    } else if (this.#isGuarded && order.statement?.own === undefined && leavesReadOnly(status)) {
      this.#session.giveUp(
        new WireFailure('closed', 'A statement made the session of a read-only data source writable.'),
      );
    }
  }

  protected settle(statement: RunningStatement): void {
    const { answer, outcome, feed } = statement;
    feed?.cut();
    const error = outcome === 'lost' ? this.#session.failure() : (feed?.failure ?? answer.error);
    const failed = outcome === 'lost' || error !== null || isCutShort(statement);
    statement.end(failed ? this.#explain(statement, error) : null);
  }

  protected lostError(reason: unknown, moment: LostMoment): Error {
    return lostSessionError(reason, moment);
  }

  /** Whether the server itself keeps the session from writing. */
  get #isGuarded(): boolean {
    return this.#settings.readOnly && this.#settings.build.hasReadOnly;
  }

  #command(commands: readonly (readonly [Command, AnswerSink])[]): void {
    this.#session.answers.expect(
      commands.map(([{ answerSequence }, sink]) => ({ sequence: answerSequence, sink })),
    );
    this.#session.send(commands.map(([{ packets }]) => packets));
  }

  #commandsOf(sent: RunningStatement): readonly (readonly [Command, AnswerSink])[] {
    const { order, answer, frame } = sent;
    if (order.statement === null) return [[pingCommand, answer]];
    const { before, after, modes } = frameFor(order.statement, {
      isInTransaction: this.#session.answers.isInTransaction,
      isReadOnlySource: this.#settings.readOnly,
      isUnlimited: this.#isUnlimited(order),
      modes: this.#modes,
      settings: this.#settings,
    });
    this.#modes = modes;
    const framing = (text: string) => [queryCommand(text), frame] as const;
    // What follows in the same write would clear the list.
    const warnings = order.onNotice === undefined || after.length === 0 ? [] : [this.#warningsOf(sent)];
    return [
      ...before.map(framing),
      [queryCommand(order.text + order.mark), answer],
      ...warnings,
      ...after.map(framing),
    ];
  }

  #warningsOf({ order, answer }: RunningStatement): readonly [Command, AnswerSink] {
    const tell = (notice: Notice) => order.onNotice?.(notice);
    return [queryCommand(showWarnings), new WarningReader(tell, () => answer.error)];
  }

  /** Whether the server has warnings that nobody has asked for. An error does not say whether there are any. */
  #hasWarnings({ order, answer, cancel }: RunningStatement): boolean {
    const wasAsked = this.#isGuarded && order.statement?.own === undefined;
    if (order.onNotice === undefined || cancel !== null || wasAsked) return false;
    return answer.warningCount > 0 || answer.error !== null;
  }

  /** Everything that was sent is answered. */
  #answered(): void {
    const statement = this.unanswered;
    if (statement?.feed?.isEnded === false) {
      // What is still to be sent of the file would be taken for a statement.
      const words = 'The server answered before it had all of the data that it asked for.';
      this.#session.broken(new WireFailure('protocol', words));
      return;
    }
    if (statement === null || this.#followUp(statement)) return;
    statement.wasAnswered();
    this.answered(statement);
  }

  /**
   * An error does not say whether the transaction is still open, and a statement may have changed the character set that
   * we speak in: the server is asked for the one and told the other before the next statement. So it is for its warnings.
   */
  #followUp(statement: RunningStatement): boolean {
    const { answer, frame } = statement;
    if (statement.isFollowedUp || statement.isPing) return false;
    const speaksOtherwise = [...answer.changedVariables].some(
      ([name, value]) => /^character_set_(?:client|connection|results)$/.test(name) && value !== 'utf8mb4',
    );
    const commands: (readonly [Command, AnswerSink])[] = [];
    if (this.#hasWarnings(statement)) commands.push(this.#warningsOf(statement));
    if (answer.error !== null) commands.push([pingCommand, frame]);
    if (speaksOtherwise) commands.push([queryCommand(utf8Session), frame]);
    if (commands.length === 0) return false;
    statement.isFollowedUp = true;
    this.#command(commands);
    return true;
  }

  /** While rows are streamed, only the time in which the server lets somebody wait counts. */
  #limitRows(statement: RunningStatement, isWaiting: boolean): void {
    if (statement !== this.unanswered || statement.cancel !== null) return;
    if (isWaiting) this.limit(statement);
    else this.suspendLimit(statement.order.isLimitTotal === true ? statement : null);
  }

  /** What may take longer than the data source's limit has ours alone. */
  #isUnlimited({ mode, timeoutMs }: MysqlOrder): boolean {
    return mode === 'flow' || (timeoutMs ?? 0) > this.#settings.queryMs + guardMarginMs;
  }

  #explain(statement: RunningStatement, error: unknown): unknown {
    if (statement.isPing) return this.pingError(statement, error);
    const { mark, text, statement: sent } = statement.order;
    const serverLimitMs = this.#isUnlimited(statement.order) ? null : this.#settings.queryMs;
    return statementError(withoutMark(error, mark), {
      ...this.contextOf(statement, serverLimitMs),
      text,
      isBound: (sent?.values?.length ?? 0) > 0,
    });
  }
}

/**
 * An interrupted statement may end without an error: MySQL's SLEEP then returns 1. Its rows are not the whole answer; a
 * command that returns none was done all the same.
 */
function isCutShort({ cancel, answer, feed }: RunningStatement): boolean {
  if (feed?.isCut === true) return true;
  return cancel !== null && !answer.isDone && (answer.isDiscarded || answer.hasColumns);
}
