import type { Duplex } from 'node:stream';
import type { ReadingTurn } from '../../network/limits/ReadingTurn.ts';
import type { UnaskedLimit } from '../../network/limits/UnaskedLimit.ts';
import { SessionSocket } from '../../network/sockets/SessionSocket.ts';
import { terminate } from '../login/loginMessages.ts';
import { MessageGate, type MessageReader } from './MessageGate.ts';
import { messageTypes } from './messageShapes.ts';

/** Messages that a server may send at any time. */
const unaskedTypes: ReadonlySet<number> = new Set([
  messageTypes.notice,
  messageTypes.parameterStatus,
  messageTypes.notification,
]);

/** PostgreSQL's messages over a socket that is open already: each checked, then given to the reader of the moment. */
export class WireConnection extends SessionSocket {
  readonly #gate: MessageGate;
  #reader: MessageReader;

  /** @param reader takes the messages until `handOver` */
  constructor(stream: Duplex, reader: MessageReader, unasked: UnaskedLimit, turn: ReadingTurn) {
    super(stream, turn);
    this.#reader = reader;
    const take: MessageReader['take'] = (type, bytes, start, end) => {
      turn.message();
      if (unaskedTypes.has(type)) unasked.count(end - start);
      this.#reader.take(type, bytes, start, end);
    };
    const isStreaming = () => this.#reader.isStreaming === true;
    this.#gate = new MessageGate({
      take,
      get isStreaming() {
        return isStreaming();
      },
    });
  }

  send(bytes: Buffer): void {
    if (this.stream.writable) this.stream.write(bytes);
  }

  /** Says goodbye and half-closes the socket. */
  end(): void {
    if (this.stream.writable) this.stream.end(terminate);
  }

  /** The server has let us in: from the next message on, also of those that have come already, all go to this reader. */
  handOver(reader: MessageReader): void {
    this.#reader = reader;
    this.#gate.letIn();
  }

  protected accept(chunk: Buffer): number {
    this.#gate.accept(chunk);
    return chunk.length;
  }
}
