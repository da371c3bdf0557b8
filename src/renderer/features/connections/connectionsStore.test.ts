import { beforeEach, describe, expect, it } from 'vitest';
import { someDataSource } from '../../../../tests/support/dataSources.ts';
import { FakeMain } from '../../../../tests/support/FakeMain.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type {
  DataSourceChange,
  DataSourceList,
  DataSourceSummary,
  SavedDataSource,
} from '../../../shared/model/dataSource.ts';
import { ApiError } from '../../lib/api.ts';
import { createWithVault } from '../vault/withVault.ts';
import { createConnectionsStore } from './connectionsStore.ts';

function source(id: string, name: string): DataSourceSummary {
  return {
    dataSource: someDataSource({ id, name }),
    secrets: {},
    integrity: 'intact',
  };
}

const listAt = (revision: number, ...dataSources: DataSourceSummary[]): DataSourceList => ({
  revision,
  dataSources,
  damaged: [],
});
const changeTo = (
  revision: number,
  { changed = [], removed = [] }: { changed?: DataSourceSummary[]; removed?: string[] },
): DataSourceChange => ({ type: 'some', revision, changed, removed });
const savedAt = (revision: number, summary: DataSourceSummary): SavedDataSource => ({ ...summary, revision });
const broken = { id: 'broken', name: 'Broken', problems: ['port: too_big'] };

const inUse = 'in use';
const notFound = someErrorDto('NOT_FOUND', { title: 'There is no such data source any more' });

let main: FakeMain;
let reported: ErrorDto[];
let asked: string[];
let store: ReturnType<typeof createConnectionsStore>;
const state = () => store.getState();

beforeEach(() => {
  main = new FakeMain();
  reported = [];
  asked = [];
  store = createConnectionsStore({
    ...main,
    withVault: createWithVault({ unlock: async () => true, chooseMode: async () => true }),
    reportError: (error) => reported.push(error),
    mayDisconnect: async (id) => id !== inUse,
    askPassword: (id) => asked.push(id),
  });
});

/** Answers what was asked for last: the list, and that nothing is connected. */
async function answerWith(list: DataSourceList): Promise<void> {
  main.last('dataSources.list').resolve(list);
  await main.answer('dataSources.states', {});
}

/** Started, with this list answered as revision 0. */
async function startWith(...list: DataSourceSummary[]): Promise<() => void> {
  const stop = state().start();
  await answerWith(listAt(0, ...list));
  return stop;
}

const pushChange = (revision: number, change: { changed?: DataSourceSummary[]; removed?: string[] }) =>
  main.push('dataSources.changed', changeTo(revision, change));

describe('the list of data sources', () => {
  it('sorts names as people do', async () => {
    await startWith(source('a', 'db 10'), source('b', 'Zoo'), source('c', 'db 2'), source('d', 'ábc'));
    expect(state().order).toEqual(['d', 'c', 'a', 'b']);
  });

  it('does not let the first answer replace a state that main has told meanwhile', async () => {
    state().start();
    main.push('dataSources.state', { id: 'a', state: { status: 'ready', since: 1 } });
    main.last('dataSources.list').resolve(listAt(0, source('a', 'A')));
    await main.answer('dataSources.states', { a: { status: 'connecting', since: 0 } });
    expect(state().states.a).toEqual({ status: 'ready', since: 1 });
  });

  it('says why it could not be read, and can be read again', async () => {
    state().start();
    await main.fail('dataSources.list', new ApiError(notFound));
    expect(state().loading).toEqual({ status: 'failed', error: notFound });
    void state().reload();
    await answerWith(listAt(0, source('a', 'A')));
    expect(state()).toMatchObject({ loading: { status: 'ready' }, order: ['a'] });
  });

  it('stops following main when it is told to', async () => {
    const stop = await startWith();
    stop();
    expect(main.listenerCount('dataSources.changed') + main.listenerCount('dataSources.state')).toBe(0);
  });

  it('selects nothing that is gone', async () => {
    await startWith(source('a', 'A'), source('b', 'B'));
    state().select('a');
    pushChange(1, { removed: ['a'] });
    expect(state()).toMatchObject({ order: ['b'], selectedId: null });
  });
});

