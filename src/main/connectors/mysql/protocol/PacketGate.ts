import { WireFailure } from '../../network/failures/WireFailure.ts';
import { UnfinishedBytes } from '../../network/sockets/UnfinishedBytes.ts';

/** Three bytes of length, one of sequence. */
const headerLength = 4;
/** A packet of this length goes on in the next one. */
const longestPacket = 0xff_ff_ff;
/** Before it let us in, no honest server needs more than a few hundred bytes at a time. */
const maxLoginPacketBytes = 64 * 1024;
/** The largest row for whoever keeps all of them in memory. */
const maxPacketBytes = 128 * 1024 * 1024;
/** The largest row for whoever takes one after another: a server's own limit is 1 GB at most. As digits it fits into 2^31. */
const maxStreamedBytes = 1_000_000_000;

/** Takes whole packets, one after another, and reads each where it lies. */
export interface PacketReader {
  /**
   * @param start of the payload, which ends before `end`
   * @throws what ends the connection
   */
  take(bytes: Buffer, start: number, end: number): void;
  /** Whether rows are handed on one by one, so that a single one may be as large as the server allows. */
  readonly isStreaming?: boolean;
}

/**
 * Stands between the socket and whoever reads its packets: lets through whole packets only, in their order, joined where
 * they are parts of a long one. Bytes of an unfinished packet are kept as they came, and never more than the limit.
 */
export class PacketGate {
  readonly #reader: PacketReader;
  readonly #unfinished = new UnfinishedBytes(headerLength);
  /** Of a packet that goes on. */
  #parts: Buffer[] = [];
  #partBytes = 0;
  #limit = maxLoginPacketBytes;
  /** The number that the next packet must have; null: any, for what nobody asked for. */
  #sequence: number | null = 0;

  constructor(reader: PacketReader) {
    this.#reader = reader;
  }

  /** The number of the next packet of an exchange, theirs or ours. */
  get sequence(): number {
    return this.#sequence ?? 0;
  }

  /** @param sequence the number that the next packet must have; null: any */
  expect(sequence: number | null): void {
    this.#sequence = sequence;
  }

  /** The server has let us in: from now on packets may be as large as rows are. */
  letIn(): void {
    this.#limit = maxPacketBytes;
  }

  /**
   * Takes what arrived, and gives the reader the packets that are complete.
   * @throws WireFailure, or what the reader throws; the connection must be dropped then
   */
  accept(chunk: Buffer): void {
    this.#unfinished.take(chunk, this.#passPackets);
  }

  readonly #passPackets = (bytes: Buffer): void => {
    let offset = 0;
    let neededBytes = headerLength;
    while (bytes.length - offset >= headerLength) {
      const header = bytes.readUInt32LE(offset);
      const length = header & longestPacket;
      if (length > this.#limit) this.#refuseLength(length, this.#limit);
      const end = offset + headerLength + length;
      if (end > bytes.length) {
        neededBytes = end - offset;
        break;
      }
      this.#checkSequence(header >>> 24);
      if (length === longestPacket || this.#partBytes > 0) {
        this.#addPart(bytes.subarray(offset + headerLength, end));
      } else this.#reader.take(bytes, offset + headerLength, end);
      offset = end;
    }
    this.#unfinished.keepRest(bytes, offset, neededBytes);
  };

  #checkSequence(sequence: number): void {
    if (this.#sequence === null) return;
    if (sequence !== this.#sequence) {
      throw new WireFailure('protocol', 'The server sent a packet out of order.');
    }
    this.#sequence = (sequence + 1) & 0xff;
  }

  #addPart(part: Buffer): void {
    this.#partBytes += part.length;
    const limit = this.#limit === maxPacketBytes && this.#reader.isStreaming ? maxStreamedBytes : this.#limit;
    if (this.#partBytes > limit) this.#refuseLength(this.#partBytes, limit);
    this.#parts.push(part);
    if (part.length === longestPacket) return;
    const packet = Buffer.concat(this.#parts, this.#partBytes);
    this.#parts = [];
    this.#partBytes = 0;
    this.#reader.take(packet, 0, packet.length);
  }

  #refuseLength(length: number, limit: number): never {
    throw new WireFailure(
      'too-large',
      `The server sent a packet of ${length} bytes or more; the limit is ${limit}.`,
    );
  }
}
