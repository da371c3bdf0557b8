import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatFieldsOf, someFields } from '../../../tests/support/dataSources.ts';
import { savedInFormat3 } from '../../../tests/support/storeFormat3.ts';
import { isAppError } from '../base/AppError.ts';
import { newPassphraseKey, sealWithPassphraseKey } from '../vault/keys/passphraseKey.ts';
import { ExportDocument } from './ExportDocument.ts';
import { maxFileBytes, sealingContext } from './exportFormat.ts';
import { openSealedImport, readImport } from './readImport.ts';

const file = (content: unknown): Buffer => Buffer.from(JSON.stringify(content));
const readable = (...dataSources: unknown[]): Buffer =>
  file({ format: 'mooring-data-sources', version: 2, dataSources });

const failure = async (reading: Promise<unknown>): Promise<{ code: string; text: string }> => {
  const error: unknown = await reading.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isAppError(error)) throw new Error(`Expected an error for people, got ${String(error)}`);
  const { code, message, detail, causes, fixes } = error;
  return { code, text: JSON.stringify([message, detail, causes, fixes]) };
};

const entriesOf = async (bytes: Buffer) => {
  const read = await readImport(bytes);
  if (read.type !== 'readable') throw new Error('Expected a readable file.');
  return read.entries;
};

/** Argon2id at the least costs that are accepted, so that many files can be made. */
const leastCosts = { memoryKiB: 19_456, passCount: 2, laneCount: 1 };
const sealCheaply = async (plaintext: string | Buffer, passphrase = 'correct horse'): Promise<Buffer> =>
  sealWithPassphraseKey(
    await newPassphraseKey(passphrase, leastCosts),
    sealingContext,
    Buffer.from(plaintext),
  );
const sealedFile = (sealed: Buffer): Buffer =>
  file({ format: 'mooring-data-sources-encrypted', version: 2, sealed: sealed.toString('base64') });

/** Sealed by Python's cryptography from docs/transfer.md alone; passphrase `fine ångström`. */
const sealedByPython = [
  'AQEAAEwAAAAAAgAAAAEAAQIDBAUGBwgJCgsMDQ4PAAECAwQFBgcICQoLm9ACiocHxYT0UvbUc9nZHNnyulzXK3+8iF001dee',
  'AWIhP8Wm/qf3ZJi/dWLTkoUT9/gYG9SS8Jz+0qycIGj/XzXtAcq6DlIOpaWrbexaAyBTNPUaJZwolbn93yHvaoOXtnQrbDgf',
  'Gd5B2hdjXIJUhNJ0BJmFjVfNqCTW1V7tQehG+ELQiQvDHOhHPHu00LkE9zG/apfy4+YWyxlxclPd8EcIXTI8vd6ptjrgWRO9',
  '51pdjcrEG5ZweHuWIM8yoOjqm3PHbClOPxLQKMhQ2csyqWUTCv41fGDBLCyZ/S1LjVNjpJ8vTe/M1PAIVNhOPAwid9QfivY3',
  '7j5azzZQxuaT/BPGjoXgWZ5lq645LC26ME5KKqcUtE7j2yBWc090cEj6gCbygoZ+GVSi1vNDLu3RlGN5Q8YcvEH7nXVwDdqw',
  '2GQ4qg1xXnYkRJ/D3lrgRUR3AqSgvg1ib3+JX+bHhHAA0YSgSRbv8Bs++P2IhLJ88XR5K+HJBPSyW5vCI3vvdEwapU8by2xr',
  'Qf3ZLnG7hbAJ2W+tqfEm2nzNYFszEjNTM2mCAe5n/gC6QkE19rsxhrMga+ZwLM5Ughv4hXM8a8JLBawu2o2xpzBJrex6FmKq',
].join('');