describe('a change of the list', () => {
  it('is applied when it is the next one, at its place in the order', async () => {
    await startWith(source('a', 'A'), source('c', 'C'));
    pushChange(1, { changed: [source('b', 'b')] });
    pushChange(2, { changed: [source('a', 'D')], removed: ['c'] });
    expect(state()).toMatchObject({ revision: 2, order: ['b', 'a'] });
    expect(state().byId.a?.dataSource.name).toBe('D');
    expect(main.countOf('dataSources.list')).toBe(1);
  });

  it('orders as a list does that is read whole', async () => {
    const names = ['Zoo', 'db 10', 'db 2', 'ábc', 'Abd', 'zoo', 'DB 2', 'm'];
    await startWith();
    names.forEach((name, index) => {
      pushChange(index + 1, { changed: [source(`${index}`, name)] });
    });
    const { order } = state();
    void state().reload();
    await answerWith(listAt(names.length + 1, ...names.map((name, index) => source(`${index}`, name))));
    expect(state().order).toEqual(order);
  });

  it('leaves the order alone, as an object too, when nothing moves', async () => {
    await startWith(source('a', 'A'), source('b', 'B'));
    const { order, byId } = state();
    const [a] = [source('a', 'A')];
    pushChange(1, { changed: [{ ...a, dataSource: { ...a.dataSource, color: 'red' } }] });
    expect(state().order).toBe(order);
    expect(state().byId.b).toBe(byId.b);
    expect(state().byId.a?.dataSource.color).toBe('red');
  });

  it('is the same from an answer and from its event, whichever comes first', async () => {
    await startWith(source('a', 'A'));
    state().upsert(savedAt(1, source('b', 'B')));
    state().select('b');
    pushChange(1, { changed: [source('b', 'B')] });
    pushChange(2, { changed: [source('b', 'Renamed')] });
    state().upsert(savedAt(1, source('b', 'B')));
    expect(state()).toMatchObject({ order: ['a', 'b'], selectedId: 'b' });
    expect(state().byId.b?.dataSource.name).toBe('Renamed');
    expect(main.countOf('dataSources.list')).toBe(1);
  });

  it('has the list read again after one that was missed', async () => {
    await startWith(source('a', 'A'));
    pushChange(2, { changed: [source('c', 'C')] });
    expect(state().order).toEqual(['a']);
    await answerWith(listAt(2, source('a', 'A'), source('b', 'B'), source('c', 'C')));
    expect(state()).toMatchObject({ revision: 2, order: ['a', 'b', 'c'], loading: { status: 'ready' } });
  });

  it('has the list read again when any of them may have changed, with what is shown still there', async () => {
    await startWith(source('a', 'A'));
    main.push('dataSources.changed', { type: 'all', revision: 1 });
    expect(state()).toMatchObject({ order: ['a'], loading: { status: 'ready' } });
    await answerWith(listAt(1, { ...source('a', 'A'), integrity: 'changed' }));
    expect(state().byId.a?.integrity).toBe('changed');
  });

  it('that comes while the list is read is neither lost nor undone by it', async () => {
    state().start();
    pushChange(5, { changed: [source('b', 'B')] });
    await answerWith(listAt(4, source('a', 'A')));
    expect(main.countOf('dataSources.list')).toBe(2);
    await answerWith(listAt(5, source('a', 'A'), source('b', 'B')));
    expect(state()).toMatchObject({ revision: 5, order: ['a', 'b'] });
    void state().reload();
    pushChange(6, { removed: ['a'] });
    await answerWith(listAt(5, source('a', 'A'), source('b', 'B')));
    expect(state()).toMatchObject({ revision: 6, order: ['b'] });
    expect(main.countOf('dataSources.list')).toBe(3);
  });

  it('asks for the list once, however many came after a gap', async () => {
    await startWith();
    for (let revision = 2; revision < 100; revision += 1) pushChange(revision, {});
    expect(main.countOf('dataSources.list')).toBe(2);
    await answerWith(listAt(99));
    expect(main.countOf('dataSources.list')).toBe(2);
  });

  it('of a store that has been replaced counts for nothing', async () => {
    await startWith(source('a', 'A'));
    pushChange(1, { changed: [source('b', 'B')] });
    main.push('store.replaced', null);
    await answerWith(listAt(0, source('c', 'C')));
    pushChange(1, { changed: [source('d', 'D')] });
    expect(state()).toMatchObject({ revision: 1, order: ['c', 'd'] });
  });
});

