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
