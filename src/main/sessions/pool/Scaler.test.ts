import { describe, expect, it } from 'vitest';
import { LoadWindow } from './Scaler.ts';

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
});
