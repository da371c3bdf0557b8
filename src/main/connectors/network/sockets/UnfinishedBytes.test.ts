import { describe, expect, it } from 'vitest';
import { UnfinishedBytes } from './UnfinishedBytes.ts';

const headerLength = 5;
const megabyte = 1024 * 1024;

/** A message whose first bytes say how long it is; the others are in a pattern that no chunk repeats. */
function message(length: number): Buffer {
  const bytes = Buffer.alloc(length, Buffer.from(Array.from({ length: 251 }, (_, index) => index)));
  bytes.writeUInt32BE(length, 1);
  return bytes;
}

/** The messages that come out of chunks, and the pieces they were read from. */
function readAll(chunks: readonly Buffer[]): { readonly messages: Buffer[]; readonly pieces: Buffer[] } {
  const unfinished = new UnfinishedBytes(headerLength);
  const messages: Buffer[] = [];
  const pieces: Buffer[] = [];
  for (const chunk of chunks) {
    unfinished.take(chunk, (bytes) => {
      pieces.push(bytes);
      let offset = 0;
      let neededBytes = headerLength;
      while (bytes.length - offset >= headerLength) {
        const length = bytes.readUInt32BE(offset + 1);
        if (offset + length > bytes.length) {
          neededBytes = length;
          break;
        }
        messages.push(bytes.subarray(offset, offset + length));
        offset += length;
      }
      unfinished.keepRest(bytes, offset, neededBytes);
    });
  }
  return { messages, pieces };
}

function piecesOf(bytes: Buffer, size: number): Buffer[] {
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}

describe('UnfinishedBytes', () => {
  it.each([1, 3, 7, 64, 300, 1_000])('gives every message as it was, in chunks of %i bytes', (size) => {
    const sent = [5, 6, 40, 300, 5, 299, 2_000, 17].map(message);
    const { messages } = readAll(piecesOf(Buffer.concat(sent), size));
    expect(messages).toEqual(sent);
  });

  it.each([100 * 1024, 2 * megabyte])('puts a message together that comes in chunks of %i bytes', (size) => {
    const sent = [message(3 * megabyte), message(20), message(9 * megabyte)];
    const { messages } = readAll(piecesOf(Buffer.concat(sent), size));
    expect(messages.map((each, index) => each.equals(sent[index] ?? Buffer.alloc(0)))).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('copies only the message that two chunks share', () => {
    const sent = Buffer.concat(Array.from({ length: 9 }, () => message(100)));
    const chunks = [sent.subarray(0, 450), sent.subarray(450)];
    const { pieces } = readAll(chunks);
    expect(pieces.map(({ length }) => length)).toEqual([450, 100, 400]);
    expect(pieces[2]?.buffer).toBe(chunks[1]?.buffer);
  });

  it('makes no room for a message of which only the length has come', () => {
    const before = process.memoryUsage().arrayBuffers;
    const unfinished = new UnfinishedBytes(headerLength);
    const chunk = message(headerLength);
    unfinished.keepRest(chunk, 0, 2_000 * megabyte);
    unfinished.take(chunk, () => undefined);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(megabyte);
  });
});
