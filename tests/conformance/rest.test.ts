import { afterAll, beforeAll, describe } from 'vitest';
import type { EngineSettings } from '../../src/shared/engines/settings.ts';
import { ApiServer, json } from '../support/rest/ApiServer.ts';
import { someResource, someRestConfig } from '../support/rest/someRest.ts';
import { type RelationServer, relationsConform } from './relations.ts';

const password = 'the key of the suite';
const keyHeader = 'x-api-key';
const pageSize = 250;
const numbers = Array.from({ length: 3_000 }, (_, index) => ({ n: index + 1, note: null }));

const resource = someResource({
  name: 'numbers',
  group: 'Conformance',
  path: '/numbers',
  primaryKey: ['n'],
  columns: (['n', 'note'] as const).map((name) => ({
    ...{ name, path: [name], type: name === 'n' ? 'integer' : 'text', isNullable: name === 'note' },
    ...{ origin: 'personal', description: '' },
  })),
  pagination: { type: 'page', parameter: 'page', first: 1, size: { parameter: 'size', value: pageSize } },
});

/** An API that wants a key, and answers the relation of the suite page by page. */
function startApi(): Promise<ApiServer> {
  return ApiServer.listen((request, response) => {
    const query = new URL(request.url, 'http://127.0.0.1').searchParams;
    const from = (Number(query.get('page')) - 1) * Number(query.get('size'));
    const isKnown = request.headers[keyHeader] === password;
    const answer = isKnown ? json(numbers.slice(from, from + Number(query.get('size')))) : json({}, {}, 401);
    answer(request, response);
  });
}

function relationServer({ origin }: ApiServer): RelationServer {
  const engineAt = (baseUrl: string): EngineSettings => ({
    kind: 'rest',
    config: someRestConfig({
      ...{ baseUrl, resources: [resource] },
      auth: { type: 'api-key', place: 'header', name: keyHeader },
    }),
  });
  return {
    engine: engineAt(origin),
    password,
    relation: { schema: resource.group, name: resource.name, kind: 'resource' },
    columns: ['n', 'note'],
    rowCount: numbers.length,
    wrong: { host: engineAt('http://no-such-host.invalid'), port: engineAt('http://127.0.0.1:1') },
    prepare: async () => undefined,
    cleanUp: async () => undefined,
  };
}

describe('An API', () => {
  let api: ApiServer;

  beforeAll(async () => {
    api = await startApi();
  });

  afterAll(() => api?.close());

  describe('its resources', () => relationsConform(() => relationServer(api)));
});
