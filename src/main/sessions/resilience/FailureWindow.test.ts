import { expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import { FailureWindow } from './FailureWindow.ts';

const create = () => {
  const clock = new FakeClock();
  return { clock, window: new FailureWindow(clock, 1_000) };
};

it('has no share of failures before the first attempt, and after it was cleared', () => {
  const { window } = create();
  expect(window.look()).toEqual({ count: 0, failedShare: 0 });
  window.add(true);
  window.clear();
  expect(window.look()).toEqual({ count: 0, failedShare: 0 });
});

it('forgets each attempt when its time is over', async () => {
  const { clock, window } = create();
  window.add(true);
  await clock.advance(400);
  window.add(false);
  expect(window.look()).toEqual({ count: 2, failedShare: 0.5 });
  await clock.advance(599);
  expect(window.look()).toEqual({ count: 2, failedShare: 0.5 });
  await clock.advance(1);
  expect(window.look()).toEqual({ count: 1, failedShare: 0 });
  await clock.advance(400);
  expect(window.look().count).toBe(0);
});

it('keeps the latest thousand', () => {
  const { window } = create();
  window.add(true);
  for (let added = 0; added < 1_000; added += 1) window.add(false);
  expect(window.look()).toEqual({ count: 1_000, failedShare: 0 });
});
