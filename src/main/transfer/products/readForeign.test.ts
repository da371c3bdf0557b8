import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { loginTextOf } from '../../../shared/engines/engines.ts';
import { hopText } from '../../../shared/engines/networkForm.ts';
import type { ImportEntry } from '../importEntry.ts';
import { readImport } from '../readImport.ts';

const folder = new URL('../../../../tests/fixtures/products/', import.meta.url);
const fixture = (name: string): Buffer => readFileSync(new URL(name, folder));

/** What is in `.key` beside app.db, and passwords with the key in it, as the product itself encrypts them. */
const beekeeperKey =
  'ee704f6932cbe2a94c12307f90f755c1a8b6c87636a014a7bedb691f52f60836a4683a76e2c376143beea5324697cec6qfWhSRSy4pGJExMWUr+PheRXNgXnyqVANjerEwZdvK8jzbEXNe0CauTCaXxIIXXMg7rx1hVWolk+NtBfePW7JudQFOVbXEJw3SzTU0NM+oMppN5tiBJQES6tdq2cc+JX';
const beekeeperPassword =
  '91d0dda6e343bdc6fd33ac401446ced7471d9ce2d25eccea8d1613ce62116275f4759e44debfdb4d2dba3e581ce307e65e41XOcqDvuN1pKtgSDcmg==';
const beekeeperJump =
  '4d2fd825ffefe75218481a8874581d4ab985cfd74d04ed791f598d6d8b987bb0e58e46976574b39e93f4433f15be998fPZywdXbXEFO2fGK5QG620g==';
const beekeeperPassphrase =
  'b0f6ffdde979650268163b4b6e130dfef7fdacbded16b7540b7dfd1e8f311e8a8343af3a81690e757dda3385a01f31acxkzxWVYTez4cilxENpCinw==';

/** app.db with the columns of version 5.6 that say something about a connection. */
function beekeeperDatabase(): Buffer {
  const database = new Database(':memory:');
  database.exec(`
    CREATE TABLE connection_folder (id INTEGER PRIMARY KEY, name VARCHAR(255), parentId INTEGER);
    INSERT INTO connection_folder VALUES (1, 'Work', NULL), (2, 'Europe', 1);
    CREATE TABLE saved_connection (id integer PRIMARY KEY, connectionType varchar, host varchar, port integer,
      username varchar, defaultDatabase varchar, url varchar, uniqueHash varchar, name varchar, password varchar,
      sshEnabled boolean DEFAULT 0, sshHost varchar, sshPort integer, sshMode varchar DEFAULT 'agent',
      sshKeyfile varchar, sshUsername varchar, sshBastionHost varchar, sshKeyfilePassword varchar,
      sshPassword varchar, ssl boolean DEFAULT 0, sslCaFile varchar, sslCertFile varchar, sslKeyFile varchar,
      sslRejectUnauthorized boolean DEFAULT true, labelColor varchar DEFAULT 'default', workspaceId integer DEFAULT -1,
      socketPathEnabled boolean DEFAULT false, socketPath varchar, readOnlyMode boolean DEFAULT false,
      connectionFolderId INTEGER, sshBastionHostPort int, sshBastionMode varchar DEFAULT 'agent',
      sshBastionUsername varchar, sshBastionKeyfile varchar, sshBastionPassword varchar,
      sshBastionKeyfilePassword varchar)`);
  const insert = (row: Readonly<Record<string, string | number>>) =>
    database
      .prepare(
        `INSERT INTO saved_connection (${Object.keys(row)}) VALUES (${Object.keys(row).map(() => '?')})`,
      )
      .run(...Object.values(row));
  insert({
    ...{
      name: 'Shop',
      connectionType: 'postgresql',
      host: 'shop.example.test',
      port: 5432,
      username: 'analyst',
    },
    ...{
      defaultDatabase: 'shop',
      password: beekeeperPassword,
      ssl: 1,
      readOnlyMode: 1,
      labelColor: 'purple',
    },
    ...{
      connectionFolderId: 2,
      sshEnabled: 1,
      sshHost: 'bastion.example.test',
      sshPort: 2222,
      sshMode: 'keyfile',
    },
    ...{ sshUsername: 'ann', sshKeyfile: '/home/ann/.ssh/id_rsa', sshKeyfilePassword: beekeeperPassphrase },
    ...{ sshBastionHost: 'jump.example.test', sshBastionMode: 'userpass', sshBastionUsername: 'root' },
    sshBastionPassword: beekeeperJump,
  });
  insert({
    ...{ name: 'Local', connectionType: 'mariadb', username: 'root', defaultDatabase: 'blog' },
    ...{ socketPathEnabled: 1, socketPath: '/run/mysqld/mysqld.sock' },
  });
  insert({ name: 'Notes', connectionType: 'sqlite', defaultDatabase: '/home/ann/notes.db' });
  const bytes = database.serialize();
  database.close();
  bytes.fill(2, 18, 20);
  return bytes;
}

