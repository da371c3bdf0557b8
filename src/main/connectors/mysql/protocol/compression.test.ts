import { describe, expect, it } from 'vitest';
import { compressed, Inflater } from './compression.ts';

function inflate(chunks: readonly Buffer[]): Buffer {
  const inflater = new Inflater();
  const parts: Buffer[] = [];
  for (const chunk of chunks) inflater.accept(chunk, (bytes) => parts.push(Buffer.from(bytes)));
  return Buffer.concat(parts);
}

describe('compressed traffic', () => {
  it.each([3, 49, 50, 100_000, 0xff_ff_ff + 10])('brings back %i bytes', (length) => {
    const bytes = Buffer.alloc(length, 'abc');
    expect(inflate([compressed(bytes)]).equals(bytes)).toBe(true);
  });

  it('comes apart however it arrives', () => {
    const frames = Buffer.concat([compressed(Buffer.from('short')), compressed(Buffer.alloc(1_000, 'x'))]);
    const bytes = inflate([...frames].map((byte) => Buffer.from([byte])));
    expect(bytes.toString()).toBe(`short${'x'.repeat(1_000)}`);
  });

  it('is smaller where that is worth it', () => {
    expect(compressed(Buffer.alloc(10_000)).length).toBeLessThan(200);
    expect(compressed(Buffer.from('ping')).length).toBe(7 + 4);
  });

  it.each([
    ['becomes longer than it says', (frame: Buffer) => frame.writeUIntLE(10, 4, 3)],
    ['becomes shorter than it says', (frame: Buffer) => frame.writeUIntLE(2_000, 4, 3)],
    ['is not compressed data', (frame: Buffer) => frame.fill(7, 7)],
  ])('is refused when a frame %s', (_, spoil) => {
    const frame = compressed(Buffer.alloc(1_000, 'x'));
    spoil(frame);
    expect(() => inflate([frame])).toThrowError(expect.objectContaining({ kind: 'protocol' }));
  });
});
