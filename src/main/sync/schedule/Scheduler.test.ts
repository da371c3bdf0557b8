import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../../tests/support/FakeClock.ts';
import type { Schedule } from '../../../shared/model/pipelines.ts';
import { silentLogger } from '../../observability/Logger.ts';
import { type DueSlots, Scheduler } from './Scheduler.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A clock that a person, or a sleep, can set. */
class SettableClock extends FakeClock {
  #setBy = 0;

  override wallMs(): number {
    return super.wallMs() + this.#setBy;
  }

  /** Sets the wall clock; nothing else goes on, as in a sleep. */
  setOn(byMs: number): void {
    this.#setBy += byMs;
  }
}

function schedulerAt(start: string) {
  const clock = new SettableClock(Date.parse(start));
  const due: string[] = [];
  const slots = new Map<string, number>();
  const store = { isFull: false };
  const scheduler = new Scheduler({
    onDue: ({ id, action, count, skippedCount, latest }: DueSlots) => {
      slots.set(id, latest);
      due.push(`${id} ${action} ${shown(latest)} ${count}/${skippedCount}`);
    },
    putSlot: (id, slot) => {
      if (store.isFull) throw new Error('full');
      slots.set(id, slot);
    },
    onNext: () => undefined,
    clock,
    logger: silentLogger,
  });
  /** What came since the last call. */
  const come = () => due.splice(0);
  /** The computer sleeps, and wakes up: only the fake clock is set on. The test waits for no time to pass. */
  const sleepComputer = async (durationMs: number) => {
    clock.setOn(durationMs);
    scheduler.wake();
    await settled();
  };
  return { clock, scheduler, slots, store, come, sleepComputer };
}

const settled = async () => {
  for (let count = 0; count < 20; count += 1) await settle();
};
const shown = (at: number) => new Date(at).toISOString().slice(5, 16);
const cron = (expression: string, missed: 'once' | 'skip' = 'once'): Schedule => ({
  ...{ type: 'cron', expression, timeZone: 'UTC', missed },
});

