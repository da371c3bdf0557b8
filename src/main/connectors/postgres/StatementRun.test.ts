import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import { cancelPatienceMs, StatementRun } from './StatementRun.ts';

let clock: FakeClock;
let cancelCount: number;
let isAbandoned: boolean;
let run: StatementRun;
let answerCancel: (arrived: boolean) => void;

beforeEach(() => {
  clock = new FakeClock();
  cancelCount = 0;
  isAbandoned = false;
  run = new StatementRun(
    {
      cancel: () => {
        cancelCount += 1;
        return new Promise((resolve, reject) => {
          answerCancel = (arrived) => (arrived ? resolve() : reject(new Error('no answer')));
        });
      },
      abandon: () => {
        isAbandoned = true;
        run.lost();
      },
    },
    clock,
  );
});

const start = (signal = new AbortController().signal) =>
  run.follow(() => undefined, { signal, timeoutMs: 1_000 });

describe('StatementRun', () => {
  it('that is answered sets nothing off later', async () => {
    const controller = new AbortController();
    const following = start(controller.signal);
    run.answered();
    expect(await following).toBe('answered');
    controller.abort();
    expect({ cancelCount, pending: clock.pendingCount }).toEqual({ cancelCount: 0, pending: 0 });
  });

  it('that takes too long is cancelled once, and given up when that has no effect', async () => {
    const controller = new AbortController();
    const following = start(controller.signal);
    await clock.advance(1_000);
    controller.abort();
    expect({ cancelCount, interruption: run.interruption }).toEqual({
      cancelCount: 1,
      interruption: 'guard',
    });
    await clock.advance(cancelPatienceMs);
    expect(isAbandoned).toBe(true);
    expect(await following).toBe('lost');
    expect(clock.pendingCount).toBe(0);
  });

  it('does not end before its cancel has arrived, which would hit the next statement', async () => {
    const controller = new AbortController();
    const following = start(controller.signal);
    controller.abort();
    run.answered();
    let hasEnded = false;
    void following.then(() => {
      hasEnded = true;
    });
    await clock.advance(10);
    expect(hasEnded).toBe(false);
    answerCancel(true);
    expect(await following).toBe('answered');
    expect(isAbandoned).toBe(false);
  });

  it('gives the session up when nobody knows where its cancel is', async () => {
    const controller = new AbortController();
    const following = start(controller.signal);
    controller.abort();
    run.answered();
    answerCancel(false);
    await following;
    expect(isAbandoned).toBe(true);
  });
});
