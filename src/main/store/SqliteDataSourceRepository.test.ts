import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { someDataSource } from '../../../tests/support/dataSources.ts';
import { openTestStore } from '../../../tests/support/testStore.ts';
import { silentLogger } from '../observability/Logger.ts';
import { SqliteDataSourceRepository } from './SqliteDataSourceRepository.ts';
import { SqliteSecretRepository } from './SqliteSecretRepository.ts';

function setUp() {
  const database = openTestStore();
  const warnings: unknown[] = [];
  const logger = { ...silentLogger, warn: (_: string, fields?: unknown) => warnings.push(fields) };
  const dataSources = new SqliteDataSourceRepository(database, logger);
  const names = (): string[] => dataSources.list().map((dataSource) => dataSource.name);
  return { database, dataSources, secrets: new SqliteSecretRepository(database), warnings, names };
}

const secretOf = (dataSourceId: string) => ({
  dataSourceId,
  field: 'password',
  envelope: Buffer.from('sealed'),
  keyVersion: 1,
  revision: 1,
});

describe('SqliteDataSourceRepository', () => {
  it('gives back what was put, every part of it, and replaces it by id', () => {
    const { dataSources } = setUp();
    const first = someDataSource({ name: 'Bücher 🐘 "x"', environment: 'production', readOnly: true });
    dataSources.put(first);
    expect(dataSources.find(first.id)).toEqual(first);
    dataSources.put({ ...first, host: 'other.test', updatedAt: 7 });
    expect(dataSources.list()).toEqual([{ ...first, host: 'other.test', updatedAt: 7 }]);
    expect(dataSources.find(randomUUID())).toBeNull();
  });

  it('lists by name as people sort: case, accents and numbers', () => {
    const { dataSources, names } = setUp();
    for (const name of ['db 10', 'zebra', 'Éclair', 'db 2', 'apple', 'Zebra 2', 'eclair b']) {
      dataSources.put(someDataSource({ name }));
    }
    expect(names()).toEqual(['apple', 'db 2', 'db 10', 'Éclair', 'eclair b', 'zebra', 'Zebra 2']);
  });

  it('takes a removed one out of the list and brings it back with its secret', () => {
    const { dataSources, secrets, names } = setUp();
    const dataSource = someDataSource();
    dataSources.put(dataSource);
    secrets.put(secretOf(dataSource.id));
    dataSources.markRemoved(dataSource.id, 5);
    expect(names()).toEqual([]);
    expect(dataSources.find(dataSource.id)).toEqual(dataSource);

    dataSources.restore(dataSource.id);
    expect(names()).toEqual([dataSource.name]);
    expect(secrets.listFor(dataSource.id)).toHaveLength(1);
  });

  it('purges the removed ones with their secrets, and no others', () => {
    const { dataSources, secrets, names } = setUp();
    const [kept, removed] = [someDataSource({ name: 'kept' }), someDataSource({ name: 'removed' })];
    const appsOwn = randomUUID();
    for (const dataSource of [kept, removed]) dataSources.put(dataSource);
    for (const id of [kept.id, removed.id, appsOwn]) secrets.put(secretOf(id));
    dataSources.markRemoved(removed.id, 5);

    expect(dataSources.purgeRemoved()).toEqual([removed.id]);
    expect(names()).toEqual(['kept']);
    expect(dataSources.find(removed.id)).toBeNull();
    expect(secrets.listFor(removed.id)).toEqual([]);
    expect(secrets.count()).toBe(2);
    expect(dataSources.purgeRemoved()).toEqual([]);
  });

  it.each([
    ['not JSON', 'surprise'],
    ['no object', '[1]'],
    ['another shape', '{"kind":"oracle"}'],
    ['a hidden prototype', '{"__proto__":{"kind":"postgres"}}'],
  ])('shows the others, keeps the row and logs it once when one is %s', (_, fields) => {
    const { database, dataSources, warnings, names } = setUp();
    dataSources.put(someDataSource({ name: 'good' }));
    const bad = someDataSource({ name: 'bad' });
    dataSources.put(bad);
    database.prepare('UPDATE data_sources SET fields = ? WHERE id = ?').run(fields, bad.id);

    expect(names()).toEqual(['good']);
    expect(dataSources.find(bad.id)).toBeNull();
    expect(dataSources.damaged().map((damaged) => damaged.id)).toEqual([bad.id]);
    expect(warnings).toHaveLength(1);
    const row = database.prepare('SELECT fields FROM data_sources WHERE id = ?').get(bad.id);
    expect(row).toEqual({ fields });
  });

  it('tells what is wrong with a row without quoting it', () => {
    const { database, dataSources } = setUp();
    const { id, createdAt, updatedAt, ...fields } = someDataSource();
    database
      .prepare('INSERT INTO data_sources (id, fields, created_at, updated_at) VALUES (?, ?, ?, ?)')
      .run(id, JSON.stringify({ ...fields, port: 'S3CRET', password: 'S3CRET' }), createdAt, updatedAt);
    const [damaged] = dataSources.damaged();
    expect(damaged?.problems).toEqual(['port: invalid_type', 'row: unrecognized_keys']);
    expect(JSON.stringify(damaged)).not.toContain('S3CRET');
  });

  it('never keeps what it could not read back', () => {
    const { dataSources, names } = setUp();
    expect(() => dataSources.put({ ...someDataSource(), port: 0 })).toThrow();
    expect(names()).toEqual([]);
  });

  it('saves a data source and its secret together or not at all', () => {
    const { dataSources, secrets, names } = setUp();
    const dataSource = someDataSource();
    const work = () =>
      dataSources.transaction(() => {
        dataSources.put(dataSource);
        secrets.put(secretOf(dataSource.id));
        throw new Error('The third step failed.');
      });
    expect(work).toThrow('third step');
    expect(names()).toEqual([]);
    expect(secrets.count()).toBe(0);
  });
});
