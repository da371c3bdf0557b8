import { createServer, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import type { RestConnection } from '../../../../src/main/connectors/rest/RestConnection.ts';
import { previewResource } from '../../../../src/main/connectors/rest/reading/previewResource.ts';
import { RestRowReader } from '../../../../src/main/connectors/rest/reading/RestRowReader.ts';
import type { Resource } from '../../../../src/shared/model/resources.ts';
import type { ColumnFilter } from '../../../../src/shared/model/results.ts';
import { openApi } from '../../../support/rest/apiUnderTest.ts';
import { someResource, someRestConfig } from '../../../support/rest/someRest.ts';
import { rowsOf } from '../../../support/streamRows.ts';

/** As far as it is used here: it has no types of its own. */
interface JsonServer {
  create(): RequestListener & { use(handler: unknown): void };
  router(data: object): unknown;
}

const require = createRequire(import.meta.url);
const jsonServer = require('json-server') as JsonServer;

const users = Array.from({ length: 25 }, (_, index) => ({
  ...{ id: index + 1, name: `User ${index + 1}`, team: index % 2 === 0 ? 'red' : 'blue' },
  address: { city: index % 3 === 0 ? 'Paris' : 'Zürich', geo: { lat: 1.5 } },
}));
const posts = Array.from({ length: 10 }, (_, index) => ({
  id: index + 1,
  userId: (index % 3) + 1,
  title: `Post ${index}`,
}));

const byLink: Partial<Resource> = {
  name: 'users',
  path: '/users?_page=1&_limit=10',
  pagination: { type: 'link' },
  filters: [
    { column: 'team', operator: 'equals', parameter: 'team' },
    { column: 'name', operator: 'contains', parameter: 'name_like' },
  ],
};

/** A connection to a json-server over the same data for each test, and how often it was asked. */
async function connect(resources: readonly Resource[]) {
  const app = jsonServer.create();
  app.use(jsonServer.router(structuredClone({ users, posts })));
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    app(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { api: await openApi(someRestConfig({ baseUrl, resources: [...resources] })), asked };
}

async function read(api: RestConnection, name: string, filters: ColumnFilter[] = []) {
  const options = { signal: neverAborted };
  const found = await new RestRowReader().find(api, { schema: 'Resources', name }, options);
  const stream = await found.readPage(api, { sort: [], filters, after: null, limit: null }, options);
  return { names: stream.columns.map((column) => column.name), rows: await rowsOf(stream) };
}

describe('A json-server', () => {
  it('is read by its Link header, with its objects flattened', async () => {
    const { api, asked } = await connect([someResource(byLink)]);
    const { names, rows } = await read(api, 'users');
    expect(names).toEqual(['id', 'name', 'team', 'address.city', 'address.geo', '_other']);
    expect(rows).toHaveLength(25);
    expect(rows[24]?.slice(0, 4)).toEqual(['25', 'User 25', 'red', 'Paris']);
    expect(JSON.parse(rows[0]?.[4] ?? '')).toEqual({ lat: 1.5 });
    expect(asked).toHaveLength(3);
  });

  it('is read by pages to a short one', async () => {
    const size = { parameter: '_limit', value: 10 };
    const pagination = { type: 'page', parameter: '_page', first: 1, size } as const;
    const stop = { maxPages: null, atShortPage: true, moreSelector: '' };
    const byPage = someResource({ name: 'users', path: '/users', pagination, stop });
    const { api, asked } = await connect([byPage]);
    expect((await read(api, 'users')).rows).toHaveLength(25);
    expect(asked).toHaveLength(3);
  });

  it('filters by itself what is pushed, on all pages', async () => {
    const { api } = await connect([someResource(byLink)]);
    const red: ColumnFilter = { column: 2, operator: 'equals', value: 'red' };
    expect((await read(api, 'users', [red])).rows).toHaveLength(13);
    const named: ColumnFilter = { column: 1, operator: 'contains', value: 'User 2' };
    expect((await read(api, 'users', [red, named])).rows.map(([id]) => id)).toEqual(['21', '23', '25']);
  });

  it('is asked for the children of each record', async () => {
    const some = someResource({ name: 'users', path: '/users?_limit=2' });
    const child = someResource({
      ...{ name: 'posts', path: '/users/{id}/posts', parent: { group: some.group, name: some.name } },
      parameters: [
        {
          ...{ name: 'id', place: 'path', value: '{{ parent.id }}', isRequired: true, isList: false },
          ...{ isExploded: true, description: '', choices: [] },
        },
      ],
    });
    const { names, rows } = await read((await connect([some, child])).api, 'posts');
    expect(names.slice(0, 3)).toEqual(['id', 'userId', 'title']);
    expect(rows.map(([, userId]) => userId)).toEqual(['1', '1', '1', '1', '2', '2', '2']);
  });

  it('shows in a preview what its settings do', async () => {
    const resource = someResource(byLink);
    const { api } = await connect([resource]);
    const preview = await previewResource(api, resource, { signal: neverAborted });
    expect(preview).toMatchObject({ recordCount: 10, warnings: [], error: null });
    expect(preview.next).toMatch(/\/users\?_page=2&_limit=10$/);
    expect(preview.answers.map(({ status }) => status)).toEqual([200, 200]);
  });
});
