import { beforeEach, describe, expect, it } from 'vitest';
import { FakeMain } from '../../../../tests/support/FakeMain.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import { defaultPoolSettings, defaultTimeoutSettings } from '../../../shared/model/poolSettings.ts';
import { ApiError } from '../../lib/api.ts';
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
  };
}

const notFound = someErrorDto('NOT_FOUND', { title: 'There is no such data source any more' });

let main: FakeMain;
let reported: ErrorDto[];
let store: ReturnType<typeof createConnectionsStore>;
const state = () => store.getState();

beforeEach(() => {
  main = new FakeMain();
  reported = [];
  store = createConnectionsStore({ ...main, reportError: (error) => reported.push(error) });
});

/** Started, with this list answered. */
async function startWith(...list: DataSourceSummary[]): Promise<() => void> {
  const stop = state().start();
  main.last('dataSources.list').resolve(list);
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
    main.push('dataSources.changed', [source('new', 'New')]);
    main.last('dataSources.list').resolve([]);
    await main.answer('dataSources.states', {});
    expect(state()).toMatchObject({ order: ['new'], loading: { status: 'ready' } });
  });

  it('does not let the first answer replace a state that main has told meanwhile', async () => {
    state().start();
    main.push('dataSources.state', { id: 'a', state: { status: 'ready', since: 1 } });
    main.last('dataSources.list').resolve([source('a', 'A')]);
    await main.answer('dataSources.states', { a: { status: 'connecting', since: 0 } });
    expect(state().states.a).toEqual({ status: 'ready', since: 1 });
  });

  it('says why it could not be read, and can be read again', async () => {
    state().start();
    await main.fail('dataSources.list', new ApiError(notFound));
    expect(state().loading).toEqual({ status: 'failed', error: notFound });
    void state().reload();
    main.last('dataSources.list').resolve([source('a', 'A')]);
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
    main.push('dataSources.changed', [source('b', 'B')]);
    expect(state().selectedId).toBeNull();
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
