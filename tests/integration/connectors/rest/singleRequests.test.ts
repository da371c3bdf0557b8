import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { RequestMeter } from '../../../../src/main/connectors/Connector.ts';
import type { RestConfig } from '../../../../src/shared/engines/rest/config.ts';
import { type ApiRequest, answerSchema } from '../../../../src/shared/model/requests.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { json } from '../../../support/rest/ApiServer.ts';
import {
  ask,
  impatientConnector,
  openApi,
  plainConfig,
  startApi,
} from '../../../support/rest/apiUnderTest.ts';
import { someResource } from '../../../support/rest/someRest.ts';

const signal = new AbortController().signal;

const someRequest = (changes: Partial<ApiRequest> = {}): ApiRequest => ({
  ...{ method: 'GET', path: '/items', parameters: [], headers: [], body: { type: 'none' } },
  ...changes,
});

describe('a request of a person', () => {
  it('is answered with everything that came, and without secrets', async () => {
    const api = await startApi((request, response) =>
      json({ you: request.headers['x-api-key'] }, { 'Set-Cookie': 'sid=1' }, 404)(request, response),
    );
    const auth = { type: 'api-key', place: 'header', name: 'X-API-Key' } as const;
    const connector = impatientConnector();
    const connection = await openApi(plainConfig(api.origin, { auth }), {
      connector,
      secrets: { apiKey: 'the-secret-key' },
    });
    const request = someRequest({ headers: [{ name: 'X-Mine', value: 'mine' }] });
    const answer = answerSchema.parse(await connector.requests.send(connection, request, { signal }));
    expect(answer).toMatchObject({ status: 404, method: 'GET', body: '{"you":"•••"}', isCut: false });
    expect(answer.sentHeaders).toContainEqual({ name: 'X-API-Key', value: '•••' });
    expect(answer.sentHeaders).toContainEqual({ name: 'X-Mine', value: 'mine' });
    expect(JSON.stringify(answer)).not.toContain('the-secret-key');
    expect(api.seen[0]?.headers['x-api-key']).toBe('the-secret-key');
  });

  it('is refused on a read-only data source when it may change something', async () => {
    const api = await startApi(json([]));
    const connector = impatientConnector();
    const connection = await openApi(plainConfig(api.origin), { connector, target: { readOnly: true } });
    const send = (method: ApiRequest['method']) =>
      connector.requests.send(connection, someRequest({ method }), { signal });
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      expect((await failureOf(send(method))).code).toBe('READ_ONLY');
    }
    expect((await send('GET')).status).toBe(200);
    expect(api.seen).toHaveLength(1);
  });

  it('shows the beginning of a long text, and nothing of what is none', async () => {
    const api = await startApi((request, response) => {
      response.writeHead(200, { 'Content-Type': request.url === '/text' ? 'text/plain' : 'image/png' });
      response.end(request.url === '/text' ? 'é'.repeat(2_000_001) : Buffer.from([137, 80, 78, 71, 0, 0]));
    });
    const connector = impatientConnector();
    const connection = await openApi(plainConfig(api.origin, { maxResponseMb: 8 }), { connector });
    const text = await connector.requests.send(connection, someRequest({ path: '/text' }), { signal });
    expect(text).toMatchObject({ isCut: true, unpackedByteCount: 4_000_002 });
    expect(text.body).toHaveLength(2_000_000);
    const image = await connector.requests.send(connection, someRequest({ path: '/image' }), { signal });
    expect(image).toMatchObject({ body: null, isCut: false });
  });

  it('is measured with its status, its waits and what the API still allows', async () => {
    const told: unknown[] = [];
    const meter: RequestMeter = {
      begin: (purpose) => ({
        rowCount: 0,
        answered: (status) => told.push([purpose, status]),
        succeeded: () => told.push('ok'),
        failed: () => told.push('failed'),
      }),
      waited: (waitMs) => told.push(waitMs > 0),
      remaining: (count) => told.push(count),
    };
    let status = 429;
    const api = await startApi((request, response) => {
      json([], { 'RateLimit-Remaining': '7', 'Retry-After': '0.2' }, status)(request, response);
      status = 200;
    });
    const connection = await openApi(plainConfig(api.origin), { options: { requests: meter } });
    await ask(connection, '/');
    expect(told).toEqual([['user', 429], 7, 'failed', ['user', 200], 7, 'ok', true]);
  });
});

describe('a curl command', () => {
  /** What all requests accept is of no interest here. */
  const withoutAccept = (command: string) => command.replace(/ \\\n {2}-H 'accept: [^']*'/i, '');
  const curlOf = (config: RestConfig, what: ApiRequest, secrets: Readonly<Record<string, string>> | null) =>
    impatientConnector().requests.curlOf(config, what, secrets && (async (field) => secrets[field] ?? null));
  const auth = { type: 'api-key', place: 'header', name: 'X-API-Key' } as const;

  it('has variables of the shell in the place of secrets', async () => {
    const config = plainConfig('https://api.example.test/v1', {
      auth,
      headers: [{ name: 'Accept-Language', value: "it's" }],
    });
    expect(withoutAccept(await curlOf(config, someRequest(), null))).toBe(
      [
        "curl 'https://api.example.test/v1/items' \\",
        "  -H 'Accept-Language: it'\\''s' \\",
        `  -H 'X-API-Key: '"$API_KEY"`,
      ].join('\n'),
    );
  });

  it('asks for the first page of a resource', async () => {
    const pagination = {
      type: 'offset',
      offsetParameter: 'skip',
      limitParameter: 'take',
      limit: 50,
    } as const;
    const config = plainConfig('https://api.example.test');
    const command = await impatientConnector().requests.curlOf(config, someResource({ pagination }), null);
    expect(withoutAccept(command)).toBe("curl 'https://api.example.test/items?skip=0&take=50'");
  });

  it.each([
    [{ type: 'json', text: `{"it's":"\\n $(id) \`id\` \\\\"}` }, 'POST'],
    [{ type: 'form', fields: [{ name: 'a b', value: "c'&d" }] }, 'PUT'],
  ] as const)('sends the very same when a shell runs it: %j', async (body, method) => {
    const api = await startApi(json([]));
    const secret = "k'ey$(id) `id` \\";
    const config = plainConfig(api.origin, { auth });
    const request = someRequest({
      ...{ method, path: '/a[1]' },
      body: body.type === 'form' ? { ...body, fields: [...body.fields] } : body,
    });
    const command = await curlOf(config, request, { apiKey: secret });
    await promisify(execFile)('sh', ['-c', command]);
    const connector = impatientConnector();
    const connection = await openApi(config, { connector, secrets: { apiKey: secret } });
    await connector.requests.send(connection, request, { signal });
    const [byCurl, byUs] = api.seen.map(({ headers, ...rest }) => [
      rest,
      headers['x-api-key'],
      headers['content-type'],
    ]);
    expect(byCurl).toEqual(byUs);
  });
});

describe('a document', () => {
  it('is loaded from where it leads to, without credentials', async () => {
    const api = await startApi((request, response) => {
      if (request.url === '/openapi') response.writeHead(301, { Location: '/openapi.yaml' }).end();
      else response.writeHead(200, { 'Content-Type': 'text/yaml' }).end('openapi: 3.1.0');
    });
    const { requests } = impatientConnector();
    expect(await requests.loadDocument(new URL(`${api.origin}/openapi`), signal)).toBe('openapi: 3.1.0');
    api.answer = json({}, {}, 404);
    const failure = await failureOf(requests.loadDocument(new URL(api.origin), signal));
    expect(failure.code).toBe('NOT_FOUND');
  });
});