describe('data sources that cannot be read', () => {
  const startBroken = async (...list: DataSourceSummary[]) => {
    state().start();
    await answerWith({ ...listAt(0, ...list), damaged: [broken] });
  };

  it('are listed and can be chosen, until they are gone', async () => {
    await startBroken(source('a', 'A'));
    state().select('broken');
    pushChange(1, { removed: ['a'] });
    expect(state()).toMatchObject({ order: [], damaged: [broken], selectedId: 'broken' });
    pushChange(2, { removed: ['broken'] });
    expect(state()).toMatchObject({ damaged: [], selectedId: null });
  });

  it('stay when removing them fails, and why is said', async () => {
    await startBroken(source('a', 'A'));
    void state().removeDamaged('broken');
    await main.fail('dataSources.removeDamaged', new ApiError(someErrorDto('DISK_FULL')));
    expect(state().damaged).toEqual([broken]);
    expect(reported.map(({ code }) => code)).toEqual(['DISK_FULL']);
  });
});

describe('a store that was replaced', () => {
  it('leaves nothing of the old one in the window, even what comes late', async () => {
    await startWith(source('a', 'A'));
    state().select('a');
    main.push('dataSources.state', { id: 'a', state: { status: 'ready', since: 1 } });
    const reloading = state().reload();
    const late = { list: main.last('dataSources.list'), states: main.last('dataSources.states') };
    main.push('store.replaced', null);
    expect(state()).toMatchObject({
      order: [],
      states: {},
      selectedId: null,
      loading: { status: 'loading' },
    });
    await answerWith(listAt(0, source('b', 'B')));
    late.list.resolve(listAt(1, source('a', 'A')));
    late.states.resolve({ a: { status: 'ready', since: 1 } });
    await reloading;
    expect(state()).toMatchObject({ order: ['b'], states: {}, loading: { status: 'ready' } });
  });
});

describe('a data source that was changed outside', () => {
  const refused = { status: 'failed', since: 1, reason: someErrorDto('DATA_SOURCE_CHANGED') } as const;

  it('is connected once somebody has declared it right, when that was all it waited for', async () => {
    await startWith({ ...source('a', 'A'), integrity: 'changed' });
    main.push('dataSources.state', { id: 'a', state: refused });
    void state().confirm('a');
    await main.answer('dataSources.confirm', savedAt(1, source('a', 'A')));
    expect(state().byId.a?.integrity).toBe('intact');
    expect(main.countOf('dataSources.connect')).toBe(1);
  });

  it('is not connected when nobody had tried to, or when it could not be confirmed', async () => {
    await startWith({ ...source('a', 'A'), integrity: 'changed' });
    void state().confirm('a');
    await main.answer('dataSources.confirm', savedAt(1, source('a', 'A')));
    main.push('dataSources.state', { id: 'a', state: refused });
    void state().confirm('a');
    await main.fail('dataSources.confirm', new ApiError(someErrorDto('DISK_FULL')));
    expect(main.countOf('dataSources.connect')).toBe(0);
    expect(reported.map(({ code }) => code)).toEqual(['DISK_FULL']);
  });
});

describe('the connection URL', () => {
  it('counts as copied only when main has put it on the clipboard', async () => {
    await startWith(source('a', 'A'));
    const declined = state().copyUrl('a', true);
    await main.answer('dataSources.copyUrl', { copied: false });
    expect(await declined).toBe(false);
    const copied = state().copyUrl('a', false);
    await main.answer('dataSources.copyUrl', { copied: true });
    expect(await copied).toBe(true);
    expect(main.last('dataSources.copyUrl').input).toEqual({ id: 'a', withPassword: false });
  });

  it('has the vault unlocked first when its password is wanted', async () => {
    await startWith(source('a', 'A'));
    const copying = state().copyUrl('a', true);
    await main.fail('dataSources.copyUrl', new ApiError(someErrorDto('VAULT_PASSPHRASE_REQUIRED')));
    await main.answer('dataSources.copyUrl', { copied: true });
    expect(await copying).toBe(true);
    expect(reported).toEqual([]);
  });
});

