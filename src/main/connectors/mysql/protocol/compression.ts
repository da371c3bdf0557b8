import { deflateSync, inflateSync } from 'node:zlib';
import { malformed } from './PacketCursor.ts';

/** Three bytes of length, one of sequence, three of the length before compression; 0: it was not compressed. */
const headerLength = 7;
/** The largest frame, before compression. */
const maxFrameBytes = 0xff_ff_ff;
/** What is shorter only grows. */
const minCompressedBytes = 50;

/** The packets of one command, in frames of their own: the server numbers its frames anew for each command. */
export function compressed(packets: Buffer): Buffer {
  const frames: Buffer[] = [];
  for (let start = 0; start < packets.length; start += maxFrameBytes) {
    frames.push(frameOf(packets.subarray(start, start + maxFrameBytes), frames.length));
  }
  return Buffer.concat(frames);
}

function frameOf(bytes: Buffer, sequence: number): Buffer {
  const isWorth = bytes.length >= minCompressedBytes;
  const body = isWorth ? deflateSync(bytes) : bytes;
  const frame = Buffer.allocUnsafe(headerLength + body.length);
  frame.writeUIntLE(body.length, 0, 3);
  frame.writeUInt8(sequence & 0xff, 3);
  frame.writeUIntLE(isWorth ? bytes.length : 0, 4, 3);
  body.copy(frame, headerLength);
  return frame;
}

/** Takes the frames of a server apart. A frame never becomes larger than its header says, nor than 16 MB. */
export class Inflater {
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #neededBytes = headerLength;

  /**
   * @param onBytes is called with what was compressed, frame by frame
   * @throws WireFailure; the connection must be dropped then
   */
  accept(chunk: Buffer, onBytes: (bytes: Buffer) => void): void {
    this.#kept.push(chunk);
    this.#keptBytes += chunk.length;
    if (this.#keptBytes < this.#neededBytes) return;
    const bytes = Buffer.concat(this.#kept, this.#keptBytes);
    let offset = 0;
    this.#neededBytes = headerLength;
    while (bytes.length - offset >= headerLength) {
      const end = offset + headerLength + bytes.readUIntLE(offset, 3);
      if (end > bytes.length) {
        this.#neededBytes = end - offset;
        break;
      }
      onBytes(inflated(bytes.subarray(offset + headerLength, end), bytes.readUIntLE(offset + 4, 3)));
      offset = end;
    }
    this.#kept = [bytes.subarray(offset)];
    this.#keptBytes = bytes.length - offset;
  }
}

function inflated(body: Buffer, length: number): Buffer {
  if (length === 0) return body;
  try {
    const bytes = inflateSync(body, { maxOutputLength: length });
    if (bytes.length === length) return bytes;
  } catch {
    // Falls through: it does not matter in which way it is broken.
  }
  throw malformed();
}
