import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { someDataSource } from '../../../tests/support/dataSources.ts';
import { TestSigner } from '../../../tests/support/TestSigner.ts';
import { openTestStore } from '../../../tests/support/testStore.ts';
import { maxRecentOfSource } from '../../shared/model/objectLimits.ts';
import type { NodeRef } from '../../shared/model/schemaTree.ts';
import { silentLogger } from '../observability/Logger.ts';
import { SqliteDataSourceRepository } from './SqliteDataSourceRepository.ts';
import { SqliteObjectRepository } from './SqliteObjectRepository.ts';

const nodeOf = (name: string): NodeRef => ({ schema: 'sales', name, kind: 'table' });
const routine: NodeRef = { schema: 'sales', name: 'f', kind: 'function', qualifier: 'integer' };

describe('SqliteObjectRepository', () => {
  function setUp() {
    const database = openTestStore();
    const dataSources = new SqliteDataSourceRepository({
      ...{ database, signer: new TestSigner(), logger: silentLogger },
    });
    const source = someDataSource();
    dataSources.put(source, {});
    return { database, dataSources, sourceId: source.id, objects: new SqliteObjectRepository(database) };
  }

  it('lists favourites in the order in which they were added, and what was opened with the newest first', () => {
    const { objects, sourceId } = setUp();
    for (const node of [nodeOf('b'), nodeOf('a'), routine]) objects.setFavourite({ sourceId, node }, true);
    for (const node of [nodeOf('a'), nodeOf('c'), nodeOf('a')]) objects.opened({ sourceId, node });
    objects.setFavourite({ sourceId, node: nodeOf('b') }, true);
    objects.setFavourite({ sourceId, node: routine }, false);
    expect(objects.list()).toEqual({
      favourites: ['b', 'a'].map((name) => ({ sourceId, node: nodeOf(name) })),
      recent: ['a', 'c'].map((name) => ({ sourceId, node: nodeOf(name) })),
    });
  });

  it('keeps the newest ones that were opened, and all favourites', () => {
    const { objects, sourceId } = setUp();
    objects.setFavourite({ sourceId, node: nodeOf('0') }, true);
    for (let index = 0; index < maxRecentOfSource + 5; index += 1) {
      objects.opened({ sourceId, node: nodeOf(`${index}`) });
    }
    const { favourites, recent } = objects.list();
    expect(recent).toHaveLength(maxRecentOfSource);
    expect(recent[0]?.node.name).toBe(`${maxRecentOfSource + 4}`);
    expect(favourites.map(({ node }) => node.name)).toEqual(['0']);
    objects.clearRecent();
    expect(objects.list()).toEqual({ favourites, recent: [] });
  });

  it('go with their data source, and nothing is kept of one that is not there', () => {
    const { dataSources, objects, sourceId } = setUp();
    objects.opened({ sourceId: randomUUID(), node: nodeOf('a') });
    objects.setFavourite({ sourceId, node: nodeOf('a') }, true);
    dataSources.markRemoved(sourceId, 1);
    // It can still be restored.
    expect(objects.list().favourites).toHaveLength(1);
    dataSources.purgeRemoved();
    expect(objects.list()).toEqual({ favourites: [], recent: [] });
  });

  it('leaves out what cannot be read', () => {
    const { database, objects, sourceId } = setUp();
    objects.opened({ sourceId, node: nodeOf('a') });
    objects.opened({ sourceId, node: nodeOf('b') });
    database.prepare(`UPDATE kept_objects SET node = '{' WHERE opened_turn = 2`).run();
    expect(objects.list().recent.map(({ node }) => node.name)).toEqual(['a']);
  });
});
