import { beforeEach, describe, expect, it } from 'vitest';
import { LoadWindow, Scaler } from './Scaler.ts';

describe('LoadWindow', () => {
  it('knows the share of time for which connections were in use, also across a long loan', () => {
    const load = new LoadWindow(0);
    load.changed(0, 1, 4, 0);
    load.changed(2_500, 3, 4, 0);
    expect(load.look(5_000, 5_000).use).toBeCloseTo((1 * 2_500 + 3 * 2_500) / (4 * 5_000));
  });

  it('forgets what is older than it was asked for', () => {
    const load = new LoadWindow(0);
    load.arrived(0);
    load.waited(500);
    load.changed(0, 5, 5, 7);
    load.changed(100, 0, 5, 0);
    expect(load.look(1_000, 30_000)).toMatchObject({ peakDemand: 12, waitP95Ms: 500 });
    expect(load.look(20_000, 5_000)).toMatchObject({ peakDemand: 0, waitP95Ms: null, arrivalsPerSecond: 0 });
    expect(load.look(20_000, 30_000).peakDemand).toBe(12);
    expect(load.look(31_000, 30_000).peakDemand).toBe(0);
  });

  it('counts those who were served at once among the waits of nothing', () => {
    const load = new LoadWindow(0);
    for (let caller = 0; caller < 100; caller += 1) load.arrived(0);
    for (let caller = 0; caller < 5; caller += 1) load.waited(90);
    expect(load.look(900, 5_000).waitP95Ms).toBe(0);
    load.waited(90);
    expect(load.look(900, 5_000).waitP95Ms).toBe(100);
  });

  it('remembers that connections lent long ago are still needed, after a pause longer than the window', () => {
    const load = new LoadWindow(0);
    load.changed(0, 2, 2, 0);
    expect(load.look(3_600_000, 30_000)).toMatchObject({ peakDemand: 2, use: 1 });
  });

  it('tells waits apart by their class, and puts those without an end into the last', () => {
    const p95Of = (waitMs: number) => {
      const load = new LoadWindow(0);
      load.waited(waitMs);
      return load.look(0, 5_000).waitP95Ms;
    };
    expect([0, 1, 1.5, 2, 21, 40, 41, 600_000, 700_000].map(p95Of)).toEqual([
      ...[1, 1, 2, 2, 40, 40, 70, 600_000, 600_000],
    ]);
  });

  it('takes the 95th percentile of all waits, not the longest', () => {
    const load = new LoadWindow(0);
    for (let caller = 0; caller < 95; caller += 1) load.waited(4);
    for (let caller = 0; caller < 4; caller += 1) load.waited(400);
    expect(load.look(0, 5_000).waitP95Ms).toBe(5);
    for (let caller = 0; caller < 4; caller += 1) load.waited(400);
    expect(load.look(0, 5_000).waitP95Ms).toBe(500);
  });

  it('counts callers a second over the time there was, at least one second', () => {
    const load = new LoadWindow(1_000);
    for (let caller = 0; caller < 6; caller += 1) load.arrived(1_000);
    expect(load.look(1_500, 30_000).arrivalsPerSecond).toBe(6);
    expect(load.look(3_000, 30_000).arrivalsPerSecond).toBe(3);
    expect(load.look(13_000, 30_000).arrivalsPerSecond).toBe(0.5);
    // The window reaches back to the beginning of a part: from 34,000 to 36,000 nobody came.
    expect(load.look(36_500, 2_000).arrivalsPerSecond).toBe(0);
  });

  it('keeps each second for exactly as long as the window is', () => {
    const load = new LoadWindow(0);
    load.arrived(500);
    load.changed(500, 0, 1, 3);
    load.changed(600, 0, 1, 0);
    expect(load.look(29_999, 30_000)).toMatchObject({ peakDemand: 3, arrivalsPerSecond: 1 / 29.999 });
    expect(load.look(30_000, 30_000)).toMatchObject({ peakDemand: 0, arrivalsPerSecond: 0 });
  });

  it('takes the most that were wanted at once, in use and waited for, of all the seconds asked for', () => {
    const load = new LoadWindow(0);
    load.changed(100, 2, 4, 5);
    load.changed(200, 3, 4, 1);
    load.changed(2_500, 1, 4, 0);
    expect(load.look(2_600, 5_000).peakDemand).toBe(7);
    expect(load.look(4_600, 1_000).peakDemand).toBe(1);
  });

  it('shares the time of a loan among the seconds in which it was', () => {
    const load = new LoadWindow(0);
    load.changed(0, 0, 2, 0);
    load.changed(1_500, 2, 2, 0);
    expect(load.look(3_000, 1_000).use).toBe(1);
    expect(load.look(3_000, 30_000).use).toBe(0.5);
  });

  it('has no use while nothing is open', () => {
    expect(new LoadWindow(0).look(5_000, 5_000).use).toBe(0);
  });
});

