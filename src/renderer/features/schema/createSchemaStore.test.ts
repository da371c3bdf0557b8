import { describe, expect, it } from 'vitest';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import type { RelationSummary, SchemaSummary } from '../../../shared/model/schemaTree.ts';
import { ApiError } from '../../lib/api.ts';
import { createSchemaStore } from './createSchemaStore.ts';
import type { SchemaApi } from './SchemaLoader.ts';
import { emptyTree, relationsIn, searchProgress } from './sourceTree.ts';

const schema = (name: string, isSystem = false): SchemaSummary => ({
  name,
  comment: null,
  isSystem,
  tableCount: 1,
  viewCount: 0,
});
const relation = (schemaName: string, name: string): RelationSummary => ({
  schema: schemaName,
  name,
  kind: 'table',
  comment: null,
  columnCount: 1,
  rows: null,
  partitionOf: null,
});
const failure = (code: 'CANCELLED' | 'PERMISSION_DENIED') => new ApiError(someErrorDto(code));

/** A server whose answers the test gives by hand. */
class HandDrivenApi implements SchemaApi {
  schemas: readonly SchemaSummary[] = [
    schema('hr'),
    schema('pg_catalog', true),
    schema('sales'),
    schema('web'),
  ];
  readonly asked: { schema: string; signal: AbortSignal; answer: (relations: RelationSummary[]) => void }[] =
    [];

  async listSchemas(): Promise<readonly SchemaSummary[]> {
    return this.schemas;
  }

  listRelations(_id: string, name: string, signal: AbortSignal): Promise<readonly RelationSummary[]> {
    return new Promise((resolve, reject) => {
      this.asked.push({ schema: name, signal, answer: resolve });
      signal.addEventListener('abort', () => reject(failure('CANCELLED')));
    });
  }

  get askedSchemas(): string[] {
    return this.asked.map((request) => request.schema);
  }
}

const setUp = () => {
  const api = new HandDrivenApi();
  const store = createSchemaStore(api);
  return { api, store, actions: store.getState(), tree: () => store.getState().trees.a ?? emptyTree };
};

describe('createSchemaStore', () => {
  it('loads relations when their schema is opened, once', async () => {
    const { api, actions, tree } = setUp();
    await actions.open('a');
    const opened = actions.toggleSchema('a', 'sales', true);
    await actions.toggleSchema('a', 'sales', true);
    expect(api.askedSchemas).toEqual(['sales']);
    api.asked[0]?.answer([relation('sales', 'orders')]);
    await opened;
    expect(relationsIn(tree(), 'sales')).toEqual({ status: 'loaded', value: [relation('sales', 'orders')] });
  });

  it('opens the only schema by itself', async () => {
    const { api, actions } = setUp();
    api.schemas = [schema('public'), schema('pg_catalog', true)];
    void actions.open('a');
    await expect.poll(() => api.askedSchemas).toEqual(['public']);
  });

  it('searches every own schema, two at a time, and shows how far it is', async () => {
    const { api, actions, tree } = setUp();
    await actions.open('a');
    const searched = actions.setFilter('a', 'order');
    expect(api.askedSchemas).toEqual(['hr', 'sales']);
    api.asked[0]?.answer([]);
    await expect.poll(() => api.askedSchemas).toEqual(['hr', 'sales', 'web']);
    expect(searchProgress(tree())).toMatchObject({ doneCount: 1, totalCount: 3 });
    api.asked[1]?.answer([relation('sales', 'orders')]);
    api.asked[2]?.answer([]);
    await searched;
    expect(searchProgress(tree())).toMatchObject({ doneCount: 3, totalCount: 3 });
  });

  it('stops searching when asked, down to the server', async () => {
    const { api, actions, tree } = setUp();
    await actions.open('a');
    const searched = actions.setFilter('a', 'order');
    actions.cancelLoads('a');
    await searched;
    expect(api.asked.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    expect(relationsIn(tree(), 'sales').status).toBe('absent');
  });

  it('keeps a failed schema apart from the others and loads it again on demand', async () => {
    const { actions, tree, api, store } = setUp();
    api.listRelations = () => Promise.reject(failure('PERMISSION_DENIED'));
    await actions.open('a');
    await actions.toggleSchema('a', 'hr', true);
    expect(relationsIn(tree(), 'hr').status).toBe('failed');
    api.listRelations = async () => [relation('hr', 'people')];
    await store.getState().loadRelations('a', 'hr');
    expect(relationsIn(tree(), 'hr').status).toBe('loaded');
  });

  it('shows nothing of the old connection after a reconnect, even when an old answer comes late', async () => {
    const { api, actions, tree } = setUp();
    await actions.open('a');
    const late = actions.toggleSchema('a', 'sales', true);
    actions.dropData('a');
    api.asked[0]?.answer([relation('sales', 'old')]);
    await late;
    expect(tree().schemas.status).toBe('absent');
    void actions.open('a');
    await expect.poll(() => api.askedSchemas).toEqual(['sales', 'sales']);
    api.asked[1]?.answer([relation('sales', 'new')]);
    await expect
      .poll(() => relationsIn(tree(), 'sales'))
      .toEqual({ status: 'loaded', value: [relation('sales', 'new')] });
  });

  it('forgets data sources that were removed', async () => {
    const { actions, store } = setUp();
    await actions.open('a');
    await actions.open('b');
    actions.retain(new Set(['b']));
    expect(Object.keys(store.getState().trees)).toEqual(['b']);
  });
});
