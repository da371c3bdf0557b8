import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import type { ApiDocument } from '../../../../shared/model/requests.ts';
import { apiDocumentSchema } from '../../../../shared/model/requests.ts';
import { neverAborted } from '../../../base/abort.ts';
import { readDocument, type StartWorker } from './readDocument.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../../../../tests/fixtures/openapi/${name}`, import.meta.url), 'utf8');
const from = new URL('https://docs.ex.test/specs/openapi.json');
const read = (text: string) => readDocument(text, from, neverAborted);

const register = new URL('../../../../../tests/support/typeScript/register.mjs', import.meta.url).href;
const startWorker: StartWorker = (options) =>
  new Worker(new URL('./documentWorker.ts', import.meta.url), {
    ...options,
    execArgv: ['--import', register],
    env: process.env,
  });

const operation = ({ operations }: ApiDocument, name: string) => {
  const found = operations.find(({ resource }) => resource.name === name);
  if (found === undefined) throw new Error(`There is no ${name}`);
  return found;
};
const columns = (document: ApiDocument, name: string) =>
  operation(document, name).resource.columns?.map((column) => [
    column.name,
    column.type,
    column.isNullable ? 'null' : 'not null',
  ]);

describe('an OpenAPI 3.0 document', () => {
  it('offers what answers JSON, named and grouped, lists chosen at first', async () => {
    const document = await read(fixture('petstore.yaml'));
    expect(apiDocumentSchema.safeParse(document).error).toBeUndefined();
    expect(
      document.operations.map(({ resource, isLikely }) => [resource.group, resource.name, isLikely]),
    ).toEqual([
      ['Pets', 'pets', true],
      ['Pets', 'pet_by_id', false],
      ['Pets', 'visits_of_pet', true],
      ['Pets', 'search_pets', false],
      ['prices', 'prices_by_day', true],
      ['elsewhere', 'elsewhere', false],
    ]);
    expect(document).toMatchObject({
      title: 'Pet Store',
      version: '1.4.0',
      servers: [{ url: 'https://pets.ex.test/v1', defaultUrl: 'https://pets.ex.test/v1' }],
      authentication: { auth: 'api-key', keyPlace: 'header', keyName: 'X-Pet-Key' },
    });
  });

  it('says where the records are, how pages follow, and what filters there are', async () => {
    const { resource } = operation(await read(fixture('petstore.yaml')), 'pets');
    expect(resource).toMatchObject({
      path: '/pets',
      selector: 'data',
      pagination: { type: 'page', parameter: 'page', first: 0, size: { parameter: 'limit', value: 100 } },
      totalSelector: 'total_count',
      primaryKey: ['id'],
      filters: [{ column: 'kind', operator: 'equals', parameter: 'kind' }],
    });
    expect(resource.parameters).toEqual([
      expect.objectContaining({ name: 'tenant', place: 'header', value: 'main', isRequired: true }),
      expect.objectContaining({
        ...{ name: 'status', isList: true, isExploded: true, choices: ['available', 'sold'] },
        description: 'State in the store',
      }),
      expect.objectContaining({ name: 'kind', isList: false, value: '' }),
    ]);
  });

  it('has columns for members, one level down, and the rest as JSON', async () => {
    expect(columns(await read(fixture('petstore.yaml')), 'pets')).toEqual([
      ['id', 'bigint', 'not null'],
      ['name', 'text', 'not null'],
      ['born', 'date', 'null'],
      ['weight', 'numeric', 'null'],
      ['kind', 'text', 'null'],
      ['address.city', 'text', 'null'],
      ['address.street', 'json', 'null'],
      ['tags', 'json', 'null'],
    ]);
  });

  it('makes what belongs to a record a child of its list', async () => {
    const { resource } = operation(await read(fixture('petstore.yaml')), 'visits_of_pet');
    expect(resource.parent).toEqual({ group: 'Pets', name: 'pets' });
    expect(resource.parameters).toMatchObject([{ name: 'petId', value: '{{ parent.id }}' }]);
  });

  it('reads searches that are sent as POST, and objects of records by their keys', async () => {
    const document = await read(fixture('petstore.yaml'));
    expect(operation(document, 'search_pets').resource).toMatchObject({
      method: 'POST',
      body: { type: 'json', text: '{\n  "kind": "cat"\n}' },
    });
    expect(operation(document, 'prices_by_day').resource).toMatchObject({
      selector: '*',
      keyColumn: 'key',
      primaryKey: ['key'],
    });
    expect(columns(document, 'prices_by_day')).toEqual([
      ['key', 'text', 'not null'],
      ['value', 'numeric', 'null'],
    ]);
  });

  it('loads nothing from elsewhere: it is a warning of that operation', async () => {
    const { warnings, resource } = operation(await read(fixture('petstore.yaml')), 'elsewhere');
    expect(warnings[0]).toBe('A part of it is in another file or at another address, which is not loaded.');
    expect(resource.columns).toBeNull();
  });
});

