import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ReadingTurn } from './ReadingTurn.ts';

const chunk = 64 * 1024;
const nextTurn = () => new Promise(setImmediate);

describe('ReadingTurn', () => {
  it('pauses a stream after its share, until everybody else has had a turn', async () => {
    const turn = new ReadingTurn();
    const stream = new PassThrough().resume();
    for (let read = 0; read < 3; read += 1) turn.read(stream, chunk);
    expect(stream.isPaused()).toBe(false);
    turn.read(stream, chunk);
    expect(stream.isPaused()).toBe(true);
    await nextTurn();
    expect(stream.isPaused()).toBe(false);
  });

  it('counts all streams together, and begins anew at each turn', async () => {
    const turn = new ReadingTurn();
    const streams = Array.from({ length: 8 }, () => new PassThrough().resume());
    for (const stream of streams) turn.read(stream, chunk);
    expect(streams.map((stream) => stream.isPaused())).toEqual([
      ...[false, false, false],
      ...[true, true, true, true, true],
    ]);
    await nextTurn();
    expect(streams.some((stream) => stream.isPaused())).toBe(false);
    for (const stream of streams.slice(0, 3)) turn.read(stream, chunk);
    expect(streams.some((stream) => stream.isPaused())).toBe(false);
  });
});
