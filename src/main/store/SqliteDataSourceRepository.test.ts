import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { edited, someDataSource } from '../../../tests/support/dataSources.ts';
import { TestSigner } from '../../../tests/support/TestSigner.ts';
import { openTestStore } from '../../../tests/support/testStore.ts';
import { damagedDataSourceSchema } from '../../shared/model/dataSource.ts';
import { silentLogger } from '../observability/Logger.ts';
import { SqliteDataSourceRepository } from './SqliteDataSourceRepository.ts';
import { SqliteSecretRepository } from './SqliteSecretRepository.ts';

function setUp() {
  const database = openTestStore();
  const warnings: unknown[] = [];
  const logger = { ...silentLogger, warn: (_: string, fields?: unknown) => warnings.push(fields) };
  const signer = new TestSigner();
  const dataSources = new SqliteDataSourceRepository({ database, signer, logger });
  const names = (): string[] => dataSources.list().map((dataSource) => dataSource.name);
  return { database, signer, dataSources, secrets: new SqliteSecretRepository(database), warnings, names };
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
    dataSources.put(first, {});
    expect(dataSources.find(first.id)).toEqual(first);
    const moved = edited(first, { host: 'other.test', updatedAt: 7 });
    dataSources.put(moved, {});
    expect(dataSources.list()).toEqual([moved]);
    expect(dataSources.find(randomUUID())).toBeNull();
  });

  it('lists by name as people sort: case, accents and numbers', () => {
    const { dataSources, names } = setUp();
    for (const name of ['db 10', 'zebra', 'Éclair', 'db 2', 'apple', 'Zebra 2', 'eclair b']) {
      dataSources.put(someDataSource({ name }), {});
    }
    expect(names()).toEqual(['apple', 'db 2', 'db 10', 'Éclair', 'eclair b', 'zebra', 'Zebra 2']);
  });

  it('takes a removed one out of the list and brings it back with its secret', () => {
    const { dataSources, secrets, names } = setUp();
    const dataSource = someDataSource();
    dataSources.put(dataSource, {});
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
    for (const dataSource of [kept, removed]) dataSources.put(dataSource, {});
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
    dataSources.put(someDataSource({ name: 'good' }), {});
    const bad = someDataSource({ name: 'bad' });
    dataSources.put(bad, {});
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
      .run(id, JSON.stringify({ ...fields, readOnly: 'S3CRET', password: 'S3CRET' }), createdAt, updatedAt);
    const [damaged] = dataSources.damaged();
    expect(damaged?.problems).toEqual(['readOnly: invalid_type', 'row: unrecognized_keys']);
    expect(JSON.stringify(damaged)).not.toContain('S3CRET');
  });

  it('never keeps what it could not read back', () => {
    const { dataSources, names } = setUp();
    expect(() => dataSources.put(someDataSource({ port: 0 }), {})).toThrow();
    expect(names()).toEqual([]);
  });

  it('saves a data source and its secret together or not at all', () => {
    const { dataSources, secrets, names } = setUp();
    const dataSource = someDataSource();
    const work = () =>
      dataSources.transaction(() => {
        dataSources.put(dataSource, {});
        secrets.put(secretOf(dataSource.id));
        throw new Error('The third step failed.');
      });
    expect(work).toThrow('third step');
    expect(names()).toEqual([]);
    expect(secrets.count()).toBe(0);
  });

  it('deletes a damaged one with its secrets when asked to, and none that is not damaged', () => {
    const { database, dataSources, secrets, names } = setUp();
    const [good, bad] = [someDataSource({ name: 'good' }), someDataSource({ name: 'bad' })];
    for (const dataSource of [good, bad]) {
      dataSources.put(dataSource, {});
      secrets.put(secretOf(dataSource.id));
    }
    database.prepare("UPDATE data_sources SET fields = '{' WHERE id = ?").run(bad.id);
    expect(dataSources.removeDamaged(good.id)).toBe(false);
    expect(dataSources.removeDamaged(bad.id)).toBe(true);
    expect(dataSources.removeDamaged(bad.id)).toBe(false);
    expect(dataSources.damaged()).toEqual([]);
    expect(names()).toEqual(['good']);
    expect([secrets.listFor(bad.id).length, secrets.listFor(good.id).length]).toEqual([0, 1]);
  });

  it('shows of a damaged one no more than is safe to show, and can delete even one with an odd id', () => {
    const { database, dataSources } = setUp();
    const hostile = {
      name: `\u202eevil\u0007 ${'x'.repeat(500)}`,
      ...Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key${index}`, index])),
    };
    database
      .prepare('INSERT INTO data_sources (id, fields, created_at, updated_at) VALUES (?, ?, 0, 0)')
      .run(`\u0000${'i'.repeat(300)}`, JSON.stringify(hostile));
    const [damaged] = dataSources.damaged();
    expect(damagedDataSourceSchema.safeParse(damaged).success).toBe(true);
    expect(damaged?.name).toMatch(/^evil x+…$/);
    expect(dataSources.removeDamaged(damaged?.id ?? '')).toBe(true);
    expect(dataSources.damaged()).toEqual([]);
  });
});

describe('a signed data source', () => {
  const revisions = { password: 3, certificate: 1 };

  function withSource() {
    const store = setUp();
    const dataSource = someDataSource({ name: 'prod' });
    store.dataSources.put(dataSource, revisions);
    const edit = (set: string) => store.database.prepare(`UPDATE data_sources SET ${set}`).run();
    return { ...store, dataSource, edit, integrity: () => store.dataSources.integrityOf(dataSource.id) };
  }

  it('is intact as it was left, also removed and brought back, and tells the revisions of its secrets', () => {
    const { dataSources, dataSource, integrity } = withSource();
    dataSources.markRemoved(dataSource.id, 5);
    dataSources.restore(dataSource.id);
    expect(integrity()).toBe('intact');
    expect(dataSources.inspect(dataSource.id)?.secretRevisions).toEqual(revisions);
    expect(dataSources.inspect(dataSource.id)).toMatchObject({
      dataSource,
      integrity: 'intact',
      secretRevisions: revisions,
    });
  });

  it('is known for what it is when it is not there', () => {
    const { dataSources } = withSource();
    const nobody = randomUUID();
    expect(dataSources.integrityOf(nobody)).toBe('changed');
    expect(dataSources.inspect(nobody)).toBeNull();
  });

  it('is unchecked while the key is away, and unsigned when it was saved so', () => {
    const { dataSources, dataSource, signer, integrity } = withSource();
    signer.isLocked = true;
    expect(integrity()).toBe('unchecked');
    dataSources.put(dataSource, revisions);
    signer.isLocked = false;
    expect(integrity()).toBe('unsigned');
    dataSources.put(dataSource, revisions);
    expect(integrity()).toBe('intact');
  });

  it.each([
    ['its host', "fields = json_set(fields, '$.engine.config.host', 'evil.test')"],
    ['the spacing of its JSON', "fields = fields || ' '"],
    ['the time it was made', 'created_at = 1'],
    ['the time it was changed', 'updated_at = 1'],
    ['the revision of a secret', "secret_revisions = json_set(secret_revisions, '$.password', 2)"],
    ['the list of its secrets', "secret_revisions = '{}'"],
    ['its digest', "digest = x'00'"],
  ])('is changed when somebody changed %s, with or without the key at hand', (_, set) => {
    const { edit, integrity, signer } = withSource();
    edit(set);
    expect(integrity()).toBe('changed');
    signer.isLocked = true;
    expect(integrity()).toBe('changed');
  });

  it('is changed when somebody made the digest fit what he wrote, or signed it with another key', () => {
    const { database, dataSource, dataSources, integrity } = withSource();
    const forger = new TestSigner();
    const forged = new SqliteDataSourceRepository({ database, signer: forger, logger: silentLogger });
    const moved = edited(dataSource, { host: 'evil.test' });
    forged.put(moved, revisions);
    expect(dataSources.find(dataSource.id)).toEqual(moved);
    expect(integrity()).toBe('changed');
  });

  it('is changed when it took another one’s place, with that one’s signature', () => {
    const { database, dataSource, dataSources, integrity } = withSource();
    const other = someDataSource({ name: 'staging', host: 'staging.test' });
    dataSources.put(other, revisions);
    const columns = 'fields, created_at, updated_at, secret_revisions, digest, mac, mac_key_version';
    database
      .prepare(
        `UPDATE data_sources SET (${columns}) = (SELECT ${columns} FROM data_sources WHERE id = ?) WHERE id = ?`,
      )
      .run(other.id, dataSource.id);
    expect(dataSources.find(dataSource.id)?.engine).toEqual(other.engine);
    expect(integrity()).toBe('changed');
  });

  it('is signed anew by a rotation when it was right, and stays wrong when it was wrong', () => {
    const { database, signer, dataSources, dataSource, integrity } = withSource();
    const [tampered, unsigned] = [someDataSource(), someDataSource()];
    dataSources.put(tampered, {});
    const forged = new SqliteDataSourceRepository({
      database,
      signer: new TestSigner(),
      logger: silentLogger,
    });
    forged.put(edited(tampered, { host: 'evil.test' }), {});
    signer.isLocked = true;
    dataSources.put(unsigned, {});
    signer.isLocked = false;

    const next = new TestSigner(2);
    dataSources.resign(signer, (content) => next.signAnyway('data-source', content));
    expect(integrity()).toBe('unchecked');
    expect(dataSources.integrityOf(tampered.id)).toBe('changed');
    expect(dataSources.integrityOf(unsigned.id)).toBe('unsigned');
    const after = new SqliteDataSourceRepository({ database, signer: next, logger: silentLogger });
    expect(after.integrityOf(dataSource.id)).toBe('intact');
    expect(after.integrityOf(tampered.id)).not.toBe('intact');
    expect(after.integrityOf(unsigned.id)).toBe('unsigned');
  });

  it('loses its signature when the key goes, and keeps its digest', () => {
    const { signer, dataSources, integrity, edit } = withSource();
    dataSources.resign(signer, null);
    expect(integrity()).toBe('unsigned');
    edit('created_at = 1');
    expect(integrity()).toBe('changed');
  });

  it('gets the first key’s signature when it is whole, and not when it is damaged', () => {
    const { database, signer, dataSources } = setUp();
    const damaged = someDataSource();
    signer.isLocked = true;
    for (const source of [someDataSource(), damaged]) dataSources.put(source, {});
    database.prepare('UPDATE data_sources SET updated_at = 9 WHERE id = ?').run(damaged.id);
    signer.isLocked = false;
    dataSources.resign(null, (content) => signer.signAnyway('data-source', content));
    const states = [...dataSources.list()].map(({ id }) => dataSources.integrityOf(id)).sort();
    expect(states).toEqual(['changed', 'intact']);
  });
});
