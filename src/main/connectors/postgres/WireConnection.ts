import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import type { AnswerReader } from './AnswerReader.ts';
import type { MessageGate } from './MessageGate.ts';
import { PgConnectionBase } from './pgInternals.ts';

/**
 * pg's protocol over a socket that is open already, through a gate, until the server has let us in; from then on what
 * comes goes to an `AnswerReader`. Emits pg's events; the first failure is emitted as `error` and ends the socket,
 * whatever comes after it is noise of the same failure.
 */
export class WireConnection extends PgConnectionBase {
  readonly #gate: MessageGate;
  readonly #parameters: Readonly<Record<string, string>>;
  readonly #checked = new EventEmitter();
  #answers: AnswerReader | null = null;
  #failure: unknown = null;

  /** @param parameters of the startup message: exactly these are sent, and client_encoding UTF8 */
  constructor(stream: Duplex, gate: MessageGate, parameters: Readonly<Record<string, string>>) {
    super({ stream });
    this.#gate = gate;
    this.#parameters = parameters;
  }

  /** The first failure, or null. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Called by pg's client, which begins to listen only after this returns. */
  connect(): void {
    this._connecting = true;
    this.attachListeners(this.#checked);
    this.stream.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.stream.on('error', (error) => this.#fail(error));
    this.stream.once('close', () => this.emit('end'));
    process.nextTick(() => {
      if (this.stream.destroyed) this.emit('end');
      else this.emit('connect');
    });
  }

  /** Ignores what pg put together: it may stem from the environment. */
  override startup(): void {
    super.startup(this.#parameters);
  }

  /** From the next message on, also of those that have come already, all go to this reader. */
  handOver(answers: AnswerReader): void {
    this.#answers = answers;
  }

  #receive(chunk: Buffer): void {
    if (this.#failure !== null) return;
    try {
      const messages = this.#gate.accept(chunk);
      if (messages === null) return;
      if (this.#answers === null) this.#logIn(messages);
      else this.#answers.read(messages);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** One message at a time: with one of them the log-in is over. */
  #logIn(messages: Buffer): void {
    let offset = 0;
    while (offset < messages.length && this.#answers === null && this.#failure === null) {
      const end = offset + 1 + messages.readUInt32BE(offset + 1);
      this.#checked.emit('data', messages.subarray(offset, end));
      offset = end;
    }
    this.#answers?.read(messages.subarray(offset));
  }

  #fail(error: unknown): void {
    if (this.#failure !== null) return;
    this.#failure = error;
    this.emit('error', error);
    this.stream.destroy();
  }
}
