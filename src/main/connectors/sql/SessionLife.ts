import type { AppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import { type Disposable, Emitter } from '../../base/Emitter.ts';
import { WireFailure } from '../network/failures/WireFailure.ts';
import type { SessionSocket } from '../network/sockets/SessionSocket.ts';

/** How long a goodbye may take. */
const closePatienceMs = 1_000;

/** What a session runs, and what of it must end with it. */
interface SessionWork {
  readonly isBusy: boolean;
  readonly complaint: Error | null;
  release(): void;
  end(): void;
}

/** The life of a session from its log-in to its end, however it ends: by us, by the server or by the network. */
export class SessionLife {
  readonly #socket: SessionSocket;
  readonly #work: () => SessionWork;
  readonly #explain: (reason: unknown) => AppError;
  readonly #clock: Clock;
  readonly #closed = new Emitter<AppError | null>();
  #state: 'open' | 'closing' | 'ended' = 'open';
  /** The first thing that went wrong with the session. */
  #failure: unknown;
  #goodbye: Promise<void> | null = null;

  /**
   * @param work asked for when the session ends
   * @param explain why the session ended, in words for people
   */
  constructor(
    socket: SessionSocket,
    work: () => SessionWork,
    explain: (reason: unknown) => AppError,
    clock: Clock,
  ) {
    this.#socket = socket;
    this.#work = work;
    this.#explain = explain;
    this.#clock = clock;
    this.#failure = socket.failure;
    socket.on('error', (error) => this.#fail(error));
    socket.once('end', () => this.#ended());
    if (socket.stream.closed) queueMicrotask(() => this.#ended());
  }

  get isUsable(): boolean {
    return this.#state === 'open' && this.#failure === null && !this.#socket.stream.destroyed;
  }

  /** The first thing that went wrong, or null. */
  get failure(): unknown {
    return this.#failure;
  }

  /** On a session that has ended already the listener is called at once. */
  onClosed(listener: (reason: AppError | null) => void): Disposable {
    if (this.#state === 'ended') queueMicrotask(() => listener(this.#closeReason()));
    return this.#closed.on(listener);
  }

  /** Says goodbye to the server; drops the socket when that takes too long, or when something runs. Never rejects. */
  close(): Promise<void> {
    this.#goodbye ??= this.#sayGoodbye();
    return this.#goodbye;
  }

  /** Drops the socket, because nobody wants the session any more. */
  destroy(): void {
    if (this.#state === 'open') this.#state = 'closing';
    this.#drop();
  }

  /** @param reason why the session cannot be used any more; null: nobody wants it */
  giveUp(reason: Error | null): void {
    if (reason === null) this.destroy();
    else this.#fail(reason);
  }

  /** Notes why the session ends, unless we end it ourselves, and drops the socket. */
  #fail(error: unknown): void {
    if (this.#state === 'open') this.#failure ??= this.#work().complaint ?? error;
    this.#drop();
  }

  #drop(): void {
    this.#socket.stream.destroy();
    this.#work().release();
  }

  async #sayGoodbye(): Promise<void> {
    if (this.#state === 'ended') return;
    const ended = new Promise<void>((resolve) => this.#socket.once('end', resolve));
    this.#state = 'closing';
    const patience = this.#clock.after(closePatienceMs, () => this.#drop());
    if (this.#work().isBusy) this.#drop();
    else this.#socket.end();
    await ended;
    patience.cancel();
  }

  #ended(): void {
    if (this.#state === 'ended') return;
    if (this.#state === 'open' && this.#failure === null) {
      this.#fail(new WireFailure('closed', 'The server closed the connection without an error message.'));
    }
    this.#state = 'ended';
    this.#work().end();
    this.#closed.emit(this.#closeReason());
  }

  #closeReason(): AppError | null {
    return this.#failure === null ? null : this.#explain(this.#failure);
  }
}
