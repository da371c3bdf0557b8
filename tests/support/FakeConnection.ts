import { AppError } from '../../src/main/base/AppError.ts';
import { neverAborted, untilAborted } from '../../src/main/base/abort.ts';
import { Emitter } from '../../src/main/base/Emitter.ts';
import type {
  QueryResult,
  SessionMessage,
  SqlConnection,
  Statement,
} from '../../src/main/connectors/Connection.ts';
import type { StatementStream } from '../../src/main/connectors/RowStream.ts';

const emptyStream: StatementStream = {
  columns: [],
  returnsRows: false,
  command: null,
  affectedCount: null,
  next: async () => [],
  nextEncoded: async () => ({ bytes: Buffer.alloc(0), starts: new Uint32Array(0) }),
  nextResult: async () => false,
  close: async () => undefined,
};

/** A session without a server, for what depends on order and time alone. Faults are set by the test. */
export class FakeConnection implements SqlConnection {
  backendId: number | null = null;
  readonly tls = { active: false } as const;
  server: SqlConnection['server'] = { build: 'usual', greeting: null, pooler: null, keepsTimeLimits: true };
  isUsable = true;
  isInTransaction = false;
  isTransactionFailed = false;
  isBusy = false;
  pingCount = 0;
  cancelCount = 0;
  isClosedPolitely = false;
  isDestroyed = false;
  /** Replace to let pings fail or hang. */
  answerPing: () => Promise<void> = () => Promise.resolve();
  /** Replace to let a cancel hang. */
  answerCancel: () => Promise<void> = () => Promise.resolve();
  /** Replace to let the goodbye hang. */
  answerGoodbye: () => Promise<void> = () => Promise.resolve();
  readonly #closed = new Emitter<AppError | null>();
  readonly #messages = new Emitter<SessionMessage>();

  onClosed(listener: (reason: AppError | null) => void) {
    return this.#closed.on(listener);
  }

  onMessage(listener: (message: SessionMessage) => void) {
    return this.#messages.on(listener);
  }

  readonly examineServer = async () => undefined;

  run(): Promise<StatementStream> {
    return Promise.resolve(emptyStream);
  }

  /** Replace to let statements do something. */
  query: (statement: Statement) => Promise<QueryResult> = () =>
    Promise.resolve({ fields: [], rows: [], rowCount: 0 });

  readonly lexicalModes = async () => ({ backslashEscapes: false, quotedNames: true });

  ping(): Promise<void> {
    this.pingCount += 1;
    return this.answerPing();
  }

  async cancelRunning(): Promise<void> {
    this.cancelCount += 1;
    await this.answerCancel();
    this.isBusy = false;
  }

  async close(): Promise<void> {
    this.isClosedPolitely = true;
    this.isUsable = false;
    await this.answerGoodbye();
  }

  destroy(): void {
    this.isDestroyed = true;
    this.isUsable = false;
  }

  /** The server says something that nobody asked for. */
  say(message: SessionMessage): void {
    this.#messages.emit(message);
  }

  /** The server or the network ends the session. */
  lose(): void {
    this.isUsable = false;
    this.#closed.emit(new AppError('CONNECTION_LOST', { title: 'lost', retryable: true }));
  }
}

/** Opens FakeConnections when the test says so, and remembers them. */
export class FakeOpener {
  readonly opened: FakeConnection[] = [];
  /** The signals that opens were given. */
  readonly signals: AbortSignal[] = [];
  /** Set to make the next opens fail. */
  failWith: AppError | null = null;
  /** Opens that wait for `finish` when `isManual`. */
  isManual = false;
  /** Whether an abort ends an open that waits, as it does with a real connector. */
  heedsAborts = false;
  readonly #pending: (() => void)[] = [];
  readonly #failures: AppError[] = [];

  get pendingCount(): number {
    return this.#pending.length;
  }

  readonly open = async (signal: AbortSignal = neverAborted): Promise<SqlConnection> => {
    this.signals.push(signal);
    if (this.isManual) {
      const finished = new Promise<void>((resolve) => this.#pending.push(resolve));
      await (this.heedsAborts ? untilAborted(signal, finished) : finished);
    }
    const failure = this.#failures.shift() ?? this.failWith;
    if (failure !== null) throw failure;
    const connection = new FakeConnection();
    this.opened.push(connection);
    return connection;
  };

  /** So many opens fail; those after them do not. */
  failNext(error: AppError, count: number): void {
    for (let left = count; left > 0; left -= 1) this.#failures.push(error);
  }

  /** Lets the opens under way end. */
  finish(): void {
    for (const resolve of this.#pending.splice(0)) resolve();
  }
}

/** The connection at this place, for tests that know there is one. */
export function nth(opener: FakeOpener, index: number): FakeConnection {
  const connection = opener.opened[index];
  if (connection === undefined) throw new Error(`No connection number ${index} was opened`);
  return connection;
}