describe('readImport', () => {
  it('reads what an export wrote', async () => {
    const document = new ExportDocument();
    const entries = ['Größe 🚢', 'Two'].map((name) => ({ id: randomUUID(), fields: someFields({ name }) }));
    for (const entry of entries) document.add(entry);
    expect(await entriesOf(document.readable())).toEqual(
      entries.map((entry) => ({ type: 'readable', folder: null, ...entry, secrets: new Map(), notes: [] })),
    );
  });

  it('reads a file that an editor gave a byte order mark', async () => {
    const bytes = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), readable({ fields: someFields() })]);
    expect(await entriesOf(bytes)).toMatchObject([{ type: 'readable', id: null }]);
  });

  it.each([
    ['nothing at all', Buffer.alloc(0), 'is empty'],
    ['UTF-16', Buffer.from(`\ufeff${String(readable())}`, 'utf16le'), 'UTF-16'],
    ['bytes that are no text', Buffer.from([0x7b, 0x22, 0xc3, 0x28]), 'not text in UTF-8'],
    ['another program’s JSON', file({ connections: [] }), 'neither an export of Mooring'],
    ['a JSON array', file([1]), 'neither an export of Mooring'],
    ['another format', file({ format: 'other', version: 1 }), 'neither an export of Mooring'],
    [
      'a version that is none',
      file({ format: 'mooring-data-sources', version: 0 }),
      'neither an export of Mooring',
    ],
    ['no list', file({ format: 'mooring-data-sources', version: 1 }), 'list of data sources is missing'],
    [
      'a file that was cut off',
      readable({ fields: someFields() }).subarray(0, 80),
      'a text in quotes does not end',
    ],
    ['text', Buffer.from('name,host\nx,y'), 'Line 1, column 1'],
    ['a store', Buffer.from('SQLite format 3\0....'), 'SQLite database'],
    ['a deep file', Buffer.from('['.repeat(100_000)), 'nested deeper'],
    ['a key twice', Buffer.from('{"format":"x","format":"y"}'), 'column 15: a key stands twice'],
    ['a prototype', Buffer.from('{"__proto__":{"format":"mooring-data-sources"}}'), 'forbidden name'],
    ['a huge file', Buffer.alloc(maxFileBytes + 1, ' '), 'larger than 16 MB'],
    ['too many', readable(...Array.from({ length: 5_001 }, () => 0)), 'more than 5,000'],
    [
      'Base64 that is none',
      file({ format: 'mooring-data-sources-encrypted', version: 2, sealed: 'AB' }),
      'not Base64',
    ],
    [
      'no sealed part',
      file({ format: 'mooring-data-sources-encrypted', version: 1 }),
      'encrypted is missing',
    ],
  ])('says what %s is', async (_what, bytes, detail) => {
    const { code, text } = await failure(readImport(bytes));
    expect(code).toBe('IMPORT_INVALID');
    expect(text).toContain(detail);
  });

  it('says that a file is of a newer version, whatever else is in it', async () => {
    for (const format of ['mooring-data-sources', 'mooring-data-sources-encrypted']) {
      expect((await failure(readImport(file({ format, version: 3, more: {} })))).code).toBe('IMPORT_TOO_NEW');
    }
  });

  it('lists what it does not know with its problem, and reads the rest', async () => {
    const entries = await entriesOf(
      readable(
        { fields: someFields({ name: 'Good' }) },
        { fields: { ...someFields({ name: 'Other engine' }), engine: { kind: 'oracle', config: {} } } },
        { fields: { ...someFields({ name: 'Newer' }), compression: true, 'x"\u202e': 1 } },
        { fields: someFields({ name: 'Bad\u202e port', port: 99_999 }) },
        { fields: someFields({ name: 'With secret' }), secrets: { password: 'hunter2' } },
        'nothing',
      ),
    );
    expect(entries.map((entry) => (entry.type === 'readable' ? entry.fields.name : entry))).toEqual([
      'Good',
      expect.objectContaining({
        name: 'Other engine',
        problems: ['kind: this version of Mooring does not know this kind of database'],
      }),
      expect.objectContaining({
        name: 'Newer',
        problems: ['this version of Mooring does not know “compression”, (no plain name)'],
      }),
      expect.objectContaining({
        name: 'Bad port',
        problems: expect.arrayContaining(['port: Port must be between 1 and 65535']),
      }),
      expect.objectContaining({
        name: 'With secret',
        problems: ['this version of Mooring does not know “secrets”'],
      }),
      expect.objectContaining({ name: 'Data source 6' }),
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/hunter2|oracle|99999/);
  });

  it('answers arbitrary bytes with an error for people', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect((await failure(readImport(Buffer.from(bytes)))).code).toBe('IMPORT_INVALID');
      }),
    );
  });

  it('survives arbitrary JSON in every place, and repeats no text of it', async () => {
    const marked = fc.string().map((text) => `MARK${text}`);
    const value = fc.anything({
      values: [marked, fc.integer(), fc.constant(null)],
      key: marked,
      maxDepth: 4,
    });
    await fc.assert(
      fc.asyncProperty(value, value, async (inEntry, inFields) => {
        const bytes = readable(
          inEntry,
          { fields: inFields },
          { fields: { ...someFields(), engine: inEntry } },
        );
        const entries = await entriesOf(bytes);
        for (const entry of entries) {
          expect(entry.type).toBe('unreadable');
          if (entry.type === 'unreadable')
            expect(entry.problems.join().replaceAll(/“MARK[\w-]*”/g, '')).not.toContain('MARK');
        }
      }),
    );
  });
});

