import { describe, expect, it } from 'vitest';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { Arrangement } from '../../../shared/model/tabs.ts';
import { ApiError, type call } from '../../lib/api.ts';
import { noArrangement, withFolder } from './arrangement.ts';
import { createArrangementStore } from './arrangementStore.ts';

const folder = (name: string) => ({ id: name, name, isExpanded: true });
const saved: Arrangement = { ...noArrangement, folders: [folder('saved')] };

/** Main, which keeps one arrangement and can be made to fail. */
function setUp() {
  const main = { kept: saved, fails: false };
  const reported: ErrorDto[] = [];
  const answer = async (name: string, input: unknown) => {
    if (main.fails) throw new ApiError(someErrorDto('INTERNAL'));
    if (name === 'tabs.setArrangement') main.kept = input as Arrangement;
    return name === 'tabs.arrangement' ? main.kept : null;
  };
  const store = createArrangementStore({
    call: answer as typeof call,
    reportError: (error) => reported.push(error),
    tidied: (arrangement) => arrangement,
  });
  return { main, reported, store, ...store.getState() };
}

const addNew = (arrangement: Arrangement) => withFolder(arrangement, folder('new'));
const namesOf = ({ folders }: Arrangement) => folders.map(({ name }) => name);

describe('the store of the arrangement', () => {
  it('changes what is saved, and saves what was changed', async () => {
    const { main, store, load, change } = setUp();
    await load();
    await change(addNew);
    expect(namesOf(store.getState().arrangement)).toEqual(['saved', 'new']);
    expect(namesOf(main.kept)).toEqual(['saved', 'new']);
  });

  it('does not save over an arrangement that it could not read', async () => {
    const { main, reported, load, change } = setUp();
    main.fails = true;
    await load();
    await change(addNew);
    expect(reported).toHaveLength(1);
    main.fails = false;
    await change(addNew);
    expect(namesOf(main.kept)).toEqual(['saved', 'new']);
  });

  it('waits with a change for what is being read', async () => {
    const { main, load, change } = setUp();
    void load();
    await Promise.all([change(addNew), change((arrangement) => withFolder(arrangement, folder('newer')))]);
    expect(namesOf(main.kept)).toEqual(['saved', 'new', 'newer']);
  });
});
