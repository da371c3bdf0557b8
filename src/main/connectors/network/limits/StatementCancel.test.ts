import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../../tests/support/FakeClock.ts';
import { cancelPatienceMs, cancelRepeatMs, StatementCancel } from './StatementCancel.ts';

let clock: FakeClock;
let isAbandoned: boolean;
let isDropped: boolean;
let requestCount: number;
let answerRequest: (arrived: boolean) => void;
let cancel: StatementCancel;

beforeEach(() => {
  clock = new FakeClock();
  isAbandoned = false;
  isDropped = false;
  requestCount = 0;
  const session = {
    cancel: (signal: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        requestCount += 1;
        signal.addEventListener('abort', () => {
          isDropped = true;
        });
        answerRequest = (arrived) => (arrived ? resolve() : reject(new Error('no answer')));
      }),
    abandon: () => {
      isAbandoned = true;
    },
  };
  cancel = new StatementCancel('caller', session, clock);
});

describe('StatementCancel', () => {
  it('gives the session up when it has no effect in time', async () => {
    answerRequest(true);
    await clock.advance(cancelPatienceMs - 1);
    expect(isAbandoned).toBe(false);
    await clock.advance(1);
    expect(isAbandoned).toBe(true);
  });

  it('is sent again when it came before the server had begun, until the statement is answered', async () => {
    answerRequest(true);
    await clock.advance(cancelRepeatMs);
    expect(requestCount).toBe(2);
    answerRequest(true);
    await cancel.outlive();
    await clock.advance(cancelRepeatMs);
    expect({ requestCount, isAbandoned, pending: clock.pendingCount }).toEqual({
      ...{ requestCount: 2, isAbandoned: false, pending: 0 },
    });
  });

  it('is outlived only when its request has arrived: it would hit the next statement', async () => {
    let isOutlived = false;
    const outliving = cancel.outlive().then(() => {
      isOutlived = true;
    });
    await clock.advance(10);
    expect(isOutlived).toBe(false);
    answerRequest(true);
    await outliving;
    expect({ isAbandoned, pending: clock.pendingCount }).toEqual({ isAbandoned: false, pending: 0 });
  });

  it('gives the session up when nobody knows where its request is', async () => {
    const outliving = cancel.outlive();
    answerRequest(false);
    await outliving;
    expect({ isAbandoned, pending: clock.pendingCount }).toEqual({ isAbandoned: true, pending: 0 });
  });

  it('is dropped with its session, and nothing is left of it', () => {
    cancel.dispose();
    expect({ isDropped, pending: clock.pendingCount }).toEqual({ isDropped: true, pending: 0 });
  });
});
