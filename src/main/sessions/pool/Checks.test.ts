import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import { FakeConnection } from '../../../../tests/support/FakeConnection.ts';
import { neverAborted } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import { pingWithin } from './Checks.ts';

describe('pingWithin', () => {
  const optionsWith = (clock: Clock) => ({
    ...{ clock, signal: neverAborted, timeoutMs: 2_000 },
    onSlow: () => undefined,
  });

  it('gives a connection that does not answer exactly its time', async () => {
    const clock = new FakeClock();
    const connection = new FakeConnection();
    connection.answerPing = () => new Promise(() => undefined);
    let result: number | null = -1;
    void pingWithin(connection, optionsWith(clock)).then((time) => {
      result = time;
    });
    await clock.advance(1_999);
    expect(result).toBe(-1);
    await clock.advance(1);
    expect(result).toBeNull();
    expect(clock.pendingCount).toBe(0);
  });

  it('lets a connection live whose answer lay unread while the process was blocked for longer than its time', async () => {
    const clock = new FakeClock();
    const connection = new FakeConnection();
    let answer: () => void = () => undefined;
    connection.answerPing = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    // As after a block: the timer that was due long ago runs first, and only then the answer is read.
    const afterBlock: Clock = {
      monotonicMs: () => clock.monotonicMs() + 20_000,
      wallMs: () => clock.wallMs(),
      after: (_, work) => clock.after(0, work),
    };
    const ping = pingWithin(connection, optionsWith(afterBlock));
    clock.after(0, () => answer());
    await clock.advance(0);
    expect(await ping).toBe(0);
    expect(clock.pendingCount).toBe(0);
  });

  it('asks nothing of a connection that is known to be dead', async () => {
    const connection = new FakeConnection();
    connection.lose();
    expect(await pingWithin(connection, optionsWith(new FakeClock()))).toBeNull();
    expect(connection.pingCount).toBe(0);
  });
});
