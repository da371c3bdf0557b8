import { expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { RepeatLimit } from './RepeatLimit.ts';

it('writes the first five of a kind in a minute, and the others as one line with their number', async () => {
  const clock = new FakeClock();
  const written: string[] = [];
  const limit = new RepeatLimit<string>(clock, (kind, count) => written.push(`${count} more of ${kind}`));
  const emit = (kind: string) => {
    if (limit.allows(kind, kind)) written.push(kind);
  };
  for (let count = 0; count < 90_000; count += 1) emit('a');
  emit('b');
  expect(written).toEqual(['a', 'a', 'a', 'a', 'a', 'b']);
  await clock.advance(60_000);
  expect(written.slice(6)).toEqual(['89995 more of a']);
  emit('a');
  await clock.advance(60_000);
  expect(written.slice(7)).toEqual(['a']);
  expect(clock.pendingCount).toBe(0);
});

it('leaves nothing uncounted when it is flushed', () => {
  const written: string[] = [];
  const limit = new RepeatLimit<string>(new FakeClock(), (kind, count) =>
    written.push(`${count} of ${kind}`),
  );
  for (let count = 0; count < 7; count += 1) limit.allows('a', 'a');
  limit.flush();
  limit.flush();
  expect(written).toEqual(['2 of a']);
});

it('begins a new minute with the event after the last one, and counts each kind for itself', async () => {
  const clock = new FakeClock();
  const summaries: [number, number][] = [];
  const limit = new RepeatLimit<number>(clock, (first, count) => summaries.push([first, count]));
  const allowed = (kind: string, events: readonly number[]) =>
    events.map((event) => limit.allows(kind, event));
  expect(allowed('a', [1, 2, 3, 4, 5])).toEqual([true, true, true, true, true]);
  await clock.advance(59_999);
  expect(allowed('a', [6])).toEqual([false]);
  expect(allowed('b', [7])).toEqual([true]);
  await clock.advance(1);
  expect(summaries).toEqual([[1, 1]]);
  expect(allowed('a', [8, 9, 10, 11, 12, 13])).toEqual([true, true, true, true, true, false]);
  limit.flush();
  expect(summaries.slice(1)).toEqual([[8, 1]]);
  expect(clock.pendingCount).toBe(0);
});

it('sets no timer for events that were all written', async () => {
  const clock = new FakeClock();
  const limit = new RepeatLimit<string>(clock, () => undefined);
  for (let count = 0; count < 5; count += 1) limit.allows('a', 'a');
  expect(clock.pendingCount).toBe(0);
});

it('ends a minute whose timer is late when the next event comes', () => {
  const clock = new FakeClock();
  let lateMs = 0;
  const summaries: number[] = [];
  const late = {
    monotonicMs: () => clock.monotonicMs() + lateMs,
    wallMs: () => clock.wallMs(),
    after: (delayMs: number, work: () => void) => clock.after(delayMs, work),
  };
  const limit = new RepeatLimit<string>(late, (_, count) => summaries.push(count));
  for (let count = 0; count < 6; count += 1) limit.allows('a', 'a');
  lateMs = 60_000;
  expect(limit.allows('a', 'a')).toBe(true);
  expect(summaries).toEqual([1]);
  expect(clock.pendingCount).toBe(0);
});
