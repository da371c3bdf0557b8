import { beforeEach, describe, expect, it } from 'vitest';
import { FakeMain } from '../../../../tests/support/FakeMain.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { DataSourceList, DataSourceSummary } from '../../../shared/model/dataSource.ts';
import { defaultPoolSettings, defaultTimeoutSettings } from '../../../shared/model/poolSettings.ts';
import { ApiError } from '../../lib/api.ts';
import { createWithVault } from '../vault/withVault.ts';
import { createConnectionsStore } from './connectionsStore.ts';

function source(id: string, name: string): DataSourceSummary {
  return {
    dataSource: {
      kind: 'postgres',
      id,
      name,
      host: 'db.example.com',
      port: 5432,
      database: 'shop',
      user: 'ada',
      tls: { mode: 'verify-full', caPem: null },
      pool: defaultPoolSettings,
      timeouts: defaultTimeoutSettings,
      color: 'blue',
      environment: 'none',
      readOnly: false,
      demo: false,
      createdAt: 0,
      updatedAt: 0,
    },
    password: { stored: false },
    integrity: 'intact',
  };
}

const listOf = (...dataSources: DataSourceSummary[]): DataSourceList => ({ dataSources, damaged: [] });
const broken = { id: 'broken', name: 'Broken', problems: ['port: too_big'] };

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
    askPassword: (id) => asked.push(id),
  });
});

/** Started, with this list answered. */
async function startWith(...list: DataSourceSummary[]): Promise<() => void> {
  const stop = state().start();
  main.last('dataSources.list').resolve(listOf(...list));
  await main.answer('dataSources.states', {});
  return stop;
}

describe('the list of data sources', () => {
  it('sorts names as people do', async () => {
    await startWith(source('a', 'db 10'), source('b', 'Zoo'), source('c', 'db 2'), source('d', 'ábc'));
    expect(state().order).toEqual(['d', 'c', 'a', 'b']);
  });

  it('does not let an old answer replace a list that main has pushed meanwhile', async () => {
    state().start();
    main.push('dataSources.changed', listOf(source('new', 'New')));
    main.last('dataSources.list').resolve(listOf());
    await main.answer('dataSources.states', {});
    expect(state()).toMatchObject({ order: ['new'], loading: { status: 'ready' } });
  });

  it('does not let the first answer replace a state that main has told meanwhile', async () => {
    state().start();
    main.push('dataSources.state', { id: 'a', state: { status: 'ready', since: 1 } });
    main.last('dataSources.list').resolve(listOf(source('a', 'A')));
    await main.answer('dataSources.states', { a: { status: 'connecting', since: 0 } });
    expect(state().states.a).toEqual({ status: 'ready', since: 1 });
  });

  it('says why it could not be read, and can be read again', async () => {
    state().start();
    await main.fail('dataSources.list', new ApiError(notFound));
    expect(state().loading).toEqual({ status: 'failed', error: notFound });
    void state().reload();
    main.last('dataSources.list').resolve(listOf(source('a', 'A')));
    await main.answer('dataSources.states', {});
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
    main.push('dataSources.changed', listOf(source('b', 'B')));
    expect(state().selectedId).toBeNull();
  });
});