const tlsModeOf = (entry: Extract<ImportEntry, { type: 'readable' }>): string =>
  'tls' in entry.fields.engine.config ? entry.fields.engine.config.tls.mode : '';

/** The way to the server in short, such as `ann@bastion:22 key ~/.ssh/id`. */
function wayOf({ engine }: Extract<ImportEntry, { type: 'readable' }>['fields']): readonly string[] {
  const network = 'network' in engine.config ? engine.config.network : undefined;
  if (network === undefined) return [];
  if (network.type !== 'ssh') return [`${network.type} ${network.user}@${network.host}:${network.port}`];
  return network.hops.map((hop) =>
    [hopText(hop), hop.auth, ...(hop.keyPath === null ? [] : [hop.keyPath])].join(' '),
  );
}

/** What matters to a person of each data source. */
function seen(entry: ImportEntry) {
  if (entry.type === 'unreadable') return { name: entry.name, problems: entry.problems };
  const { fields, secrets, notes, folder } = entry;
  const [password, way] = [secrets.get('password'), wayOf(fields)];
  const others = [...secrets].filter(([field]) => field !== 'password');
  return {
    name: fields.name,
    login: loginTextOf(fields.engine),
    tls: tlsModeOf(entry),
    ...(folder !== null && { folder }),
    ...(fields.color !== 'blue' && { color: fields.color }),
    ...(fields.readOnly && { readOnly: true }),
    ...(fields.environment !== 'none' && { environment: fields.environment }),
    ...(password !== undefined && { password: password.toString('utf8') }),
    ...(way.length > 0 && { way }),
    ...(others.length > 0 && {
      secrets: Object.fromEntries(others.map(([field, value]) => [field, value.toString('utf8')])),
    }),
    ...(notes.length > 0 && { notes }),
  };
}

async function read(bytes: Buffer, beside: Readonly<Record<string, Buffer>> = {}) {
  const file = await readImport(bytes, async (name) => beside[name] ?? null);
  const entries = file.type === 'readable' ? file.entries : await file.open('correct horse');
  return { product: file.product, sources: entries.map(seen) };
}

const unknown = ['Mooring does not support this kind of database.'];
const paths = 'Its certificates and keys are named by their paths: check them under Encryption.';
const authority = 'Add the CA certificate under Encryption.';
const certificate = 'Its client certificate was not taken over.';
const stricter = 'The host name in its certificate is checked now, too.';
const locked = 'Its password is encrypted for the other product and was not taken over.';
const noSshPassword = 'Enter the password of its SSH server under Network.';

