import { describe, expect, it } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import { previewResource } from '../../../../src/main/connectors/rest/reading/previewResource.ts';
import { RestCatalogue } from '../../../../src/main/connectors/rest/reading/RestCatalogue.ts';
import { RestRowReader } from '../../../../src/main/connectors/rest/reading/RestRowReader.ts';
import type { ResourceColumn } from '../../../../src/shared/model/resources.ts';
import { someResource } from '../../../support/rest/someRest.ts';
import { TestApi } from '../../../support/rest/TestApi.ts';

const options = { signal: neverAborted };

describe('Answers of an API', () => {
  it('fails for an answer that reports a failure, a page for people or nothing, and not for no records', async () => {
    const api = await TestApi.start(({ url }, response) => {
      if (url === '/a') return { success: false, error: { info: 'key expired' } };
      if (url === '/b') return void response.writeHead(302, { location: '/login' }).end();
      if (url === '/login')
        return void response.setHeader('content-type', 'text/html').end('<title>Log in</title>');
      return url === '/c' ? void response.end() : { data: [] };
    });
    const read = (path: string) => api.read({ path, selector: 'data' });
    await expect(read('/a')).rejects.toMatchObject({
      message: 'There is nothing at “data” in the answer',
      detail: expect.stringContaining('“key expired”'),
    });
    await expect(read('/b')).rejects.toMatchObject({
      message: expect.stringMatching(/^Expected JSON, got HTML from .*\/login$/),
      detail: 'The title of the page is “Log in”.',
    });
    await expect(read('/c')).rejects.toMatchObject({ message: 'The API sent an empty answer' });
    expect(await read('/d')).toMatchObject({ rows: [], error: null });
    // No lines are no records, whatever the API calls them.
    expect(await api.read({ path: '/c', format: 'ndjson' })).toMatchObject({ rows: [], error: null });
  });

  it('keeps digits in the preview and in the rows', async () => {
    const api = await TestApi.start(
      () => '{"items":[{"id":9223372036854775807,"ref":9007199254740993,"amt":99999999999999.99}]}',
    );
    const digits = ['9223372036854775807', '9007199254740993', '99999999999999.99'];
    expect((await api.read({ selector: 'items' })).rows).toEqual([digits]);
    const resource = someResource({ selector: 'items' });
    const preview = await previewResource(await api.connect([resource]), resource, options);
    expect(preview.rows).toEqual([digits]);
    expect(preview.columns.map(({ type }) => type)).toEqual(['bigint', 'bigint', 'numeric']);
    expect(preview.answers[0]?.body).toContain('99999999999999.99');
  });

  it('takes one object for a list of one, on any page, and objects by key for lists', async () => {
    const api = await TestApi.start(({ url }) => {
      if (url === '/keyed') return { data: { '2026-01-01': { v: 1 }, '2026-01-02': { v: 2 } } };
      return url?.endsWith('page=1') === true ? { items: [{ id: 1 }, { id: 2 }] } : { items: { id: 3 } };
    });
    const pagination = { type: 'page', parameter: 'page', first: 1, size: null } as const;
    const stop = { maxPages: 2, atShortPage: false, moreSelector: '' };
    const { rows } = await api.read({ selector: 'items', pagination, stop });
    expect(rows.map(([id]) => id)).toEqual(['1', '2', '3']);
    expect(await api.read({ path: '/keyed', selector: 'data.*', keyColumn: 'day' })).toMatchObject({
      names: ['day', 'v'],
      rows: [
        ['2026-01-01', '1'],
        ['2026-01-02', '2'],
      ],
    });
  });

  it('reads NDJSON whatever chunks it comes in, and says in which record it is cut off', async () => {
    const whole = Buffer.from('\ufeff{"id":1,"n":"中"}\r\n\n{"id":2,"n":"é"}');
    const api = await TestApi.start(({ url }, response) => {
      if (url === '/document') return '\ufeff{"id":1}';
      response.setHeader('content-type', 'application/x-ndjson');
      const bytes = url === '/cut' ? Buffer.from('{"id":1}\n{"id":2}\n{"id":3,"na') : whole;
      const cut = bytes.indexOf(0xe4) + 2;
      response.write(bytes.subarray(0, cut), () => response.end(bytes.subarray(cut)));
      return undefined;
    });
    const { names, rows } = await api.read({ path: '/lines' });
    expect(names.slice(0, 2)).toEqual(['id', 'n']);
    expect(rows.map((row) => row.slice(0, 2))).toEqual([
      ['1', '中'],
      ['2', 'é'],
    ]);
    await expect(api.read({ path: '/cut' })).rejects.toMatchObject({
      message: 'The answer is cut off in record 3',
    });
    expect((await api.read({ path: '/document' })).rows).toEqual([['1']]);
  });

  it('loses no field that only later pages have', async () => {
    const api = await TestApi.start(({ url }) => {
      const page = Number(new URL(url ?? '', 'http://x').searchParams.get('page'));
      return [[{ id: 1 }], [{ id: 2, late: 'x' }], []][page - 1];
    });
    const pagination = { type: 'page', parameter: 'page', first: 1, size: null } as const;
    expect(await api.read({ pagination })).toMatchObject({
      names: ['id', '_other'],
      rows: [
        ['1', null],
        ['2', '{"late":"x"}'],
      ],
    });
  });

  it('asks for the first page once, although its columns are inferred from it', async () => {
    const api = await TestApi.start(() => [{ id: 1 }]);
    await api.read({});
    expect(api.paths).toEqual(['/items']);
  });

  it('asks for the pages that are read, and for one more at most', async () => {
    const api = await TestApi.start(() => [{ id: api.paths.length, text: 'x'.repeat(700_000) }]);
    const pagination = { type: 'page', parameter: 'page', first: 1, size: null } as const;
    const resource = someResource({ pagination });
    const connection = await api.connect([resource]);
    const found = await new RestRowReader().find(connection, { schema: 'Resources', name: 'items' }, options);
    const stream = await found.readPage(
      connection,
      { sort: [], filters: [], after: null, limit: null },
      options,
    );
    for (let read = 0; read < 5; read += 1) await stream.nextEncoded();
    expect(api.paths.length).toBeLessThanOrEqual(6);
    await stream.close();
    expect(await stream.nextEncoded()).toMatchObject({ bytes: Buffer.alloc(0) });
  });

  it('ends at once when it is cancelled while the API does not answer', async () => {
    const controller = new AbortController();
    const api = await TestApi.start(({ url }) => {
      if (url?.endsWith('page=1') === true) return [{ id: 1 }];
      queueMicrotask(() => controller.abort());
      return undefined;
    });
    const pagination = { type: 'page', parameter: 'page', first: 1, size: null } as const;
    const connection = await api.connect([someResource({ pagination })]);
    const found = await new RestRowReader().find(connection, { schema: 'Resources', name: 'items' }, options);
    const page = { sort: [], filters: [], after: null, limit: null };
    const stream = await found.readPage(connection, page, { signal: controller.signal });
    await stream.nextEncoded();
    await expect(stream.nextEncoded()).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('Resources with parents', () => {
  it('are asked for once for each record of their parent', async () => {
    const api = await TestApi.start(({ url }) =>
      url === '/users' ? [{ id: 'a/1' }, { id: 'b' }] : [{ of: decodeURIComponent(url ?? '') }, { of: 'x' }],
    );
    const users = someResource({ name: 'users', path: '/users' });
    const parent = { group: users.group, name: users.name };
    const child = { name: 'posts', path: '/users/{{ parent.id }}/posts', parent };
    const { rows } = await api.read(child, { others: [users] });
    expect(rows.map(([of]) => of)).toEqual(['/users/a/1/posts', 'x', '/users/b/posts', 'x']);
    expect(api.paths).toContain('/users/a%2F1/posts');
  });

  it('are refused when the parents go in a circle or are not there', async () => {
    const api = await TestApi.start(() => []);
    const a = { name: 'a', parent: { group: 'Resources', name: 'b' } };
    const b = someResource({ name: 'b', parent: { group: 'Resources', name: 'a' } });
    await expect(api.read(a, { others: [b] })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(api.read(a)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('Filters', () => {
  it('are applied by the API where it has a parameter for them', async () => {
    const api = await TestApi.start(({ url }) => [{ id: 1, state: url ?? '' }]);
    const filters = [{ column: 'state', operator: 'equals', parameter: 'filter[state]' } as const];
    const resource = someResource({ filters });
    const connection = await api.connect([resource]);
    const found = await new RestRowReader().find(connection, { schema: 'Resources', name: 'items' }, options);
    const asked = [
      { column: 1, operator: 'equals', value: 'a b+' } as const,
      { column: 0, operator: 'equals', value: '1' } as const,
    ];
    expect(found.applies?.({ filters: asked, sort: [] })).toEqual({ filters: [true, false], sort: true });
    const { rows } = await api.read({ filters }, { filters: asked });
    expect(rows).toEqual([['1', '/items?filter%5Bstate%5D=a%20b%2B']]);
  });
});

describe('RestCatalogue', () => {
  const catalogue = new RestCatalogue();

  it('lists resources by their groups, and describes them by a sample', async () => {
    const api = await TestApi.start(() => ({ total: 12, data: [{ id: 1, name: null }] }));
    const items = someResource({ selector: 'data', primaryKey: ['id'], totalSelector: 'total' });
    const connection = await api.connect([items, someResource({ name: 'other', group: 'More' })]);
    const names = await catalogue.readNames(connection);
    expect(names.schemas.map(({ name }) => name)).toEqual(['Resources', 'More']);
    expect((await names.next(options)).map(({ name, kind }) => [name, kind])).toEqual([
      ['items', 'resource'],
      ['other', 'resource'],
    ]);
    expect(await names.next(options)).toEqual([]);
    const ref = { schema: 'Resources', name: 'items', kind: 'resource' } as const;
    const detail = await catalogue.describe(connection, ref, options);
    expect(detail.columns.map(({ isPrimaryKey, name, type }) => [name, type, isPrimaryKey])).toEqual([
      ['id', 'integer', true],
      ['name', 'text', false],
    ]);
    expect(detail.constraints).toMatchObject([{ kind: 'primary', definition: 'PRIMARY KEY (id)' }]);
    expect(await catalogue.countRows(connection, ref, options)).toEqual({ value: 12, accuracy: 'exact' });
    const other = { schema: 'More', name: 'other' };
    expect(await catalogue.countRows(connection, other, options)).toEqual({ value: 1, accuracy: 'exact' });
  });

  it('shows by its first page that an API can be read', async () => {
    const api = await TestApi.start((_, response) => {
      response.setHeader('server', 'ex').setHeader('x-ratelimit-remaining', '59');
      return { data: [{ id: 1 }] };
    });
    const withData = (selector: string) => api.connect([someResource({ selector })]);
    const { preview, server } = await catalogue.overview(await withData('data'), options);
    expect(preview).toMatchObject({ schema: 'Resources', relationCount: 1 });
    expect(server.facts).toContainEqual({ key: 'remaining', value: { type: 'count', count: 59 } });
    await expect(catalogue.overview(await withData('rows'), options)).rejects.toMatchObject({
      code: 'QUERY_FAILED',
    });
    expect((await catalogue.overview(await api.connect(), options)).server.product).toBe('ex');
  });

  it('takes a page for people at the base URL for a sign of life, where there is no resource yet', async () => {
    const api = await TestApi.start((_, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Docs</title>');
    });
    expect((await catalogue.overview(await api.connect(), options)).preview?.relationCount).toBe(0);
  });
});

describe('previewResource', () => {
  it('shows the first page, what leads to the second, and what is odd', async () => {
    const api = await TestApi.start(() => ({ total: 3, items: [{ id: 1 }, { id: 1 }, { id: 1 }] }));
    const resource = someResource({
      ...{ selector: 'items', primaryKey: ['id'], totalSelector: 'total' },
      pagination: { type: 'page', parameter: 'page', first: 1, size: { parameter: 'size', value: 2 } },
    });
    const preview = await previewResource(await api.connect([resource]), resource, options);
    expect(preview).toMatchObject({ recordCount: 3, total: 3, next: '2', rows: [['1'], ['1'], ['1']] });
    expect(preview.answers.map(({ url }) => new URL(url).search)).toEqual([
      '?page=1&size=2',
      '?page=2&size=2',
    ]);
    expect(preview.warnings).toEqual(['The primary key is not unique: ["1"] comes twice.']);
    expect(preview.error).toMatchObject({ title: 'Reading stopped: page 2 is the same as page 1' });
  });

  it('says what is there where the selector leads nowhere, with the answer', async () => {
    const api = await TestApi.start(() => ({ rows: [] }));
    const resource = someResource({ selector: 'items' });
    const preview = await previewResource(await api.connect([resource]), resource, options);
    expect(preview.error).toMatchObject({ code: 'QUERY_FAILED', detail: expect.stringContaining('“rows”') });
    expect(preview.answers).toHaveLength(1);
  });

  it('notices pages and fields that the settings miss', async () => {
    const api = await TestApi.start(() => ({ items: [{ id: 1, extra: 2 }], next_cursor: 'x' }));
    const columns = ['id', 'gone'].map(
      (name): ResourceColumn => ({
        ...{ name, path: [name], type: 'integer', isNullable: false, origin: 'personal', description: '' },
      }),
    );
    const resource = someResource({ selector: 'items', columns });
    const { warnings } = await previewResource(await api.connect([resource]), resource, options);
    expect(warnings).toEqual([
      'No record on this page has: “gone”.',
      'Fields without a column, which are left out: “extra”.',
      'The answer seems to name a next page in “next_cursor”, which is not used.',
    ]);
  });
});