describe('files of version 1, written by the last version without engines', () => {
  const fixture = (name: string) =>
    readFileSync(new URL(`../../../tests/fixtures/exportVersion1${name}.mooring`, import.meta.url));
  const names = ['plain', 'authority', 'demo', 'withoutPassword'];
  const expected = names.map((name) => {
    const { id, createdAt: _createdAt, updatedAt: _updatedAt, ...fields } = savedInFormat3(name).dataSource;
    return { type: 'readable', id, folder: null, fields, secrets: new Map(), notes: [] };
  });

  it('are read like those of today', async () => {
    expect(await entriesOf(fixture('Readable'))).toEqual(expected);
  });

  it('are opened with their passphrase, passwords included', async () => {
    const read = await readImport(fixture('Encrypted'));
    if (read.type !== 'sealed') throw new Error('Expected a sealed file.');
    const secretsOf = (name: string) => new Map([['password', Buffer.from(`password of ${name}`)]]);
    const [plain, authority, ...others] = expected;
    expect(await read.open('correct horse battery')).toEqual([
      { ...plain, secrets: secretsOf('Plain') },
      { ...authority, secrets: secretsOf('Authority') },
      ...others,
    ]);
  });

  it('are checked as strictly, and problems name the place where people look', async () => {
    const flat = { ...flatFieldsOf(someFields({ name: 'Flat' })) };
    const dataSources = [
      { fields: { ...flat, port: 0 } },
      { fields: { ...flat, kind: 'oracle' } },
      { fields: { ...flat, more: 1 } },
      { fields: { ...flat, demo: 'yes' } },
      { fields: someFields() },
    ];
    const entries = await entriesOf(file({ format: 'mooring-data-sources', version: 1, dataSources }));
    expect(entries.map((entry) => (entry.type === 'unreadable' ? entry.problems[0] : entry))).toEqual([
      'port: Port must be between 1 and 65535',
      'kind: this version of Mooring does not know this kind of database',
      'this version of Mooring does not know “more”',
      expect.stringMatching(/^origin: /),
      'kind: this version of Mooring does not know this kind of database',
    ]);
  });
});

