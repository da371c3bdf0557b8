import { beforeEach, describe, expect, it } from 'vitest';
import { StatementWindow } from './StatementWindow.ts';

let window: StatementWindow;
let nowMs: number;

beforeEach(() => {
  window = new StatementWindow();
  nowMs = 0;
});

/** Seconds with so many statements each. */
function pass(seconds: number, perSecond: number, errorsPerSecond = 0, p95Ms: number | null = null): void {
  for (let second = 0; second < seconds; second += 1) {
    nowMs += 1_000;
    window.add(nowMs, { perSecond, errorsPerSecond, p95Ms });
  }
}

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
    pass(290, 0);
    expect(window.errorShare(nowMs)).toBe(0);
  });

  it('counts a second as often as it had statements', () => {
    pass(1, 98, 0, 10);
    pass(1, 2, 0, 5_000);
    expect(window.p95Ms(nowMs)).toBe(10);
    pass(1, 10, 0, 5_000);
    expect(window.p95Ms(nowMs)).toBe(5_000);
  });

  it('takes a sample after a long break for one second', () => {
    pass(1, 1, 1);
    nowMs += 3_600_000;
    pass(1, 10, 10);
    expect(window.errorShare(nowMs)).toBe(0);
  });
});