describe('an OpenAPI 3.1 document', () => {
  it('may have schemas that contain themselves: plain members are columns, the others JSON', async () => {
    const document = await read(fixture('cycles.json'));
    expect(columns(document, 'a')).toEqual([
      ['id', 'bigint', 'not null'],
      ['label', 'text', 'null'],
      ['next', 'json', 'null'],
    ]);
    expect(operation(document, 'loop').warnings[0]).toBe('A reference leads back to itself.');
    expect(operation(document, 'a').warnings).toEqual([]);
    expect(document.warnings).toEqual([]);
  });

  it('tells null from the other alternatives', async () => {
    expect(columns(await read(fixture('cycles.json')), 'alternatives')).toEqual([
      ['n', 'bigint', 'null'],
      ['t', 'timestamp', 'null'],
      ['m', 'json', 'null'],
    ]);
  });

  it('puts allOf together, and lets an operation replace a parameter of its path', async () => {
    const document = await read(fixture('cycles.json'));
    expect(columns(document, 'combined')?.map(([name]) => name)).toEqual(['id', 'extra']);
    const values = ['alternatives', 'combined'].map((name) =>
      operation(document, name).resource.parameters.map(({ value }) => value),
    );
    expect(values).toEqual([['all'], ['mine']]);
  });
});

describe('the servers of a document', () => {
  it('have a host and no open part, and keep their variables', async () => {
    const { servers, authentication, warnings } = await read(fixture('servers.yaml'));
    expect(servers.map(({ defaultUrl }) => defaultUrl)).toEqual([
      'https://eu.ex.test:8443/v2',
      'https://docs.ex.test/api',
      'https://docs.ex.test/specs/v1',
    ]);
    expect(servers[0]).toMatchObject({
      url: 'https://{region}.ex.test:{port}/{base}',
      variables: [
        { name: 'region', value: 'eu', choices: ['eu', 'us'] },
        { name: 'port', value: '8443', choices: [] },
        { name: 'base', value: 'v2', choices: [] },
      ],
    });
    expect(warnings).toContain('The address of a server cannot be used.');
    expect(authentication).toEqual({
      ...{ auth: 'oauth-code', authorizationUrl: 'https://login.ex.test/authorize', scopes: 'read' },
      tokenUrl: 'https://eu.ex.test:8443/token',
    });
  });

  it('are the origin of the document when it names none, and none when that is not known', async () => {
    const text = '{"openapi":"3.1.0","paths":{}}';
    expect((await read(text)).servers[0]?.defaultUrl).toBe('https://docs.ex.test/');
    expect((await readDocument(text, null, neverAborted)).servers).toEqual([]);
  });
});

