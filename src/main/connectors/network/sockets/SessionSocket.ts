import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import type { ReadingTurn } from '../limits/ReadingTurn.ts';

interface SocketEvents {
  /** The first failure; the socket is dropped. What comes after it is noise of the same failure. */
  error: [error: unknown];
  /** The socket has closed. */
  end: [];
}

/** An open socket on which a protocol is spoken: read in fair turns, and not while whoever takes its rows has enough. */
export abstract class SessionSocket extends EventEmitter<SocketEvents> {
  readonly stream: Duplex;
  readonly #turn: ReadingTurn;
  #failure: unknown = null;
  /** Who wants the socket not to be read: the other connections of the process, or whoever takes the rows. */
  readonly #holds = { turn: false, consumer: false };
  readonly #forTurn = {
    pause: () => this.#hold('turn', true),
    resume: () => this.#hold('turn', false),
  };

  constructor(stream: Duplex, turn: ReadingTurn) {
    super();
    this.stream = stream;
    this.#turn = turn;
    stream.on('data', (chunk: Buffer) => this.#receive(chunk));
    stream.on('error', (error) => this.fail(error));
    stream.once('close', () => this.emit('end'));
  }

  /**
   * Deals with what arrived.
   * @returns how many bytes there were to read
   * @throws what ends the connection
   */
  protected abstract accept(chunk: Buffer): number;

  /** Says goodbye; the server closes the connection. */
  abstract end(): void;

  /** The first failure, or null. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Leaves unread what the server sends, so that it waits. */
  pause(): void {
    this.#hold('consumer', true);
  }

  resume(): void {
    this.#hold('consumer', false);
  }

  /** Drops the socket. Only the first failure counts. */
  fail(error: unknown): void {
    if (this.#failure !== null) return;
    this.#failure = error;
    // Without a listener an `error` would be thrown: then nobody is interested any more.
    if (this.listenerCount('error') > 0) this.emit('error', error);
    this.stream.destroy();
  }

  #receive(chunk: Buffer): void {
    if (this.#failure !== null) return;
    try {
      this.#turn.read(this.#forTurn, this.accept(chunk));
    } catch (error) {
      this.fail(error);
    }
  }

  #hold(who: 'turn' | 'consumer', isHeld: boolean): void {
    if (this.#holds[who] === isHeld) return;
    this.#holds[who] = isHeld;
    if (this.#holds.turn || this.#holds.consumer) this.stream.pause();
    else this.stream.resume();
  }
}
