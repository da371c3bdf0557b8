import { describe, expect, it, onTestFinished } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { systemClock as clock } from '../../../src/main/base/Clock.ts';
import { ConnectionFactory } from '../../../src/main/connectors/ConnectionFactory.ts';
import { silentLogger } from '../../../src/main/observability/Logger.ts';
import { MetricsCollector } from '../../../src/main/observability/MetricsCollector.ts';
import { RelationTables } from '../../../src/main/query/tables/RelationTables.ts';
import { ConnectionManager } from '../../../src/main/sessions/ConnectionManager.ts';
import type { DataSource } from '../../../src/shared/model/dataSource.ts';
import type { Resource } from '../../../src/shared/model/resources.ts';
import type { OpenedTable, TableQuery } from '../../../src/shared/model/tableRows.ts';
import { someDataSource } from '../../support/dataSources.ts';
import { someResource, someRestConfig } from '../../support/rest/someRest.ts';
import { TestApi } from '../../support/rest/TestApi.ts';
import { resultsUnderTest } from '../../support/resultsUnderTest.ts';
import { someTarget } from '../../support/someTarget.ts';

const tabId = crypto.randomUUID();
const pageSize = 400;
const pageCount = 5;

/** Lends connections as in the app. */
function connectionManager(source: DataSource): ConnectionManager {
  const manager = new ConnectionManager({
    factory: new ConnectionFactory(clock),
    targets: {
      forDataSource: async (saved) => someTarget(saved),
      forDraft: () => Promise.reject(new Error('No drafts here')),
    },
    repository: { find: () => source },
    metrics: new MetricsCollector(clock),
    clock,
    logger: silentLogger,
    random: () => 0.5,
  });
  onTestFinished(() => manager.close(1_000));
  return manager;
}

/** An API of 2,000 records, and the tables of a window over it. */
async function resourceTables(changes: Partial<Resource> = {}) {
  const api = await TestApi.start(({ url }) => {
    const query = new URL(url ?? '', 'http://x').searchParams;
    const page = Number(query.get('page'));
    if (page > pageCount) return [];
    const records = Array.from({ length: pageSize }, (_, index) => (page - 1) * pageSize + index);
    return records.map((id) => ({ id, group: id % 3, state: query.get('state') }));
  });
  const resource = someResource({
    pagination: { type: 'page', parameter: 'page', first: 1, size: null },
    filters: [{ column: 'state', operator: 'equals', parameter: 'state' }],
    columns: ['id', 'group', 'state'].map((name) => ({
      ...{ name, path: [name], type: name === 'state' ? 'text' : 'integer', isNullable: false },
      ...{ origin: 'personal' as const, description: '' },
    })),
    ...changes,
  });
  const config = someRestConfig({ baseUrl: api.baseUrl, resources: [resource] });
  const source = someDataSource({ engine: { kind: 'rest', config } });
  const manager = connectionManager(source);
  const under = resultsUnderTest();
  const { files, results } = under;
  const tables = new RelationTables({ manager, results, files });
  const relation = { schema: resource.group, name: resource.name };
  const queryOf = (query: Partial<TableQuery> = {}) => ({
    sourceId: source.id,
    relation,
    sort: [],
    filters: [],
    ...query,
  });
  const open = (query?: Partial<TableQuery>) => tables.open({ tabId, ...queryOf(query) }, neverAborted);
  const firstIds = async ({ resultId, viewId }: OpenedTable) => {
    const part = { fromRow: 0, rowCount: 3, fromColumn: 0, columnCount: 1 };
    return (await results.window({ resultId, viewId, ...part })).rows.flat();
  };
  const lentCount = () => manager.readings().get(source.id)?.pool.inUse;
  return { api, tables, open, queryOf, firstIds, under, lentCount };
}

describe('Resources in the grid', () => {
  it('are read as far as somebody looks, over connections that are given back', async () => {
    const { api, lentCount, open, tables } = await resourceTables();
    const opened = await open();
    expect(opened).toMatchObject({ viewId: null, here: { filters: [], sort: false } });
    expect(opened.progress).toEqual({ rowCount: 800, isComplete: false });
    expect(api.paths.length).toBeLessThanOrEqual(3);
    expect(lentCount()).toBe(0);
    expect(await tables.more(opened.resultId, 100_000, neverAborted)).toEqual({
      rowCount: 2_000,
      isComplete: true,
    });
    expect(api.paths).toHaveLength(pageCount + 1);
  });

  it('are sorted and filtered here where the API cannot, which is said', async () => {
    const { api, firstIds, open, tables } = await resourceTables();
    await open();
    const filters: TableQuery['filters'] = [
      { column: 2, operator: 'equals', value: 'open' },
      { column: 1, operator: 'equals', value: '1' },
    ];
    const opened = await open({ filters, sort: [{ column: 0, descending: true }] });
    expect(opened.here).toEqual({ filters: [1], sort: true });
    expect(opened.progress).toEqual({ rowCount: 667, isComplete: true });
    expect(await firstIds(opened)).toEqual(['1999', '1996', '1993']);
    expect(api.paths.at(-1)).toBe('/items?state=open&page=6');
    expect(await tables.more(opened.resultId, 10_000, neverAborted)).toEqual(opened.progress);
  });

  it('are not asked for again when only their order changes, but when somebody refreshes', async () => {
    const { api, firstIds, open } = await resourceTables();
    const sort = [{ column: 0, descending: true }];
    await open({ sort });
    const askedCount = api.paths.length;
    const other = await open({ sort: [{ column: 1, descending: true }] });
    expect(await firstIds(other)).toEqual(['2', '5', '8']);
    const plain = await open();
    expect(plain).toMatchObject({ viewId: null, progress: { rowCount: 2_000, isComplete: true } });
    expect(api.paths).toHaveLength(askedCount);
    await open();
    expect(api.paths.length).toBeGreaterThan(askedCount);
  });

  it('are saved as they are shown', async () => {
    const { queryOf, tables, under } = await resourceTables();
    const format = { type: 'ndjson' } as const;
    const work = { signal: neverAborted };
    const filters: TableQuery['filters'] = [{ column: 0, operator: 'less', value: '2' }];
    const sort = [{ column: 0, descending: true }];
    await tables.save({ ...queryOf({ filters, sort }), format, suggestedName: 'items' }, work);
    expect(under.saved().toString()).toBe(
      '{"id":1,"group":1,"state":null}\n{"id":0,"group":0,"state":null}\n',
    );
    expect(await tables.save({ ...queryOf(), format, suggestedName: 'items' }, work)).toMatchObject({
      rowCount: 2_000,
    });
  });

  it('keep what came before reading failed', async () => {
    const { open, tables } = await resourceTables({
      pagination: { type: 'cursor', selector: '[0].state', parameter: 'state', place: 'query' },
      path: '/items?page=1&state=A',
    });
    const opened = await open();
    expect(opened.progress).toEqual({ rowCount: 400, isComplete: false });
    await expect(tables.more(opened.resultId, 1_000, neverAborted)).rejects.toMatchObject({
      code: 'QUERY_FAILED',
    });
  });
});
