import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/FakeClock.ts';
import { AppError } from '../AppError.ts';
import { abortReason, neverAborted, onAbort } from '../abort.ts';
import { SharedWork } from './SharedWork.ts';

/** Work that ends when the test says so, and takes until then to clean up when it is cancelled. */
class Controlled {
  startCount = 0;
  cancelledCount = 0;
  finish: (value: string) => void = () => undefined;
  cleanedUp: () => void = () => undefined;

  readonly shared = new SharedWork<string>((signal) => {
    this.startCount += 1;
    return new Promise((resolve, reject) => {
      this.finish = resolve;
      onAbort(signal, () => {
        this.cancelledCount += 1;
        this.cleanedUp = () => reject(abortReason(signal));
      });
    });
  });
}

describe('SharedWork', () => {
  it('does the work once for all who join, and anew for who comes later', async () => {
    const work = new Controlled();
    const both = Promise.all([work.shared.join(neverAborted), work.shared.join(neverAborted)]);
    work.finish('first');
    expect(await both).toEqual(['first', 'first']);
    const later = work.shared.join(neverAborted);
    work.finish('second');
    expect(await later).toBe('second');
    expect(work.startCount).toBe(2);
  });

  it('goes on for the others when one cancels, who need not wait', async () => {
    const work = new Controlled();
    const impatient = new AbortController();
    const left = work.shared.join(impatient.signal);
    const stays = work.shared.join(neverAborted);
    impatient.abort();
    await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(work.cancelledCount).toBe(0);
    work.finish('done');
    expect(await stays).toBe('done');
  });

  it('cancels the work when the last one cancels, who then waits until it has cleaned up', async () => {
    const work = new Controlled();
    const cancel = new AbortController();
    let isSettled = false;
    const left = work.shared.join(cancel.signal).finally(() => {
      isSettled = true;
    });
    left.catch(() => undefined);
    cancel.abort();
    await settle();
    expect({ cancelled: work.cancelledCount, isSettled }).toEqual({ cancelled: 1, isSettled: false });
    work.cleanedUp();
    await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('does not give cancelled work to who comes while it cleans up', async () => {
    const work = new Controlled();
    const cancel = new AbortController();
    const left = work.shared.join(cancel.signal);
    cancel.abort();
    const next = work.shared.join(neverAborted);
    work.cleanedUp();
    work.finish('new');
    expect(await next).toBe('new');
    left.catch(() => undefined);
  });

  it('cancels for everybody when it is told to, with the reason given', async () => {
    const work = new Controlled();
    const joined = work.shared.join(neverAborted);
    work.shared.cancel(new AppError('SHUTTING_DOWN', { title: 'Quitting' }));
    work.cleanedUp();
    await expect(joined).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
  });

  it('does not begin for a caller who has cancelled already', async () => {
    const work = new Controlled();
    await expect(work.shared.join(AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(work.startCount).toBe(0);
  });
});

describe('SharedWork, when it is over', () => {
  it('tells all who joined what it failed with, and begins anew for who comes then', async () => {
    let count = 0;
    const shared = new SharedWork<string>(async () => {
      count += 1;
      if (count === 1) throw new Error('broken');
      return 'done';
    });
    const results = await Promise.allSettled([shared.join(neverAborted), shared.join(neverAborted)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await shared.join(neverAborted)).toBe('done');
  });

  it('listens to no caller any more, and is not cancelled by one who cancels then', async () => {
    const work = new Controlled();
    const controller = new AbortController();
    const joined = work.shared.join(controller.signal);
    work.finish('done');
    await joined;
    await settle();
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    work.shared.cancel(new AppError('SHUTTING_DOWN', { title: 'Quitting' }));
    expect(work.cancelledCount).toBe(0);
  });

  it('gives the last one who cancels the reason of their own signal', async () => {
    const work = new Controlled();
    const controller = new AbortController();
    const joined = work.shared.join(controller.signal);
    controller.abort(new AppError('SHUTTING_DOWN', { title: 'Quitting' }));
    work.cleanedUp();
    await expect(joined).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
  });

  it('keeps new work apart from cancelled work that ends late', async () => {
    const work = new Controlled();
    const controller = new AbortController();
    work.shared.join(controller.signal).catch(() => undefined);
    controller.abort();
    const { cleanedUp } = work;
    const next = work.shared.join(neverAborted);
    cleanedUp();
    await settle();
    const joining = work.shared.join(neverAborted);
    work.finish('new');
    expect(await Promise.all([next, joining])).toEqual(['new', 'new']);
    expect(work.startCount).toBe(2);
  });
});