describe('a document that is none', () => {
  it.each([
    ['{"swagger":"2.0"}', 'IMPORT_INVALID', /OpenAPI 2\.0 \(Swagger\)/],
    ['{"openapi":"3.2.0"}', 'IMPORT_TOO_NEW', /OpenAPI 3\.2\.0/],
    ['openapi: 4.0.0', 'IMPORT_TOO_NEW', /OpenAPI 4\.0\.0/],
    ['<html></html>', 'IMPORT_INVALID', /not an OpenAPI document/],
    ['', 'IMPORT_INVALID', /empty/],
    ['{"openapi": "3.0.0",\n "paths": {]', 'IMPORT_INVALID', /neither valid JSON nor valid YAML/],
    ['[1, 2]', 'IMPORT_INVALID', /not an OpenAPI document/],
  ])('%j is refused as %s', async (text, code, title) => {
    await expect(read(text)).rejects.toMatchObject({ code, message: expect.stringMatching(title) });
  });

  it('may not stand for more than it holds: a billion laughs are refused', async () => {
    const lines = Array.from({ length: 9 }, (_, level) => {
      const below = level === 0 ? 'lol' : `*a${level - 1}`;
      return `a${level}: &a${level} [${Array(9).fill(below).join(', ')}]`;
    });
    await expect(read(`openapi: 3.1.0\n${lines.join('\n')}`)).rejects.toMatchObject({
      code: 'IMPORT_INVALID',
      message: 'The document refers to itself too often',
    });
  });

  it('has combinations without an end that are given up, for that operation only', async () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => {
        const below = { $ref: `#/components/schemas/S${at + 1}` };
        return [`S${at}`, at === 29 ? { type: 'object' } : { allOf: [below, { ...below, title: 'x' }] }];
      }),
    );
    const schema = { type: 'array', items: { $ref: '#/components/schemas/S0' } };
    const responses = { 200: { content: { 'application/json': { schema } } } };
    const text = JSON.stringify({
      openapi: '3.1.0',
      paths: { '/x': { get: { responses } } },
      components: { schemas },
    });
    const document = await read(text);
    expect(document.operations[0]?.warnings[0]).toBe('A schema has no end.');
  });

  it('knows nothing of prototypes', async () => {
    const text = `{"openapi":"3.1.0","paths":{"/x":{"get":{"responses":{"200":{"content":{"application/json":{"schema":
      {"type":"array","items":{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"integer"}}}}}}}}}}}}`;
    const document = await read(text);
    expect(columns(document, 'x')).toEqual([
      ['__proto__', 'text', 'null'],
      ['constructor', 'bigint', 'null'],
    ]);
  });
});

/** As large as GitHub's: many operations with wide records. */
function largeDocument(): string {
  const properties = Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [`member_${at}`, { type: 'string', description: 'x'.repeat(200) }]),
  );
  const schema = { type: 'array', items: { type: 'object', properties } };
  const operationOf = (at: number) => ({
    get: { operationId: `list_${at}`, responses: { 200: { content: { 'application/json': { schema } } } } },
  });
  const paths = Object.fromEntries(Array.from({ length: 1_100 }, (_, at) => [`/p${at}`, operationOf(at)]));
  return JSON.stringify({ openapi: '3.0.0', servers: [{ url: 'https://a.ex.test' }], paths });
}

describe('a large document', { timeout: 120_000 }, () => {
  it('is read beside main, which answers others meanwhile', async () => {
    const text = largeDocument();
    expect(text.length).toBeGreaterThan(11_000_000);
    let turnCount = 0;
    const watch = setInterval(() => {
      turnCount += 1;
    }, 5);
    const document = await readDocument(text, null, neverAborted, startWorker);
    clearInterval(watch);
    expect(document.operations).toHaveLength(1_100);
    // Read on this thread, it would leave a turn or none.
    expect(turnCount).toBeGreaterThan(50);
  });

  it('ends when nobody wants it any more', async () => {
    const abort = new AbortController();
    const reading = readDocument(largeDocument(), null, abort.signal, startWorker);
    abort.abort();
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('fails as a small one does', async () => {
    const text = `{"swagger":"2.0","x":"${'x'.repeat(200_000)}"}`;
    await expect(readDocument(text, null, neverAborted, startWorker)).rejects.toMatchObject({
      code: 'IMPORT_INVALID',
    });
  });
});