describe('what is done to a data source', () => {
  it('takes a removed one out and brings it back selected', async () => {
    await startWith(source('a', 'A'), source('b', 'B'));
    void state().remove('a');
    pushChange(1, { removed: ['a'] });
    await main.answer('dataSources.remove', null);
    expect(state()).toMatchObject({ order: ['b'], lastRemovedId: 'a' });
    void state().restore('a');
    await main.answer('dataSources.restore', savedAt(2, source('a', 'A')));
    expect(state()).toMatchObject({ order: ['a', 'b'], selectedId: 'a', lastRemovedId: null });
  });

  it('keeps one in the list that main could not remove, and says why', async () => {
    await startWith(source('a', 'A'));
    const removing = state().remove('a');
    await main.fail('dataSources.remove', new ApiError(notFound));
    expect(await removing).toBe(false);
    expect(state().order).toEqual(['a']);
    expect(reported).toEqual([notFound]);
  });

  it('shows the copy of a duplicated one', async () => {
    await startWith(source('a', 'A'));
    void state().duplicate('a');
    await main.answer('dataSources.duplicate', savedAt(1, source('b', 'A copy')));
    expect(state()).toMatchObject({ order: ['a', 'b'], selectedId: 'b' });
  });

  it('does not say again, over the page, why one does not connect: its state says so', async () => {
    await startWith(source('a', 'A'));
    void state().connect('a');
    main.push('dataSources.state', { id: 'a', state: { status: 'failed', since: 1, reason: notFound } });
    await main.fail('dataSources.connect', new ApiError(notFound));
    expect(reported).toEqual([]);
  });

  it('is asked for its password when that is all that the server wants', async () => {
    await startWith(source('a', 'A'));
    const connecting = state().connect('a');
    const reason = someErrorDto('PASSWORD_REQUIRED');
    main.push('dataSources.state', { id: 'a', state: { status: 'failed', since: 1, reason } });
    await main.fail('dataSources.connect', new ApiError(reason));
    await connecting;
    expect(asked).toEqual(['a']);
    expect(reported).toEqual([]);
  });

  it('says that a person did not confirm its address, whatever its state was before', async () => {
    await startWith(source('a', 'A'));
    const reason = someErrorDto('AUTH_FAILED');
    main.push('dataSources.state', { id: 'a', state: { status: 'failed', since: 1, reason } });
    const connecting = state().connect('a');
    await main.fail('dataSources.connect', new ApiError(someErrorDto('ADDRESS_UNCONFIRMED')));
    await connecting;
    expect(reported.map(({ code }) => code)).toEqual(['ADDRESS_UNCONFIRMED']);
  });

  it('asks the keychain again before it connects, and leaves what is still wrong to the connect', async () => {
    await startWith(source('a', 'A'));
    void state().connectWithKeychain('a');
    expect(main.countOf('dataSources.connect')).toBe(0);
    await main.fail('vault.retry', new ApiError(someErrorDto('VAULT_UNAVAILABLE')));
    expect(main.last('dataSources.connect').input).toEqual({ id: 'a', secret: null });
    expect(reported).toEqual([]);
  });

  it('says why a connect did not even begin, but not that it was given up', async () => {
    await startWith(source('a', 'A'));
    void state().connect('a');
    await main.fail('dataSources.connect', new ApiError({ ...notFound, code: 'CANCELLED' }));
    expect(reported).toEqual([]);
    void state().connect('a');
    await main.fail('dataSources.connect', new ApiError(notFound));
    expect(reported).toEqual([notFound]);
  });
});

describe('disconnecting', () => {
  it('is left when something would be lost that a person wants to keep', async () => {
    await state().disconnect(inUse);
    expect(main.countOf('dataSources.disconnect')).toBe(0);
    void state().disconnect('a');
    await Promise.resolve();
    expect(main.countOf('dataSources.disconnect')).toBe(1);
  });
});
