import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { loginTextOf } from '../../../shared/engines/engines.ts';
import type { ImportEntry } from '../importEntry.ts';
import { readImport } from '../readImport.ts';

const folder = new URL('../../../../tests/fixtures/products/', import.meta.url);
const fixture = (name: string): Buffer => readFileSync(new URL(name, folder));

const tlsModeOf = (entry: Extract<ImportEntry, { type: 'readable' }>): string =>
  'tls' in entry.fields.engine.config ? entry.fields.engine.config.tls.mode : '';

/** What matters to a person of each data source. */
function seen(entry: ImportEntry) {
  if (entry.type === 'unreadable') return { name: entry.name, problems: entry.problems };
  const { fields, secrets, notes } = entry;
  return {
    name: fields.name,
    login: loginTextOf(fields.engine),
    tls: tlsModeOf(entry),
    ...(fields.readOnly && { readOnly: true }),
    ...(fields.environment !== 'none' && { environment: fields.environment }),
    ...(secrets.size > 0 && { password: secrets.get('password')?.toString('utf8') }),
    ...(notes.length > 0 && { notes }),
  };
}

async function read(bytes: Buffer, beside: Readonly<Record<string, Buffer>> = {}) {
  const file = await readImport(bytes, async (name) => beside[name] ?? null);
  const entries = file.type === 'readable' ? file.entries : await file.open('correct horse');
  return { product: file.product, sources: entries.map(seen) };
}

const unknown = ['Mooring does not support this kind of database.'];
const tunnel = 'Its SSH tunnel was not taken over.';
const authority = 'Add its CA certificate under Encryption.';