describe('openSealedImport', () => {
  const secretEntry = { id: randomUUID(), fields: someFields(), secrets: { password: 'pä$$ 🔑' } };

  it('opens what an export sealed, with its passwords byte for byte', async () => {
    const document = new ExportDocument();
    document.add(secretEntry);
    const bytes = await document.sealed('correct horse');
    expect(bytes.includes('warehouse')).toBe(false);
    const read = await readImport(bytes);
    if (read.type !== 'sealed') throw new Error('Expected a sealed file.');
    const [entry] = await read.open('correct horse');
    expect(entry).toEqual({
      type: 'readable',
      id: secretEntry.id,
      folder: null,
      fields: secretEntry.fields,
      secrets: new Map([['password', Buffer.from(secretEntry.secrets.password)]]),
      notes: [],
    });
  });

  it('opens what another implementation sealed, with the passphrase in another Unicode form', async () => {
    const sealed = Buffer.from(sealedByPython, 'base64');
    const [entry] = await openSealedImport(sealed, '\ufb01ne a\u030angstro\u0308m');
    expect(entry).toEqual({
      type: 'readable',
      id: null,
      folder: null,
      fields: someFields({ name: 'Größe' }),
      secrets: new Map([['password', Buffer.from('pä$$ 🔑')]]),
      notes: [],
    });
  });

  it('answers a wrong passphrase and any changed byte with one and the same error', async () => {
    const sealed = await sealCheaply(readable());
    const wrong = await failure(openSealedImport(sealed, 'another'));
    expect(wrong.code).toBe('IMPORT_NOT_OPENED');
    // Behind the costs, which could ask for a lot of work without being refused.
    const bit = fc.integer({ min: 14 * 8, max: sealed.length * 8 - 1 });
    await fc.assert(
      fc.asyncProperty(bit, async (flipped) => {
        const changed = Buffer.from(sealed);
        changed.writeUInt8(changed.readUInt8(flipped >> 3) ^ (1 << (flipped & 7)), flipped >> 3);
        expect(await failure(openSealedImport(changed, 'correct horse'))).toEqual(wrong);
      }),
      { numRuns: 40 },
    );
    for (const length of [0, 1, 30, 57, 58, sealed.length - 1]) {
      expect(await failure(openSealedImport(sealed.subarray(0, length), 'correct horse'))).toEqual(wrong);
    }
  });

  it('does no work for costs that are meant to stop the computer', async () => {
    const sealed = await sealCheaply(readable());
    for (const [position, cost] of [
      [2, 4 * 1024 * 1024],
      [6, 0xffff_ffff],
      [10, 1_000],
      [2, 8],
    ] as const) {
      const changed = Buffer.from(sealed);
      changed.writeUInt32BE(cost, position);
      expect((await failure(openSealedImport(changed, 'correct horse'))).code).toBe('IMPORT_NOT_OPENED');
    }
  });

  it('accepts no file in which a single bit of the outer JSON was flipped', async () => {
    const plaintext = readable();
    const sealed = await sealCheaply(plaintext);
    const bytes = sealedFile(sealed);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      const read = await readImport(changed).catch((error: unknown) => error);
      // What is still read has another sealed part, which does not open: see above.
      if (isAppError(read)) expect(['IMPORT_INVALID', 'IMPORT_TOO_NEW']).toContain(read.code);
      else expect(read).not.toEqual({ type: 'sealed', sealed });
    }
  });

  it('checks what was sealed as strictly as a readable file', async () => {
    const open = async (content: Buffer) => openSealedImport(await sealCheaply(content), 'correct horse');
    expect((await failure(open(Buffer.from('{')))).code).toBe('IMPORT_INVALID');
    expect((await failure(open(sealedFile(Buffer.from('x'))))).code).toBe('IMPORT_INVALID');
    expect((await failure(open(file({ format: 'mooring-data-sources', version: 9 })))).code).toBe(
      'IMPORT_TOO_NEW',
    );
    const long = { ...secretEntry, secrets: { password: 'hunter2'.repeat(2_400) } };
    const entries = await open(readable(long));
    expect(entries).toMatchObject([{ type: 'unreadable', name: 'Warehouse' }]);
    expect(JSON.stringify(entries)).not.toContain('hunter2');
  });
});
