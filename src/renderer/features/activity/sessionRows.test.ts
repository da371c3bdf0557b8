import { describe, expect, it } from 'vitest';
import { someActivity, someSession, someWait } from '../../../../tests/support/someActivity.ts';
import { defaultActivityView } from '../../../shared/model/defaultActivityView.ts';
import type { ActivityView } from '../../../shared/model/serverActivity.ts';
import { longestRows, sessionRows, waitRows } from './sessionRows.ts';

const view = (change: Partial<ActivityView> = {}): ActivityView => ({ ...defaultActivityView, ...change });

describe('the list of sessions', () => {
  const sample = someActivity([
    someSession(1),
    someSession(2, {
      state: 'active',
      statementMs: 10,
      statement: { id: null, text: 'SELECT Total', isCut: false },
    }),
    someSession(3, { state: 'active', statementMs: 900, owner: 'mooring' }),
    someSession(4, { state: 'idle-in-transaction', transactionMs: 5 }),
  ]);
  const numbers = (change: Partial<ActivityView> = {}, filter = '') =>
    sessionRows(sample, view(change), filter).map(({ session }) => session.number);

  it('begins with the statement that has run longest; those that run nothing come last', () => {
    expect(numbers()).toEqual([3, 2, 1, 4]);
  });

  it('is short where only what runs is told, the longest first', () => {
    expect(longestRows(sample).map(({ session }) => session.number)).toEqual([3, 2]);
  });

  it('keeps what is not known at the end in both directions', () => {
    expect(numbers({ sort: { column: 'statementMs', isDescending: false } })).toEqual([2, 3, 1, 4]);
    expect(numbers({ sort: { column: 'transactionMs', isDescending: true } })).toEqual([4, 1, 2, 3]);
  });

  it('leaves out what is hidden, but never an open transaction', () => {
    expect(numbers({ hidesIdle: true })).toEqual([3, 2, 4]);
    expect(numbers({ hidesOwn: true })).toEqual([2, 1, 4]);
  });

  it('finds text in any case in whatever a session says of itself', () => {
    expect(numbers({}, ' total ')).toEqual([2]);
    expect(numbers({}, '10.0')).toHaveLength(4);
    expect(numbers({}, 'nothing like it')).toEqual([]);
  });
});

describe('who blocks whom', () => {
  const sessions = [1, 2, 3, 4, 5].map((number) => someSession(number));
  const tree = (waits: Parameters<typeof someActivity>[1]) =>
    waitRows(someActivity(sessions, waits)).map(({ session, depth }) => [session.number, depth]);

  it('begins with those that wait for nobody, and indents whom they keep waiting', () => {
    expect(tree([someWait(2, 1), someWait(3, 2), someWait(4, 1)])).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
      [4, 1],
    ]);
  });

  it('shows a session below each one that it waits for, under keys of their own', () => {
    const sample = someActivity(sessions, [someWait(3, 1), someWait(3, 2)]);
    expect(waitRows(sample).map(({ session }) => session.number)).toEqual([1, 3, 2, 3]);
    expect(new Set(waitRows(sample).map(({ key }) => key)).size).toBe(4);
  });

  it('shows those that wait for each other, and for what is no session', () => {
    expect(tree([someWait(1, 2), someWait(2, 1)])).toEqual([
      [1, 0],
      [2, 1],
    ]);
    expect(tree([someWait(5, null)])).toEqual([[5, 0]]);
  });
});
