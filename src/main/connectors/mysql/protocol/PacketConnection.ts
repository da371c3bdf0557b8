import type { Duplex } from 'node:stream';
import type { ReadingTurn } from '../../network/limits/ReadingTurn.ts';
import { SessionSocket } from '../../network/sockets/SessionSocket.ts';
import { packetsOf, quitCommand } from './commandPackets.ts';
import { compressed, Inflater } from './compression.ts';
import { PacketGate, type PacketReader } from './PacketGate.ts';

/** The protocol's packets over a socket that is open already: each checked, then given to the reader of the moment. */
export class PacketConnection extends SessionSocket {
  readonly #gate: PacketGate;
  #reader: PacketReader;
  /** Null: the traffic is not compressed. */
  #inflater: Inflater | null = null;

  /**
   * @param reader takes the packets until `handOver`
   * @param sequence of the next packet of the log-in
   */
  constructor(stream: Duplex, reader: PacketReader, turn: ReadingTurn, sequence: number) {
    super(stream, turn);
    this.#reader = reader;
    const take: PacketReader['take'] = (bytes, start, end) => {
      turn.message();
      this.#reader.take(bytes, start, end);
    };
    const isStreaming = () => this.#reader.isStreaming === true;
    this.#gate = new PacketGate({
      take,
      get isStreaming() {
        return isStreaming();
      },
    });
    this.#gate.expect(sequence);
    // It was held while the greeting was read.
    stream.resume();
  }

  /** Sends the next packet of the log-in. */
  sendNext(payload: Buffer): void {
    const { sequence } = this.#gate;
    this.#gate.expect((sequence + 1) & 0xff);
    this.send([packetsOf(payload, sequence)]);
  }

  /** @param commands the packets of each command */
  send(commands: readonly Buffer[]): void {
    if (this.stream.writable)
      this.stream.write(Buffer.concat(this.#inflater === null ? commands : commands.map(compressed)));
  }

  /**
   * Sends a packet of a file that the server has asked for.
   * @returns when more can be sent, or the socket is gone
   */
  async sendPart(payload: Buffer, sequence: number): Promise<void> {
    const { stream } = this;
    if (!stream.writable || stream.write(packetsOf(payload, sequence))) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        stream.off('drain', wake).off('close', wake);
        resolve();
      };
      stream.on('drain', wake).on('close', wake);
    });
  }

  /** @param sequence the number of the next packet; null: nothing was asked, and any may come */
  expect(sequence: number | null): void {
    // In compressed frames servers number packets now in one way, now in another.
    this.#gate.expect(this.#inflater === null ? sequence : null);
  }

  /** Says goodbye; the server closes the connection. */
  end(): void {
    this.send([quitCommand.packets]);
    if (this.stream.writable) this.stream.end();
  }

  /**
   * The server has let us in: from the next packet on, all go to this reader.
   * @param isCompressed whether both sides compress what they send from now on
   */
  handOver(reader: PacketReader, isCompressed: boolean): void {
    this.#reader = reader;
    if (isCompressed) this.#inflater = new Inflater();
    this.#gate.letIn();
    this.#gate.expect(null);
  }

  protected accept(chunk: Buffer): number {
    if (this.#inflater === null) {
      this.#gate.accept(chunk);
      return chunk.length;
    }
    let byteCount = 0;
    this.#inflater.accept(chunk, (bytes) => {
      byteCount += bytes.length;
      this.#gate.accept(bytes);
    });
    return byteCount;
  }
}