describe('a list that was sent before an answer and comes after it', () => {
  const later = (summary: DataSourceSummary, updatedAt: number): DataSourceSummary => ({
    ...summary,
    dataSource: { ...summary.dataSource, updatedAt },
  });

  it('takes neither the new data source nor its selection away, until a list has held it', async () => {
    await startWith(source('a', 'A'));
    state().upsert(source('b', 'B'));
    state().select('b');
    main.push('dataSources.changed', listOf(source('a', 'A')));
    expect(state()).toMatchObject({ order: ['a', 'b'], selectedId: 'b' });
    main.push('dataSources.changed', listOf(source('a', 'A'), source('b', 'B')));
    main.push('dataSources.changed', listOf(source('a', 'A')));
    expect(state()).toMatchObject({ order: ['a'], selectedId: null });
  });

  it('does not show a data source as it was before its change', async () => {
    await startWith(source('a', 'A'));
    state().upsert(later(source('a', 'Renamed'), 2));
    main.push('dataSources.changed', listOf(source('a', 'A'), source('b', 'B')));
    expect(state().byId.a?.dataSource.name).toBe('Renamed');
    main.push('dataSources.changed', listOf(later(source('a', 'Renamed again'), 3)));
    expect(state().byId.a?.dataSource.name).toBe('Renamed again');
  });

  it('does not take away what was brought back, though it was sent while that was gone', async () => {
    await startWith(source('a', 'A'));
    void state().remove('a');
    await main.answer('dataSources.remove', null);
    void state().restore('a');
    await main.answer('dataSources.restore', source('a', 'A'));
    main.push('dataSources.changed', listOf());
    expect(state()).toMatchObject({ order: ['a'], selectedId: 'a' });
  });

  it('does not bring back what was removed, of either kind, until a list was without it', async () => {
    await startWith(source('a', 'A'));
    main.push('dataSources.changed', { dataSources: [source('a', 'A')], damaged: [broken] });
    void state().remove('a');
    await main.answer('dataSources.remove', null);
    void state().removeDamaged('broken');
    await main.answer('dataSources.removeDamaged', null);
    main.push('dataSources.changed', { dataSources: [source('a', 'A')], damaged: [broken] });
    expect(state()).toMatchObject({ order: [], damaged: [] });
    main.push('dataSources.changed', listOf());
    main.push('dataSources.changed', { dataSources: [source('a', 'A')], damaged: [broken] });
    expect(state()).toMatchObject({ order: ['a'], damaged: [broken] });
  });

  it('counts for nothing in a store that has been replaced', async () => {
    await startWith(source('a', 'A'));
    state().upsert(source('b', 'B'));
    main.push('store.replaced', null);
    main.push('dataSources.changed', listOf(source('c', 'C')));
    expect(state().order).toEqual(['c']);
  });
});

describe('data sources that cannot be read', () => {
  it('are listed and can be chosen, until they are gone', async () => {
    await startWith(source('a', 'A'));
    main.push('dataSources.changed', { dataSources: [source('a', 'A')], damaged: [broken] });
    state().select('broken');
    main.push('dataSources.changed', { dataSources: [], damaged: [broken] });
    expect(state()).toMatchObject({ order: [], damaged: [broken], selectedId: 'broken' });
    main.push('dataSources.changed', listOf());
    expect(state().selectedId).toBeNull();
  });

  it('leave the list at once when they are removed, and stay when that fails', async () => {
    await startWith(source('a', 'A'));
    main.push('dataSources.changed', { dataSources: [source('a', 'A')], damaged: [broken] });
    void state().removeDamaged('broken');
    await main.fail('dataSources.removeDamaged', new ApiError(someErrorDto('DISK_FULL')));
    expect(state().damaged).toEqual([broken]);
    void state().removeDamaged('broken');
    await main.answer('dataSources.removeDamaged', null);
    expect(state()).toMatchObject({ order: ['a'], damaged: [] });
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
    main.last('dataSources.list').resolve(listOf(source('b', 'B')));
    await main.answer('dataSources.states', {});
    late.list.resolve(listOf(source('a', 'A')));
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
    await main.answer('dataSources.confirm', source('a', 'A'));
    expect(state().byId.a?.integrity).toBe('intact');
    expect(main.countOf('dataSources.connect')).toBe(1);
  });

  it('is not connected when nobody had tried to, or when it could not be confirmed', async () => {
    await startWith({ ...source('a', 'A'), integrity: 'changed' });
    void state().confirm('a');
    await main.answer('dataSources.confirm', source('a', 'A'));
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
  it('takes a removed one out at once and brings it back selected', async () => {
    await startWith(source('a', 'A'), source('b', 'B'));
    void state().remove('a');
    await main.answer('dataSources.remove', null);
    expect(state()).toMatchObject({ order: ['b'], lastRemovedId: 'a' });
    void state().restore('a');
    await main.answer('dataSources.restore', source('a', 'A'));
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
    await main.answer('dataSources.duplicate', source('b', 'A copy'));
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
    expect(main.last('dataSources.connect').input).toEqual({ id: 'a', password: null });
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
