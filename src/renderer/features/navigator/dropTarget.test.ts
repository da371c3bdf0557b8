import { describe, expect, it } from 'vitest';
import type { Arrangement } from '../../../shared/model/tabs.ts';
import { arrangedFor, favourites, membersOf, moved, noArrangement } from './arrangement.ts';
import { draggedId, dropAt } from './dropTarget.ts';
import { createOutline } from './outline.ts';
import type { NavigatorRow } from './rows.ts';

const byName = ['ann', 'bob', 'cem', 'dan', 'eve'];
const arrangement: Arrangement = {
  ...noArrangement,
  folders: [{ id: 'w', name: 'Work', isExpanded: true }],
  folderOf: { bob: 'w', cem: 'w' },
  favourites: ['eve'],
};

const rowsOf = (isExpanded = true) =>
  createOutline()({
    byName,
    damaged: [],
    arrangement: { ...arrangement, folders: [{ id: 'w', name: 'Work', isExpanded }] },
    states: {},
    trees: {},
    databases: {},
    toggles: {},
    showsSystem: new Set(),
    favourites: {},
  });

/** Favourites, eve, Work, bob, cem, ann, dan. */
const rows = rowsOf();
const rowOf = (id: string): NavigatorRow => {
  const found = rows.find((row) => draggedId(row) === id);
  if (found === undefined) throw new Error(`No row of ${id}`);
  return found;
};
const indexOf = (id: string) => rows.indexOf(rowOf(id));
const drop = (id: string, over: number, share: number) => dropAt(rows, rowOf(id), over, share);

/** The ids of a container after a drop. */
function idsAfter(id: string, overId: string, share: number, container: string | null) {
  const target = drop(id, indexOf(overId), share)?.target;
  if (target === undefined) return null;
  const next = moved(arrangement, arrangedFor(arrangement, byName), id, target);
  return membersOf(arrangedFor(next, byName), container);
}

describe('where something is dropped', () => {
  it('is before or after the row below the pointer', () => {
    expect(idsAfter('dan', 'ann', 0.2, null)).toEqual(['w', 'dan', 'ann']);
    expect(idsAfter('ann', 'dan', 0.8, null)).toEqual(['w', 'dan', 'ann']);
    expect(idsAfter('dan', 'bob', 0.8, 'w')).toEqual(['bob', 'dan', 'cem']);
  });

  it('stays where it is behind its own neighbour', () => {
    expect(idsAfter('ann', 'w', 0.1, null)).toEqual(['ann', 'w', 'dan']);
    expect(idsAfter('cem', 'bob', 0.8, 'w')).toEqual(['bob', 'cem']);
  });

  it('is a folder in its middle, and the places beside it at its edges', () => {
    expect(drop('ann', indexOf('w'), 0.5)).toMatchObject({ edge: 'into', target: { container: 'w' } });
    expect(drop('ann', indexOf('w'), 0.1)).toMatchObject({ edge: 'before', target: { container: null } });
    // Below an open folder stand its own data sources.
    expect(drop('ann', indexOf('w'), 0.9)).toMatchObject({ edge: 'into' });
    const closed = rowsOf(false);
    const over = closed.findIndex((row) => draggedId(row) === 'w');
    expect(dropAt(closed, rowOf('ann'), over, 0.9)).toMatchObject({ edge: 'after' });
  });

  it('can be the favourites', () => {
    expect(drop('ann', 0, 0.5)).toMatchObject({ edge: 'into', target: { container: favourites } });
    expect(idsAfter('ann', 'eve', 0.2, favourites)).toEqual(['ann', 'eve']);
  });

  it('is the top level only for a folder', () => {
    expect(drop('w', indexOf('bob'), 0.5)).toBeNull();
    expect(drop('w', 0, 0.5)).toBeNull();
    expect(idsAfter('w', 'ann', 0.8, null)).toEqual(['ann', 'w', 'dan']);
  });

  it('is nowhere on itself', () => {
    expect(drop('ann', indexOf('ann'), 0.5)).toBeNull();
  });
});
