import { describe, expect, it } from 'vitest';
import { type StateChange, stateSpans, withState } from './stateChanges.ts';

const span = { from: 1_000, to: 2_000 };

describe('the states along a chart', () => {
  it('fill it from the first one that is known, cut at both ends', () => {
    const changes: StateChange[] = [
      { at: 500, status: 'connecting' },
      { at: 800, status: 'ready' },
      { at: 1_400, status: 'reconnecting' },
      { at: 1_600, status: 'ready' },
      { at: 5_000, status: 'idle' },
    ];
    expect(stateSpans(changes, span)).toEqual([
      { from: 1_000, to: 1_400, statuses: ['ready'] },
      { from: 1_400, to: 1_600, statuses: ['reconnecting'] },
      { from: 1_600, to: 2_000, statuses: ['ready'] },
    ]);
    expect(stateSpans([{ at: 1_700, status: 'ready' }], span)).toEqual([
      { from: 1_700, to: 2_000, statuses: ['ready'] },
    ]);
    expect(stateSpans([], span)).toEqual([]);
  });

  it('stand together where each would be too narrow to be seen', () => {
    const flapping = Array.from(
      { length: 20 },
      (_, index): StateChange => ({
        at: 1_100 + index,
        status: index % 2 === 0 ? 'reconnecting' : 'ready',
      }),
    );
    const spans = stateSpans([{ at: 0, status: 'ready' }, ...flapping], span);
    expect(spans.map(({ from, to, statuses }) => [from, to, statuses.length])).toEqual([
      [1_000, 1_100, 1],
      [1_100, 1_119, 19],
      [1_119, 2_000, 1],
    ]);
  });
});

describe('a new state', () => {
  const ready: StateChange = { at: 10, status: 'ready' };

  it('comes behind those that are known, unless it is one of them', () => {
    expect(withState([ready], { at: 20, status: 'idle' })).toHaveLength(2);
    expect(withState([ready], { at: 20, status: 'ready' })).toEqual([ready]);
    expect(withState([ready], { at: 5, status: 'connecting' })).toEqual([ready]);
  });
});