describe('Scaler', () => {
  let load: LoadWindow;
  let scaler: Scaler;

  beforeEach(() => {
    load = new LoadWindow(0);
    scaler = new Scaler({ min: 2, load });
  });

  /** So many were wanted at once, and somebody waited for so long. */
  const wantedAt = (nowMs: number, wantedCount: number, waitMs: number) => {
    load.arrived(nowMs);
    load.changed(nowMs, wantedCount, wantedCount, 0);
    load.changed(nowMs, 0, wantedCount, 0);
    load.waited(waitMs);
  };

  it('grows to what was wanted after a long wait, as far as the ceiling allows', () => {
    wantedAt(0, 8, 21);
    expect(scaler.onWait(21, 0, 5)).toMatchObject({ reason: 'waiting', from: 2, to: 5 });
    expect(scaler.target).toBe(5);
  });

  it('takes no notice of a short wait', () => {
    wantedAt(0, 8, 20);
    expect(scaler.onWait(20, 0, 10)).toBeNull();
    expect(scaler.onTick(0, 10)).toBeNull();
    expect(scaler.target).toBe(2);
  });

  it('takes no notice of one long wait among many short ones', () => {
    for (let caller = 0; caller < 100; caller += 1) load.arrived(0);
    wantedAt(0, 8, 400);
    expect(scaler.onWait(400, 0, 10)).toBeNull();
  });

  it('looks at waits every 50 ms at most', () => {
    wantedAt(0, 4, 100);
    expect(scaler.onWait(100, 0, 10)?.to).toBe(4);
    wantedAt(10, 6, 100);
    expect(scaler.onWait(100, 49, 10)).toBeNull();
    expect(scaler.onWait(100, 50, 10)?.to).toBe(6);
  });

  it('never grows down: a ceiling below the target is not its own to keep', () => {
    wantedAt(0, 6, 100);
    scaler.onWait(100, 0, 10);
    expect(scaler.onWait(100, 100, 4)).toBeNull();
    expect(scaler.target).toBe(6);
  });

  /** All connections in use from the first second on, with so many callers a second. */
  const busyFor = (seconds: number, perSecond: number, inUse: number, open: number) => {
    load.changed(0, inUse, open, 0);
    for (let second = 0; second < seconds; second += 1)
      for (let caller = 0; caller < perSecond; caller += 1) load.arrived(second * 1_000);
  };

  it('grows by one when most are in use and callers come, up to the ceiling', () => {
    busyFor(5, 1, 2, 2);
    expect(scaler.onTick(5_000, 10)).toMatchObject({ reason: 'busy', from: 2, to: 3 });
    expect(scaler.onTick(5_000, 3)).toBeNull();
  });

  it('takes four of five in use for busy, and three of four for not busy', () => {
    scaler.configure({ min: 4, max: 10 });
    busyFor(5, 1, 4, 5);
    expect(scaler.onTick(5_000, 10)?.to).toBe(5);
    load = new LoadWindow(0);
    scaler = new Scaler({ min: 3, load });
    busyFor(5, 1, 3, 4);
    expect(scaler.onTick(5_000, 10)).toBeNull();
  });

  it('does not grow for long work without new callers, nor for less than its target', () => {
    busyFor(5, 0, 2, 2);
    expect(scaler.onTick(5_000, 10)).toBeNull();
    load = new LoadWindow(0);
    scaler = new Scaler({ min: 3, load });
    busyFor(5, 1, 2, 2);
    expect(scaler.onTick(5_000, 10)).toBeNull();
  });

  it('gives up a quarter of what is too much at a time, at least one, after half a minute of rest', () => {
    wantedAt(0, 10, 100);
    scaler.onWait(100, 0, 10);
    expect(scaler.onTick(29_999, 10)).toBeNull();
    const targets: number[] = [];
    for (let nowMs = 31_000; nowMs < 91_000; nowMs += 5_000) {
      expect(scaler.onTick(nowMs, 10)?.reason ?? 'idle').toBe('idle');
      targets.push(scaler.target);
    }
    expect(targets).toEqual([8, 7, 6, 5, 4, 3, 2, 2, 2, 2, 2, 2]);
  });

  it('rests from the last time that its size was wanted, also when it did not grow then', () => {
    wantedAt(0, 10, 100);
    scaler.onWait(100, 0, 10);
    wantedAt(20_000, 10, 100);
    scaler.onWait(100, 20_000, 10);
    load.changed(20_000, 0, 10, 0);
    expect(scaler.onTick(49_999, 10)).toBeNull();
    expect(scaler.onTick(51_000, 10)?.to).toBe(8);
  });

  it('gives up no more than what was not wanted in the last half minute', () => {
    wantedAt(0, 10, 100);
    scaler.onWait(100, 0, 10);
    load.changed(31_000, 9, 10, 0);
    load.changed(31_000, 0, 10, 0);
    expect(scaler.onTick(31_000, 10)?.to).toBe(9);
    expect(scaler.onTick(36_000, 10)).toBeNull();
  });

  it('follows another minimum while the load has not raised it, and else keeps within the bounds', () => {
    scaler.configure({ min: 4, max: 10 });
    expect(scaler.target).toBe(4);
    scaler.configure({ min: 1, max: 10 });
    expect(scaler.target).toBe(1);
    wantedAt(0, 8, 100);
    scaler.onWait(100, 0, 10);
    const targetWith = (min: number, max: number) => {
      scaler.configure({ min, max });
      return scaler.target;
    };
    expect([targetWith(2, 10), targetWith(2, 6), targetWith(7, 9)]).toEqual([8, 6, 7]);
  });
});
