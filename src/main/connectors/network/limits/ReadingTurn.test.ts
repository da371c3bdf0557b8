import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ReadingTurn } from './ReadingTurn.ts';

const chunk = 64 * 1024;
const nextTurn = () => new Promise(setImmediate);

describe('ReadingTurn', () => {
  it('pauses a stream after its share of bytes, until everybody else has had a turn', async () => {
    const turn = new ReadingTurn();
    const stream = new PassThrough().resume();
    for (let read = 0; read < 3; read += 1) turn.read(stream, chunk);
    expect(stream.isPaused()).toBe(false);
    turn.read(stream, chunk);
    expect(stream.isPaused()).toBe(true);
    await nextTurn();
    expect(stream.isPaused()).toBe(false);
  });

  it('pauses a stream after its share of messages, however small they are', async () => {
    const turn = new ReadingTurn();
    const stream = new PassThrough().resume();
    for (let taken = 0; taken < 8_192; taken += 1) turn.message();
    turn.read(stream, 57_344);
    expect(stream.isPaused()).toBe(true);
    await nextTurn();
    turn.read(stream, chunk);
    expect(stream.isPaused()).toBe(false);
  });

  it('lets one stream a turn go on, in the order in which they had their share', async () => {
    const turn = new ReadingTurn();
    const streams = Array.from({ length: 3 }, () => new PassThrough().resume());
    for (const stream of streams) turn.read(stream, 4 * chunk);
    const paused = () => streams.map((stream) => stream.isPaused());
    expect(paused()).toEqual([true, true, true]);
    await nextTurn();
    expect(paused()).toEqual([false, true, true]);
    await nextTurn();
    expect(paused()).toEqual([false, false, true]);
    await nextTurn();
    expect(paused()).toEqual([false, false, false]);
  });
});
