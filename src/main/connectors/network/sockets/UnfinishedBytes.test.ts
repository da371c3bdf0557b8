import { describe, expect, it } from 'vitest';
import { UnfinishedBytes } from './UnfinishedBytes.ts';

const headerLength = 5;
const megabyte = 1024 * 1024;

/** A message of so many bytes, in a pattern that no chunk repeats. */
const message = (length: number): Buffer =>
  Buffer.alloc(length, Buffer.from(Array.from({ length: 251 }, (_, index) => index)));

/** What `join` gives once these chunks hold a whole message, of which `length` is known from its first bytes on. */
function joined(chunks: readonly Buffer[], length: number): Buffer | null {
  const unfinished = new UnfinishedBytes(headerLength);
  for (const chunk of chunks) {
    const bytes = unfinished.join(chunk);
    if (bytes === null) continue;
    if (bytes.length >= length) return bytes;
    unfinished.keepRest(bytes, 0, length);
  }
  return null;
}

function piecesOf(bytes: Buffer, size: number): Buffer[] {
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}

describe('UnfinishedBytes', () => {
  it.each([300, 3 * megabyte])('puts a message of %i bytes together as it was', (length) => {
    const bytes = message(length + 100);
    const whole = joined(piecesOf(bytes, Math.ceil(length / 40)), length);
    expect(whole?.equals(bytes.subarray(0, whole.length))).toBe(true);
  });

  it('takes a last chunk that is larger than any room that was made for it', () => {
    const bytes = message(20 * megabyte);
    const chunks = [
      bytes.subarray(0, 2 * megabyte),
      bytes.subarray(2 * megabyte, 3 * megabyte),
      bytes.subarray(3 * megabyte),
    ];
    expect(joined(chunks, 4 * megabyte)?.equals(bytes)).toBe(true);
  });

  it('makes no room for a message of which only the length has come', () => {
    const before = process.memoryUsage().arrayBuffers;
    const unfinished = new UnfinishedBytes(headerLength);
    const chunk = message(headerLength);
    unfinished.keepRest(chunk, 0, 2_000 * megabyte);
    unfinished.join(chunk);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(megabyte);
  });
});
