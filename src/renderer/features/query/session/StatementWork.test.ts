import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { statusBarStore } from '../../../lib/statusBar.ts';
import { StatementWork } from './StatementWork.ts';

const ports = { label: () => 'Running query 1', cancel: () => undefined, open: () => undefined };
const shown = () => statusBarStore.getState().work.map(({ label }) => label);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a statement in the status bar', () => {
  it('is there once it takes more than a second, and gone with its end', () => {
    const work = new StatementWork('t', ports);
    work.begin();
    vi.advanceTimersByTime(999);
    work.begin();
    expect(shown()).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(shown()).toEqual(['Running query 1']);
    work.end();
    expect(shown()).toEqual([]);
  });

  it('is never there when it is over sooner', () => {
    const work = new StatementWork('t', ports);
    work.begin();
    work.end();
    vi.advanceTimersByTime(5_000);
    expect(shown()).toEqual([]);
  });
});
