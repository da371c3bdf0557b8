import { beforeEach, describe, expect, it } from 'vitest';
import { histogramOf, someFigures } from '../../../../tests/support/someFigures.ts';
import { StatementWindow } from './StatementWindow.ts';

let window: StatementWindow;
let nowMs = 0;

beforeEach(() => {
  window = new StatementWindow();
  nowMs = 0;
});

/** Seconds with so many statements each, that took so long. */
function pass(seconds: number, count: number, errorCount = 0, durationMs = 1): void {
  const ofMooring = { catalogue: 99, health: 99 };
  const figures = someFigures({
    statements: { user: count, ...ofMooring },
    errors: { user: errorCount, ...ofMooring },
    latency: histogramOf(...Array.from({ length: count }, () => durationMs)),
  });
  for (let second = 0; second < seconds; second += 1) {
    nowMs += 1_000;
    window.add(nowMs, figures);
  }
}

/** As exact as the buckets of a histogram. */
const expectP95 = (durationMs: number): void =>
  expect(Math.abs(window.p95Ms(nowMs) / durationMs - 1)).toBeLessThan(0.05);

describe('StatementWindow', () => {
  it('concludes nothing from few statements', () => {
    pass(1, 1, 1, 9_000);
    expect([window.errorShare(nowMs), window.p95Ms(nowMs)]).toEqual([0, 0]);
    pass(18, 1, 1, 9_000);
    expect(window.errorShare(nowMs)).toBe(0);
    pass(1, 1, 1, 9_000);
    expect([window.errorShare(nowMs), window.p95Ms(nowMs)]).toEqual([1, 9_000]);
  });

  it('forgets what is older than five minutes', () => {
    pass(10, 10, 5);
    pass(100, 0);
    expect(window.errorShare(nowMs)).toBe(0.5);
    pass(30, 10, 0, 40);
    pass(190, 0);
    expect(window.errorShare(nowMs)).toBe(0);
    expectP95(40);
    pass(150, 0);
    expect(window.p95Ms(nowMs)).toBe(0);
  });

  it('knows the percentile of all statements, however they are spread over the seconds', () => {
    pass(1, 100, 0, 10);
    pass(5, 1, 0, 5_000);
    expectP95(10);
    pass(20, 1, 0, 5_000);
    expectP95(5_000);
    pass(200, 100, 0, 10);
    expectP95(10);
  });

  it('forgets also while nobody asks, and over a long break', () => {
    pass(1, 30, 30);
    nowMs += 3_600_000;
    pass(1, 30);
    expect(window.errorShare(nowMs)).toBe(0);
  });

  it('says nothing of the time that cancelled statements took', () => {
    const statements = { user: 30, catalogue: 0, health: 0 };
    window.add(nowMs, someFigures({ statements, cancelCount: 30 }));
    expect([window.errorShare(nowMs), window.p95Ms(nowMs)]).toEqual([0, 0]);
  });
});
