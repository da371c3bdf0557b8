import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import type { ReadingTurn } from '../../network/limits/ReadingTurn.ts';
import type { UnaskedLimit } from '../../network/limits/UnaskedLimit.ts';
import { terminate } from '../login/loginMessages.ts';
import { MessageGate, type MessageReader } from './MessageGate.ts';
import { messageTypes } from './messageShapes.ts';

/** Messages that a server may send at any time, or that nobody keeps. */
const unaskedTypes: ReadonlySet<number> = new Set([
  messageTypes.notice,
  messageTypes.parameterStatus,
  messageTypes.notification,
  messageTypes.copyData,
]);

interface WireEvents {
  /** The first failure; the socket is dropped. What comes after it is noise of the same failure. */
  error: [error: unknown];
  /** The socket has closed. */
  end: [];
}

/** PostgreSQL's messages over a socket that is open already: each checked, then given to the reader of the moment. */
export class WireConnection extends EventEmitter<WireEvents> {
  readonly stream: Duplex;
  readonly #unasked: UnaskedLimit;
  readonly #turn: ReadingTurn;
  readonly #gate = new MessageGate({
    take: (type, bytes, start, end) => {
      this.#turn.message();
      if (unaskedTypes.has(type)) this.#unasked.count(end - start);
      this.#reader.take(type, bytes, start, end);
    },
  });
  #reader: MessageReader;
  #failure: unknown = null;
  /** Whoever reads the answer has enough for now; others are to read before us. */
  #isHeld = false;
  #waitsForTurn = false;
  readonly #forTurn = {
    pause: () => this.#readAgain({ waitsForTurn: true }),
    resume: () => this.#readAgain({ waitsForTurn: false }),
  };

  /** @param reader takes the messages until `handOver` */
  constructor(stream: Duplex, reader: MessageReader, unasked: UnaskedLimit, turn: ReadingTurn) {
    super();
    this.stream = stream;
    this.#reader = reader;
    this.#unasked = unasked;
    this.#turn = turn;
    stream.on('data', (chunk: Buffer) => this.#receive(chunk));
    stream.on('error', (error) => this.fail(error));
    stream.once('close', () => this.emit('end'));
  }

  /** The first failure, or null. */
  get failure(): unknown {
    return this.#failure;
  }

  send(bytes: Buffer): void {
    if (this.stream.writable) this.stream.write(bytes);
  }

  /** Says goodbye and half-closes the socket. */
  end(): void {
    if (this.stream.writable) this.stream.end(terminate);
  }

  /** Leaves unread what the server sends, so that it waits. */
  pause(): void {
    if (!this.#isHeld) this.#readAgain({ isHeld: true });
  }

  resume(): void {
    if (this.#isHeld) this.#readAgain({ isHeld: false });
  }

  /** The server has let us in: from the next message on, also of those that have come already, all go to this reader. */
  handOver(reader: MessageReader): void {
    this.#reader = reader;
    this.#gate.letIn();
  }

  /** Drops the socket. Only the first failure counts. */
  fail(error: unknown): void {
    if (this.#failure !== null) return;
    this.#failure = error;
    // Without a listener an `error` would be thrown: then nobody is interested any more.
    if (this.listenerCount('error') > 0) this.emit('error', error);
    this.stream.destroy();
  }

  #readAgain({ isHeld = this.#isHeld, waitsForTurn = this.#waitsForTurn }): void {
    this.#isHeld = isHeld;
    this.#waitsForTurn = waitsForTurn;
    if (isHeld || waitsForTurn) this.stream.pause();
    else this.stream.resume();
  }

  #receive(chunk: Buffer): void {
    if (this.#failure !== null) return;
    try {
      this.#gate.accept(chunk);
      this.#turn.read(this.#forTurn, chunk.length);
    } catch (error) {
      this.fail(error);
    }
  }
}
