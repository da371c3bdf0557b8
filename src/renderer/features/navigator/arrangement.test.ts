import { describe, expect, it } from 'vitest';
import type { Arrangement } from '../../../shared/model/tabs.ts';
import {
  arrangedFor,
  favourites,
  membersOf,
  moved,
  movedBy,
  noArrangement,
  withFolder,
  withFolderBack,
  withoutFavourite,
  withoutFolder,
  withoutGone,
  withPlacements,
} from './arrangement.ts';

const byName = ['ann', 'bob', 'cem', 'dan'];
const folder = (id: string, name = id) => ({ id, name, isExpanded: true });
const work: Arrangement = {
  ...noArrangement,
  folders: [folder('w', 'Work'), folder('c', 'Clients')],
  folderOf: { ann: 'w', cem: 'w' },
};

const shown = (arrangement: Arrangement) => arrangedFor(arrangement, byName);
const top = (arrangement: Arrangement) => membersOf(shown(arrangement), null);
const inWork = (arrangement: Arrangement) => membersOf(shown(arrangement), 'w');
const move = (arrangement: Arrangement, id: string, container: string | null, beforeId: string | null) =>
  moved(arrangement, shown(arrangement), id, { container, beforeId });

describe('the arrangement of data sources', () => {
  it('has folders by name before data sources by name, until somebody orders them by hand', () => {
    expect(top(work)).toEqual(['c', 'w', 'bob', 'dan']);
    expect(top(move(work, 'dan', null, 'c'))).toEqual(['dan', 'c', 'w', 'bob']);
  });

  it('puts what was imported into the folders of these names, and adds those that are missing', () => {
    const placed = withPlacements(work, [
      { id: 'bob', folder: 'Work' },
      { id: 'dan', folder: 'New' },
    ]);
    expect(placed.folders.map(({ name }) => name)).toEqual(['Work', 'Clients', 'New']);
    expect(inWork(placed)).toEqual(['ann', 'bob', 'cem']);
    expect(placed.folderOf.dan).toBe(placed.folders[2]?.id);
  });

  it('puts a new data source behind those that were ordered by hand', () => {
    const ordered = move(work, 'dan', null, 'c');
    const shownWithNew = arrangedFor(ordered, ['aaa', ...byName]);
    expect(membersOf(shownWithNew, null)).toEqual(['dan', 'c', 'w', 'bob', 'aaa']);
  });

  it('moves a data source into a folder, at its place or at the end, and out again', () => {
    expect(inWork(move(work, 'bob', 'w', 'cem'))).toEqual(['ann', 'bob', 'cem']);
    expect(inWork(move(work, 'bob', 'w', null))).toEqual(['ann', 'cem', 'bob']);
    const out = move(work, 'ann', null, 'bob');
    expect(top(out)).toEqual(['c', 'w', 'ann', 'bob', 'dan']);
    expect(inWork(out)).toEqual(['cem']);
  });

  it('shows a favourite at the top only, and puts it back where it was', () => {
    const pinned = move(move(work, 'cem', favourites, null), 'bob', favourites, 'cem');
    expect(membersOf(shown(pinned), favourites)).toEqual(['bob', 'cem']);
    expect(inWork(pinned)).toEqual(['ann']);
    expect(inWork(withoutFavourite(pinned, 'cem'))).toEqual(['ann', 'cem']);
  });

  it('moves by one with the keyboard, and stops at both ends', () => {
    const by = (arrangement: Arrangement, step: 1 | -1) =>
      movedBy(arrangement, shown(arrangement), 'bob', { container: null, by: step });
    expect(top(by(work, 1))).toEqual(['c', 'w', 'dan', 'bob']);
    expect(top(by(work, -1))).toEqual(['c', 'bob', 'w', 'dan']);
    const last = by(work, 1);
    expect(by(last, 1)).toBe(last);
  });

  it('lets the data sources of a deleted folder out, and takes them in again when that is undone', () => {
    const before = move(work, 'ann', 'w', null);
    const deleted = withoutFolder(before, 'w');
    expect(top(deleted)).toEqual(['c', 'ann', 'bob', 'cem', 'dan']);
    const meanwhile = withFolder(move(deleted, 'ann', 'c', null), folder('n', 'New'));
    const undone = withFolderBack(meanwhile, before, 'w');
    expect(inWork(undone)).toEqual(['cem']);
    expect(membersOf(shown(undone), 'c')).toEqual(['ann']);
    expect(top(undone)).toContain('n');
  });

  it('ignores what is in it of data sources that are gone, and forgets them when asked', () => {
    const stale = { ...work, favourites: ['gone', 'bob'], order: ['gone', 'w', 'bob'] };
    expect(membersOf(shown(stale), favourites)).toEqual(['bob']);
    expect(withoutGone({ ...stale, folderOf: { gone: 'w', ann: 'nowhere' } }, (id) => id !== 'gone')).toEqual(
      {
        folders: work.folders,
        folderOf: {},
        favourites: ['bob'],
        order: ['w', 'bob'],
      },
    );
  });
});