describe('files of other products', () => {
  it('are read from pgAdmin, which keeps no passwords', async () => {
    expect(await read(fixture('pgadmin.json'))).toEqual({
      product: 'pgAdmin',
      sources: [
        {
          ...{ name: 'Warehouse', login: 'analyst@warehouse.example.test:5433/dwh', tls: 'verify-full' },
          notes: [certificate, paths],
        },
        {
          ...{ name: 'Behind a bastion', login: 'ann@10.0.0.5:5432/postgres', tls: 'encrypt' },
          ...{ folder: 'Production', color: 'red' },
          way: ['ann@bastion.example.test:2222 key /home/ann/.ssh/id_ed25519'],
          notes: expect.arrayContaining([
            'Its role (SET ROLE) was not taken over.',
            'Some of its connection parameters were not taken over.',
          ]),
        },
        {
          ...{ name: 'Before version 7', login: 'ann@old.example.test:5432/postgres', tls: 'verify-full' },
          ...{ folder: 'Production', way: ['ann@bastion.example.test:22 password'] },
          notes: [paths, noSshPassword],
        },
        {
          name: 'By service',
          problems: ['It names a service of pg_service.conf: import that file instead'],
        },
      ],
    });
  });

  it('are read from DBeaver, with the secrets of the file beside it, over jumps and network profiles', async () => {
    const beside = { 'credentials-config.json': fixture('dbeaver/credentials-config.bin') };
    expect(await read(fixture('dbeaver/data-sources.json'), beside)).toEqual({
      product: 'DBeaver',
      sources: [
        {
          ...{ name: 'Shop (prod)', login: 'analyst@shop.example.test:5432/shop', tls: 'verify-full' },
          ...{ folder: 'Shop / Europe', color: 'red', readOnly: true, environment: 'production' },
          ...{ password: 'pä$$ 1', notes: [paths] },
        },
        {
          ...{ name: 'Blog', login: 'writer@blog.example.test:3306/blog', tls: 'verify-full' },
          ...{ environment: 'development', password: 'hunter2' },
          way: [
            'deploy@jump.example.test:2222 password',
            'ann@bastion.example.test:22 key /home/ann/.ssh/id_ed25519',
          ],
          secrets: { sshPasswordA: 'jump!', sshKeyPassphraseB: 'of the key' },
          notes: ['Its driver properties were not taken over.'],
        },
        {
          ...{ name: 'Reports', login: 'reader@10.0.0.9:5432/reports', tls: 'verify-full' },
          ...{ environment: 'staging', way: ['socks5 office@proxy.example.test:1081'] },
          ...{ secrets: { proxyPassword: 'socks!' } },
          notes: ['Its settings for new connections were not taken over.'],
        },
        { name: 'Payroll', problems: unknown },
      ],
    });
  });

  it('are named with what is missing when the file of users is not there, or has a master password', async () => {
    const sealed = { 'credentials-config.json': Buffer.alloc(64, 7) };
    for (const beside of [{}, sealed]) {
      const { sources } = await read(fixture('dbeaver/data-sources.json'), beside);
      expect(sources[1]).toEqual({
        name: 'Blog',
        problems: [expect.stringContaining('credentials-config.json')],
      });
    }
    // As it lies in a project, without the file that belongs to one computer.
    const { sources } = await read(fixture('datagrip/dataSources.xml'));
    expect(sources[1]).toEqual({
      name: 'Blog',
      problems: [expect.stringContaining('dataSources.local.xml')],
    });
  });

  it('are read from DBeaver before version 6.1, with the passwords', async () => {
    expect(await read(fixture('dbeaver/dataSourcesBefore61.xml'))).toEqual({
      product: 'DBeaver',
      sources: [
        {
          ...{ name: 'Harbour', login: 'pilot@harbour.example.test:5433/berths', tls: 'verify-full' },
          ...{ folder: 'Port', readOnly: true, environment: 'production', password: 'ebb & flöd' },
          notes: ['Its SSH tunnel, proxy and TLS settings were not taken over.'],
        },
        { name: 'Customs', problems: unknown },
      ],
    });
  });

  it('are named as unknown where their kind is a word that every object knows', async () => {
    const xml =
      '<data-sources><data-source name="Odd" provider="constructor"><connection host="a"/></data-source></data-sources>';
    expect(await read(Buffer.from(xml))).toMatchObject({ sources: [{ name: 'Odd', problems: unknown }] });
  });

  it('are not taken for a service file of libpq because they have sections', async () => {
    await expect(read(Buffer.from('[mysql]\npager = less\n'))).rejects.toMatchObject({
      code: 'IMPORT_INVALID',
    });
  });

  it('are read from an export of TablePlus with its password', async () => {
    expect(await read(fixture('tableplus/shop.tableplusconnection'))).toEqual({
      product: 'TablePlus',
      sources: [
        {
          ...{ name: 'Shop', login: 'analyst@shop.example.test:5432/shop', tls: 'verify-full' },
          ...{ folder: 'Customers', color: 'red', environment: 'production', password: 'hunter2' },
          ...{ way: ['ann@bastion.example.test:22 password'], secrets: { sshPasswordA: 'open sesame' } },
        },
        { name: 'Cache', problems: unknown },
      ],
    });
  });

  it('are not opened by a wrong password, or after a change', async () => {
    const bytes = fixture('tableplus/shop.tableplusconnection');
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

  it('are read from the property list of TablePlus, with the groups beside it', async () => {
    const beside = { 'ConnectionGroups.plist': fixture('tableplus/ConnectionGroups.plist') };
    expect(await read(fixture('tableplus/Connections.plist'), beside)).toEqual({
      product: 'TablePlus',
      sources: [
        {
          ...{ name: 'Blog & shop', login: 'writer@blog.example.test:3307/blog', tls: 'encrypt' },
          ...{ folder: 'Work', color: 'orange', environment: 'staging' },
          way: ['ann@bastion.example.test:2222 key ~/.ssh/id_ed25519'],
          notes: expect.arrayContaining([paths]),
        },
        { name: 'Local', login: 'root@/tmp/mysql.sock', tls: 'disable', color: 'green' },
      ],
    });
  });

  const ofDatagrip = { 'dataSources.local.xml': fixture('datagrip/dataSources.local.xml') };

  it('are read from DataGrip, with the users and SSH servers of the files beside it', async () => {
    const beside = { ...ofDatagrip, 'sshConfigs.xml': fixture('datagrip/sshConfigs.xml') };
    expect(await read(fixture('datagrip/dataSources.xml'), beside)).toEqual({
      product: 'DataGrip',
      sources: [
        {
          ...{ name: 'shop@localhost', login: 'ann@localhost:5432/shop', tls: 'disable' },
          ...{ readOnly: true, password: 'hunter2' },
        },
        {
          ...{ name: 'Blog', login: 'writer@blog.example.test:3306/blog', tls: 'verify-full' },
          ...{ folder: 'Customers / Acme', way: ['ann@bastion.example.test:2222 config'] },
          notes: [certificate, authority, stricter],
        },
        {
          ...{ name: 'Before 2019.3', login: 'core@10.1.0.9:5432/core', tls: 'verify-full' },
          way: ['ops@old-bastion.example.test:2200 key ~/.ssh/id_rsa'],
        },
        { name: 'Events', problems: unknown },
      ],
    });
  });

  it('say what to put beside the file of DataGrip where its SSH servers are not there', async () => {
    const { sources } = await read(fixture('datagrip/dataSources.xml'), ofDatagrip);
    expect(sources[1]).toMatchObject({
      notes: expect.arrayContaining([expect.stringContaining('sshConfigs.xml')]),
    });
    expect(sources[1]).not.toHaveProperty('way');
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
          ...{ name: 'Umlaut', login: 'jürgen@umlaut.example.test:3306', tls: 'verify-ca' },
          ...{ password: 'pä$$', notes: [paths] },
        },
        {
          ...{ name: 'Acme prod', login: expect.stringMatching(/^acme@10\.0\.0\.5/), tls: 'encrypt' },
          ...{ folder: 'Customers', color: 'red', password: 'пароль' },
          way: ['ann@bastion.example.test:2222 key C:\\Users\\Ann\\id.ppk'],
          secrets: { sshKeyPassphraseA: 'of the key' },
          notes: expect.arrayContaining(['Of its databases none was taken over.']),
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

  it('are read from DbGate, with the key of that installation beside it', async () => {
    const beside = { '.key': fixture('dbgate/keyFile.txt') };
    expect(await read(fixture('dbgate/connections.jsonl'), beside)).toEqual({
      product: 'DbGate',
      sources: [
        {
          ...{ name: 'Shop', login: 'analyst@shop.example.test:5432/shop', tls: 'verify-full' },
          ...{ folder: 'Work', color: 'orange', readOnly: true, password: 'pä$$ 1', notes: [paths] },
        },
        {
          ...{
            name: 'Blog',
            login: expect.stringMatching(/^writer@blog\.example\.test/),
            tls: 'verify-full',
          },
          password: 'hunter2',
          way: [
            'ann@jump.example.test:2222 key /home/ann/.ssh/id_rsa',
            'ann@bastion.example.test:2222 key /home/ann/.ssh/id_rsa',
          ],
          secrets: { sshKeyPassphraseA: 'of the key', sshKeyPassphraseB: 'of the key' },
        },
        { name: 'Roach', login: 'root@roach.example.test:26257/bank', tls: 'verify-full' },
        { name: 'Documents', problems: unknown },
      ],
    });
  });

  it('are read without the passwords that only the other installation can decrypt', async () => {
    const keys = [null, fixture('dbgate/connections.jsonl')];
    for (const key of keys) {
      const beside = key === null ? {} : { '.key': key };
      const { sources } = await read(fixture('dbgate/connections.jsonl'), beside);
      expect(sources[0]).toMatchObject({ name: 'Shop', notes: [locked, paths] });
      expect(sources[0]).not.toHaveProperty('password');
    }
  });

  it('are read from the database of Beekeeper Studio, also of one with a log of changes', async () => {
    const beside = { '.key': Buffer.from(beekeeperKey) };
    expect(await read(beekeeperDatabase(), beside)).toEqual({
      product: 'Beekeeper Studio',
      sources: [
        {
          ...{ name: 'Shop', login: 'analyst@shop.example.test:5432/shop', tls: 'verify-full' },
          ...{ folder: 'Work / Europe', color: 'grape', readOnly: true, password: 'pä$$ 1' },
          way: ['root@jump.example.test password', 'ann@bastion.example.test:2222 key /home/ann/.ssh/id_rsa'],
          secrets: { sshPasswordA: 'jump!', sshKeyPassphraseB: 'of the key' },
        },
        { name: 'Local', login: 'root@/run/mysqld/mysqld.sock/blog', tls: 'disable' },
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
          tls: 'verify-ca',
          password: 'hunter2',
          notes: [paths],
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
          notes: [paths],
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

  it('are read with modes of TLS that nobody knows', async () => {
    const source = (mode: string) =>
      `<project><data-source name="A" uuid="a"><jdbc-url>jdbc:postgresql://db.example.test/shop</jdbc-url><user-name>ann</user-name>
        <ssl-config><enabled>true</enabled><mode>${mode}</mode></ssl-config></data-source></project>`;
    for (const mode of ['constructor', '__proto__'])
      expect(await read(Buffer.from(source(mode)))).toMatchObject({
        sources: [{ name: 'A', tls: 'verify-full' }],
      });
  });

  it('take no longer for quotes and comments without an end than for others', async () => {
    const marks = ['"', '"\\"', '/*', ',', ',/**/'];
    for (const mark of marks) {
      const text = `"datasource.connections"${mark.repeat(200_000)}`;
      await expect(readImport(Buffer.from(text))).rejects.toMatchObject({ code: 'IMPORT_INVALID' });
    }
  });
});
