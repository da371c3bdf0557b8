import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import type { MessageGate } from './MessageGate.ts';
import { PgConnectionBase } from './pgInternals.ts';

/**
 * pg's protocol over a socket that is open already, through a gate. Emits pg's events; the first failure is emitted as
 * `error` and ends the socket, whatever comes after it is noise of the same failure.
 */
export class WireConnection extends PgConnectionBase {
  readonly #gate: MessageGate;
  readonly #parameters: Readonly<Record<string, string>>;
  readonly #checked = new EventEmitter();
  #hasFailed = false;

  /** @param parameters of the startup message: exactly these are sent, and client_encoding UTF8 */
  constructor(stream: Duplex, gate: MessageGate, parameters: Readonly<Record<string, string>>) {
    super({ stream });
    this.#gate = gate;
    this.#parameters = parameters;
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

  #receive(chunk: Buffer): void {
    if (this.#hasFailed) return;
    try {
      const messages = this.#gate.accept(chunk);
      if (messages !== null) this.#checked.emit('data', messages);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.emit('error', error);
    this.stream.destroy();
  }
}
