import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/FakeClock.ts';
import { AppError } from './AppError.ts';
import {
  abortReason,
  neverAborted,
  onAbort,
  pause,
  settledWithin,
  throwIfAborted,
  unboundedController,
  untilAborted,
  withDeadline,
} from './abort.ts';

const closing = new AppError('SHUTTING_DOWN', { title: 'Quitting' });
const listenerCount = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

/** Work that fails with the reason of its signal, and says how often that was. */
function obedientWork() {
  const seen: unknown[] = [];
  const work = (signal: AbortSignal) =>
    new Promise<never>((_, reject) => {
      onAbort(signal, () => {
        seen.push(abortReason(signal));
        reject(abortReason(signal));
      });
    });
  return { seen, work };
}

describe('abortReason', () => {
  it('is the error of ours that the signal was aborted with, and CANCELLED with any other reason as its cause', () => {
    expect(abortReason(AbortSignal.abort(closing))).toBe(closing);
    const other = new Error('other');
    expect(abortReason(AbortSignal.abort(other))).toMatchObject({ code: 'CANCELLED', cause: other });
    const impostor = { name: 'AppError' };
    expect(abortReason(AbortSignal.abort(impostor))).toMatchObject({ code: 'CANCELLED', cause: impostor });
  });
});

describe('throwIfAborted', () => {
  it('throws only for an aborted signal', () => {
    expect(() => throwIfAborted(neverAborted)).not.toThrow();
    expect(() => throwIfAborted(AbortSignal.abort(closing))).toThrow(closing);
  });
});

describe('unboundedController', () => {
  it('takes any number of listeners without a warning', async () => {
    const warnings: string[] = [];
    const note = ({ name }: Error) => void warnings.push(name);
    process.on('warning', note);
    for (const { signal } of [unboundedController(), new AbortController()])
      for (let count = 0; count < 20; count += 1) onAbort(signal, () => undefined);
    await expect.poll(() => warnings).toEqual(['MaxListenersExceededWarning']);
    process.off('warning', note);
  });
});

describe('onAbort', () => {
  it('calls at once, and listens to nothing, when the signal has aborted already', () => {
    const signal = AbortSignal.abort();
    let callCount = 0;
    onAbort(signal, () => {
      callCount += 1;
    }).dispose();
    expect(callCount).toBe(1);
    expect(listenerCount(signal)).toBe(0);
  });

  it('calls once when it aborts, and not after it was disposed', () => {
    const controller = new AbortController();
    const seen: string[] = [];
    onAbort(controller.signal, () => seen.push('kept'));
    onAbort(controller.signal, () => seen.push('disposed')).dispose();
    expect(seen).toEqual([]);
    controller.abort();
    expect(seen).toEqual(['kept']);
    expect(listenerCount(controller.signal)).toBe(0);
  });
});

describe('withDeadline', () => {
  const late = () => new AppError('CONNECT_TIMEOUT', { title: 'Late' });

  it('gives what work gives, and leaves no timer and no listener', async () => {
    const clock = new FakeClock();
    const { signal } = new AbortController();
    expect(await withDeadline(clock, signal, 1_000, late, () => Promise.resolve('done'))).toBe('done');
    const failing = withDeadline(clock, signal, 1_000, late, () => Promise.reject(closing));
    await expect(failing).rejects.toBe(closing);
    expect(clock.pendingCount).toBe(0);
    expect(listenerCount(signal)).toBe(0);
  });

  it('aborts work at the deadline, not before, with the error made for it', async () => {
    const clock = new FakeClock();
    const { seen, work } = obedientWork();
    const result = expect(withDeadline(clock, neverAborted, 1_000, late, work)).rejects.toMatchObject({
      code: 'CONNECT_TIMEOUT',
    });
    await clock.advance(999);
    expect(seen).toEqual([]);
    await clock.advance(1);
    await result;
  });

  it('aborts work with the reason of the caller, when that comes first', async () => {
    const controller = new AbortController();
    const { work } = obedientWork();
    const result = withDeadline(new FakeClock(), controller.signal, 1_000, late, work);
    controller.abort(closing);
    await expect(result).rejects.toBe(closing);
  });
});

describe('untilAborted', () => {
  it('gives what work gives, and stops listening', async () => {
    const { signal } = new AbortController();
    expect(await untilAborted(signal, Promise.resolve('done'))).toBe('done');
    await expect(untilAborted(signal, Promise.reject(closing))).rejects.toBe(closing);
    await settle();
    expect(listenerCount(signal)).toBe(0);
  });

  it('waits no longer than until the signal aborts', async () => {
    const controller = new AbortController();
    const waiting = untilAborted(controller.signal, new Promise(() => undefined));
    controller.abort(closing);
    await expect(waiting).rejects.toBe(closing);
  });
});

describe('pause', () => {
  it('ends after its time, and listens no longer', async () => {
    const clock = new FakeClock();
    const { signal } = new AbortController();
    let isOver = false;
    void pause(clock, 100, signal).then(() => {
      isOver = true;
    });
    await clock.advance(99);
    expect(isOver).toBe(false);
    await clock.advance(1);
    expect(isOver).toBe(true);
    expect(listenerCount(signal)).toBe(0);
  });

  it('fails as soon as the signal aborts, and leaves no timer', async () => {
    const clock = new FakeClock();
    const controller = new AbortController();
    const pausing = pause(clock, 100, controller.signal);
    controller.abort(closing);
    await expect(pausing).rejects.toBe(closing);
    expect(clock.pendingCount).toBe(0);
  });
});

describe('settledWithin', () => {
  it('ends with the work, whatever became of it, and leaves no timer', async () => {
    const clock = new FakeClock();
    await settledWithin(clock, 100, Promise.reject(closing));
    expect(clock.pendingCount).toBe(0);
  });

  it('waits no longer than its time for work that never ends', async () => {
    const clock = new FakeClock();
    let isOver = false;
    void settledWithin(clock, 100, new Promise(() => undefined)).then(() => {
      isOver = true;
    });
    await clock.advance(99);
    expect(isOver).toBe(false);
    await clock.advance(1);
    expect(isOver).toBe(true);
  });
});