describe('files of other products', () => {
  it('are read from pgAdmin, which keeps no passwords', async () => {
    expect(await read(fixture('pgadmin.json'))).toEqual({
      product: 'pgAdmin',
      sources: [
        {
          name: 'Warehouse',
          login: 'analyst@warehouse.example.test:5433/dwh',
          tls: 'verify-full',
          notes: [authority],
        },
        {
          name: 'Behind a bastion',
          login: 'ann@10.0.0.5:5432/postgres',
          tls: 'encrypt',
          notes: expect.arrayContaining([tunnel, 'Its role (SET ROLE) was not taken over.']),
        },
        {
          name: 'By service',
          problems: ['It names a service of pg_service.conf: import that file instead'],
        },
      ],
    });
  });

  const dbeaverSources = (logins: readonly [object, object]) => [
    {
      name: 'Shop (prod)',
      tls: 'verify-full',
      readOnly: true,
      environment: 'production',
      notes: [authority],
      ...logins[0],
    },
    {
      name: 'Blog',
      tls: 'verify-full',
      environment: 'development',
      notes: [tunnel, 'Its driver properties were not taken over.'],
      ...logins[1],
    },
    { name: 'Payroll', problems: unknown },
  ];

  it('are read from DBeaver, with the users and passwords of the file beside it', async () => {
    const beside = { 'credentials-config.json': fixture('dbeaver/credentials-config.bin') };
    expect(await read(fixture('dbeaver/data-sources.json'), beside)).toEqual({
      product: 'DBeaver',
      sources: dbeaverSources([
        { login: 'analyst@shop.example.test:5432/shop', password: 'pä$$ 1' },
        { login: 'writer@blog.example.test:3306/blog', password: 'hunter2' },
      ]),
    });
  });

  it('are named with what is missing when the file of users is not there, or has a master password', async () => {
    const sealed = { 'credentials-config.json': Buffer.alloc(64, 7) };
    for (const beside of [{}, sealed]) {
      const { sources } = await read(fixture('dbeaver/data-sources.json'), beside);
      expect(sources[1]).toEqual({ name: 'Blog', problems: [expect.stringMatching(/User/)] });
    }
  });

  it('are read from an export of TablePlus with its password', async () => {
    expect(await read(fixture('shop.tableplusconnection'))).toEqual({
      product: 'TablePlus',
      sources: [
        {
          name: 'Shop',
          login: 'analyst@shop.example.test:5432/shop',
          tls: 'encrypt',
          environment: 'production',
          password: 'hunter2',
          notes: expect.any(Array),
        },
        { name: 'Cache', problems: unknown },
      ],
    });
  });

  it('are not opened by a wrong password, or after a change', async () => {
    const bytes = fixture('shop.tableplusconnection');
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(60) ^ 1, 60);
    for (const [some, passphrase] of [
      [bytes, 'wrong'],
      [changed, 'correct horse'],
    ] as const) {
      const file = await readImport(some);
      if (file.type !== 'sealed') throw new Error('Expected a sealed file.');
      await expect(file.open(passphrase)).rejects.toMatchObject({ code: 'IMPORT_NOT_OPENED' });
    }
  });

  it('are read from the property list of TablePlus', async () => {
    expect(await read(fixture('Connections.plist'))).toEqual({
      product: 'TablePlus',
      sources: [
        {
          name: 'Blog & shop',
          login: 'writer@blog.example.test:3307/blog',
          tls: 'disable',
          environment: 'staging',
          notes: [tunnel],
        },
      ],
    });
  });

  it('are read from DataGrip, with the users of the local file beside it', async () => {
    const beside = { 'dataSources.local.xml': fixture('datagrip/dataSources.local.xml') };
    expect(await read(fixture('datagrip/dataSources.xml'), beside)).toEqual({
      product: 'DataGrip',
      sources: [
        {
          name: 'shop@localhost',
          login: 'ann@localhost:5432/shop',
          tls: 'disable',
          readOnly: true,
          password: 'hunter2',
        },
        { name: 'Blog', login: 'writer@blog.example.test:3306/blog', tls: 'verify-full', notes: [tunnel] },
        { name: 'Events', problems: unknown },
      ],
    });
  });

  it('are read from what DataGrip copies to the clipboard', async () => {
    expect(await read(fixture('datagripClipboard.txt'))).toMatchObject({
      product: 'DataGrip',
      sources: [{ name: 'shop', login: 'analyst@shop.example.test:5432/shop' }],
    });
  });

  it('are read from HeidiSQL, whose passwords are only shifted', async () => {
    expect(await read(fixture('heidisql.txt'))).toEqual({
      product: 'HeidiSQL',
      sources: [
        { name: 'Local', login: 'root@127.0.0.1:3307/shop', tls: 'disable', password: 'secret' },
        {
          name: 'Acme prod',
          login: expect.stringMatching(/^acme@10\.0\.0\.5/),
          tls: 'verify-full',
          notes: [tunnel, 'Of its databases none was taken over.'],
        },
        { name: 'Payroll', problems: unknown },
      ],
    });
  });

  it('are read from Azure Data Studio, whose settings have comments', async () => {
    expect(await read(fixture('azureDataStudioSettings.txt'))).toEqual({
      product: 'Azure Data Studio',
      sources: [
        {
          name: 'Warehouse',
          login: 'analyst@warehouse.example.test:5433/dwh',
          tls: 'encrypt',
          notes: expect.any(Array),
        },
        { name: 'localhost', problems: unknown },
      ],
    });
  });

  it('are read from DbGate, without passwords that only it can decrypt', async () => {
    expect(await read(fixture('dbgate.jsonl'))).toEqual({
      product: 'DbGate',
      sources: [
        {
          name: 'Shop',
          login: 'analyst@shop.example.test:5432/shop',
          tls: 'verify-full',
          readOnly: true,
          notes: ['Its password is encrypted for the other product and was not taken over.'],
        },
        {
          name: 'Blog',
          login: expect.stringMatching(/^writer@blog\.example\.test/),
          tls: 'verify-full',
          password: 'hunter2',
          notes: [tunnel],
        },
        { name: 'Documents', problems: unknown },
      ],
    });
  });

  it('are read from the database of Beekeeper Studio, also of one with a log of changes', async () => {
    const database = new Database(':memory:');
    database.exec(`
      CREATE TABLE saved_connection (id integer PRIMARY KEY, name varchar, connectionType varchar, host varchar,
        port integer, username varchar, defaultDatabase varchar, password varchar, ssl boolean,
        sslRejectUnauthorized boolean, sslCaFile varchar, sshEnabled boolean, readOnlyMode boolean);
      INSERT INTO saved_connection VALUES
        (1, 'Shop', 'postgresql', 'shop.example.test', 5432, 'analyst', 'shop', 'e5f6', 1, 1, NULL, 0, 1),
        (2, 'Notes', 'sqlite', NULL, NULL, NULL, '/home/ann/notes.db', NULL, 0, 0, NULL, 0, 0)`);
    const bytes = database.serialize();
    bytes.fill(2, 18, 20);
    expect(await read(bytes)).toEqual({
      product: 'Beekeeper Studio',
      sources: [
        {
          name: 'Shop',
          login: 'analyst@shop.example.test:5432/shop',
          tls: 'verify-full',
          readOnly: true,
          notes: ['Its password is encrypted for the other product and was not taken over.'],
        },
        { name: 'Notes', problems: unknown },
      ],
    });
  });

  it('are read from the option file of MySQL, one for each suffix of its groups', async () => {
    expect(await read(fixture('my.cnf'))).toEqual({
      product: 'my.cnf',
      sources: [
        {
          name: 'writer@localhost',
          login: 'writer@/run/mysqld/mysqld.sock/blog',
          tls: 'disable',
          password: 'p#ss"w\\rd',
        },
        {
          name: 'prod',
          login: 'writer@blog.example.test:3306/blog',
          tls: 'verify-full',
          password: 'hunter2',
          notes: [authority],
        },
        {
          name: 'replica',
          login: 'writer@replica.example.test:3307/blog',
          tls: 'disable',
          password: 'p#ss"w\\rd',
        },
      ],
    });
  });

  it('are read from libpq’s password file, as far as a line names a server', async () => {
    expect(await read(fixture('pgpass.txt'))).toEqual({
      product: '.pgpass',
      sources: [
        {
          name: 'analyst@warehouse.example.test/dwh',
          login: 'analyst@warehouse.example.test:5433/dwh',
          tls: 'verify-full',
          password: 'hunter2',
        },
        { name: 'ann@::1', login: 'ann@[::1]:5432/ann', tls: 'disable', password: 'with:colon\\and slash' },
        {
          name: 'ann@*',
          problems: ['The line is for any server or any user: it says nothing to connect to'],
        },
      ],
    });
  });

  it('are read from libpq’s services', async () => {
    expect(await read(fixture('pg_service.conf'))).toMatchObject({
      product: 'pg_service.conf',
      sources: [
        {
          name: 'shop',
          login: 'analyst@shop.example.test:5433/shop',
          tls: 'verify-full',
          notes: [authority],
        },
        {
          name: 'blog',
          login: expect.stringMatching(/^writer@blog/),
          password: "it's a secret",
        },
      ],
    });
  });

  it('are refused when nobody knows them', async () => {
    for (const text of [
      'a:b:c',
      '[a]\nno setting',
      '<data-source ',
      '{"Servers": {}}',
      '{"connections": []}',
    ])
      await expect(readImport(Buffer.from(text))).rejects.toMatchObject({ code: 'IMPORT_INVALID' });
  });

  it('take no longer for quotes and comments without an end than for others', async () => {
    const marks = ['"', '"\\"', '/*', ',', ',/**/'];
    for (const mark of marks) {
      const text = `"datasource.connections"${mark.repeat(200_000)}`;
      await expect(readImport(Buffer.from(text))).rejects.toMatchObject({ code: 'IMPORT_INVALID' });
    }
  });
});