describe('Scheduler', () => {
  it('runs once in place of three nights that the laptop slept through, and then at the next time', async () => {
    const { clock, scheduler, come, sleepComputer } = schedulerAt('2026-03-01T12:00Z');
    scheduler.set('p', cron('0 3 * * *'), null);
    scheduler.start();
    await sleepComputer(2 * dayMs + 21 * hourMs + 12 * 60_000);
    expect(come()).toEqual(['p make-up 03-04T03:00 3/0']);
    await clock.advance(17 * hourMs);
    expect(come()).toEqual([]);
    await clock.advance(2 * hourMs);
    expect(come()).toEqual(['p run 03-05T03:00 1/0']);
  });

  it('runs nothing for them when missed runs are skipped, and says how many there were', async () => {
    const { scheduler, come, sleepComputer } = schedulerAt('2026-03-01T12:00Z');
    scheduler.set('p', cron('0 3 * * *', 'skip'), null);
    scheduler.start();
    await sleepComputer(2 * dayMs + 21 * hourMs);
    expect(come()).toEqual(['p skip 03-04T03:00 3/3']);
  });

  it('keeps the time at which it wakes up, and skips those before', async () => {
    const { scheduler, come, sleepComputer } = schedulerAt('2026-03-01T12:00Z');
    scheduler.set('p', cron('0 3 * * *', 'skip'), null);
    scheduler.start();
    await sleepComputer(2 * dayMs + 15 * hourMs + 5_000);
    expect(come()).toEqual(['p run 03-04T03:00 3/2']);
  });

  it('makes up for times that passed while the app was closed', async () => {
    const { scheduler, come } = schedulerAt('2026-03-04T09:12Z');
    scheduler.set('p', cron('0 3 * * *'), Date.parse('2026-03-01T03:00Z'));
    scheduler.start();
    await settled();
    expect(come()).toEqual(['p make-up 03-04T03:00 3/0']);
  });

  it('fires the new expression only, and nothing of its past, after an edit and a restart', async () => {
    const first = schedulerAt('2026-03-01T12:01Z');
    first.scheduler.set('p', cron('*/2 * * * *'), null);
    first.scheduler.start();
    await first.clock.advance(2 * 60_000);
    expect(first.come()).toHaveLength(1);
    first.scheduler.set('p', cron('0 * * * *'), null);
    await first.clock.advance(30 * 60_000);
    expect(first.come()).toEqual([]);
    first.scheduler.stop();
    const second = schedulerAt('2026-03-01T12:40Z');
    second.scheduler.set('p', cron('0 * * * *'), first.slots.get('p') ?? null);
    second.scheduler.start();
    await second.clock.advance(2 * hourMs);
    expect(second.come()).toEqual(['p run 03-01T13:00 1/0', 'p run 03-01T14:00 1/0']);
  });

  it('runs no time twice when the clock is set back', async () => {
    const { clock, scheduler, come } = schedulerAt('2026-03-01T11:59Z');
    scheduler.set('p', cron('0 * * * *'), null);
    scheduler.start();
    await clock.advance(2 * 60_000);
    expect(come()).toEqual(['p run 03-01T12:00 1/0']);
    clock.setOn(-hourMs);
    await clock.advance(59 * 60_000 + 30_000);
    expect(come()).toEqual([]);
    await clock.advance(hourMs);
    expect(come()).toEqual(['p run 03-01T13:00 1/0']);
  });

  it('goes on soon after a clock that was years ahead is corrected', async () => {
    const { clock, scheduler, come } = schedulerAt('2030-03-01T11:59Z');
    scheduler.set('p', cron('0 * * * *'), null);
    scheduler.start();
    await clock.advance(2 * 60_000);
    expect(come()).toEqual(['p run 03-01T12:00 1/0']);
    clock.setOn(-4 * 365 * dayMs);
    await clock.advance(2 * hourMs);
    expect(come()).toHaveLength(2);
  });

  it('goes on after that also when it cannot be recorded at the time', async () => {
    const { clock, scheduler, store, come } = schedulerAt('2030-03-01T11:59Z');
    scheduler.set('p', cron('0 * * * *'), null);
    scheduler.start();
    await clock.advance(2 * 60_000);
    expect(come()).toHaveLength(1);
    store.isFull = true;
    clock.setOn(-4 * 365 * dayMs);
    await clock.advance(2 * hourMs);
    expect(come()).toHaveLength(2);
  });

  it('takes times that the clock was set over as missed', async () => {
    const { clock, scheduler, come } = schedulerAt('2026-03-01T11:59:30Z');
    scheduler.set('p', cron('0 12 * * *', 'skip'), null);
    scheduler.start();
    clock.setOn(3 * hourMs);
    await clock.advance(31_000);
    await settled();
    expect(come()).toEqual(['p skip 03-01T12:00 1/1']);
  });

  it('has one timer for a thousand pipelines, and fires each of them', async () => {
    const { clock, scheduler, come } = schedulerAt('2026-02-28T23:59Z');
    for (let index = 0; index < 1_000; index += 1) {
      scheduler.set(`p${index}`, cron(`${index % 60} ${index % 7} * * *`), null);
    }
    scheduler.start();
    await settled();
    expect(clock.pendingCount).toBe(1);
    await clock.advance(8 * hourMs);
    expect(come().filter((line) => line.includes(' run '))).toHaveLength(1_000);
    expect(clock.pendingCount).toBe(1);
  });

  it('is silent for a pipeline that is turned off', async () => {
    const { clock, scheduler, come } = schedulerAt('2026-03-01T00:00Z');
    scheduler.set('p', cron('* * * * *'), null);
    scheduler.start();
    scheduler.set('p', null, null);
    await clock.advance(hourMs);
    expect(come()).toEqual([]);
    expect(scheduler.nextOf('p')).toBeNull();
  });
});
