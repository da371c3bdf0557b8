import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../support/FakeClock.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { json } from '../../../support/rest/ApiServer.ts';
import { ask, openApi, plainConfig, startApi } from '../../../support/rest/apiUnderTest.ts';

const bodyOf = (answer: { readonly body: Buffer }): unknown => JSON.parse(answer.body.toString());

describe('a request to an API', () => {
  it('goes over one socket with headers and query of the data source, and comes back whole', async () => {
    const api = await startApi(json({ items: [1] }, { 'X-One': 'a', 'x-two': 'b' }));
    const connection = await openApi(
      plainConfig(`${api.origin}/v1`, {
        headers: [{ name: 'Accept-Language', value: 'en' }],
        query: [
          { name: 'tenant', value: 'a b' },
          { name: 'size', value: '9' },
        ],
      }),
    );
    const answer = await ask(connection, '/items?size=2');
    await ask(connection, '/items?size=2');
    expect(bodyOf(answer)).toEqual({ items: [1] });
    expect(answer).toMatchObject({ status: 200, attempts: 1, isIgnored: false, redirectedFrom: [] });
    expect(api.socketCount).toBe(1);
    expect(api.seen[0]?.url).toBe('/v1/items?size=2&tenant=a%20b');
    expect(api.seen[0]?.headers).toMatchObject({
      'accept-language': 'en',
      'accept-encoding': 'gzip, deflate, br',
      'user-agent': 'Mooring',
      host: new URL(api.origin).host,
    });
    expect(answer.headers.find(([name]) => name === 'X-One')).toEqual(['X-One', 'a']);
    expect(answer.timing.tcpMs).toBeNull();
  });

  it('opens a new socket when the server has closed the old one', async () => {
    const api = await startApi(json([], { Connection: 'close' }));
    const connection = await openApi(plainConfig(api.origin));
    await ask(connection, '/a');
    const second = await ask(connection, '/b');
    expect(second.status).toBe(200);
    expect(second.timing.tcpMs).not.toBeNull();
    expect(connection.isUsable).toBe(true);
  });

  it('answers a ping without a request', async () => {
    const api = await startApi(json([]));
    const connection = await openApi(plainConfig(api.origin));
    await connection.ping({ signal: new AbortController().signal });
    expect(api.seen).toEqual([]);
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
  ] as const)('unpacks %s', async (encoding, pack) => {
    const packed = pack(Buffer.from('{"n":"é"}'));
    const api = await startApi((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': encoding, 'Content-Type': 'application/json' });
      response.end(packed);
    });
    const answer = await ask(await openApi(plainConfig(api.origin)), '/');
    expect(bodyOf(answer)).toEqual({ n: 'é' });
    expect(answer.byteCount).toBe(packed.length);
  });

  it('says that it does not know an encoding, and that a packed answer is cut', async () => {
    const packed = gzipSync(Buffer.from(JSON.stringify({ text: 'x'.repeat(5_000) })));
    const api = await startApi(({ url }, response) => {
      const encoding = url === '/odd' ? 'x-odd' : 'gzip';
      response.writeHead(200, { 'Content-Encoding': encoding }).end(packed.subarray(0, packed.length - 12));
    });
    const connection = await openApi(plainConfig(api.origin, { maxRetries: 0 }));
    expect(await failureOf(ask(connection, '/odd'))).toMatchObject({
      code: 'PROTOCOL_ERROR',
      message: 'The answer is packed in a way that Mooring does not know',
    });
    expect((await failureOf(ask(connection, '/cut'))).message).toBe(
      'The packed answer is damaged or cut off',
    );
  });

  it('says that an answer ended before its end', async () => {
    const api = await startApi((_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('[1,2');
      response.flushHeaders();
      setImmediate(() => response.destroy());
    });
    const connection = await openApi(plainConfig(api.origin, { maxRetries: 0 }));
    expect(await failureOf(ask(connection, '/'))).toMatchObject({
      code: 'CONNECTION_RESET',
      message: 'The answer of the API was cut off',
    });
  });

  it('fails with the words of the API', async () => {
    const api = await startApi(json({ error: { message: 'No such \u0007item' } }, {}, 404));
    const connection = await openApi(plainConfig(api.origin));
    const missing = await failureOf(ask(connection, '/items/9'));
    expect(missing).toMatchObject({ code: 'NOT_FOUND', driverCode: '404' });
    expect(missing.detail).toContain('The API says: No such item');
  });

  it('is given up at once when it is cancelled, and the connection goes on', async () => {
    const api = await startApi(() => undefined);
    const connection = await openApi(plainConfig(api.origin));
    const controller = new AbortController();
    const asked = failureOf(ask(connection, '/', {}, { signal: controller.signal }));
    while (api.seen.length === 0) await new Promise(setImmediate);
    controller.abort();
    expect((await asked).code).toBe('CANCELLED');
    api.answer = json([]);
    expect((await ask(connection, '/')).status).toBe(200);
  });

  it('ends when the connection is cancelled', async () => {
    const api = await startApi(() => undefined);
    const connection = await openApi(plainConfig(api.origin));
    const asked = failureOf(ask(connection, '/'));
    while (api.seen.length === 0) await new Promise(setImmediate);
    expect(connection.isBusy).toBe(true);
    await connection.cancelRunning();
    expect(connection.isBusy).toBe(false);
    expect((await asked).code).toBe('CANCELLED');
  });

  it('is given up after its time, however slowly the answer drips', async () => {
    const clock = new FakeClock();
    const api = await startApi((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.write('[');
    });
    const connection = await openApi(plainConfig(api.origin), { clock });
    const asked = failureOf(ask(connection, '/'));
    while (api.seen.length === 0) await new Promise(setImmediate);
    await clock.advance(5_000);
    expect(await asked).toMatchObject({ code: 'QUERY_TIMEOUT', driverCode: 'ETIMEDOUT' });
  });

  it('keeps cookies only if they are switched on', async () => {
    const api = await startApi(json([], { 'Set-Cookie': 'sid=abc123; Path=/' }));
    const off = await openApi(plainConfig(api.origin));
    await ask(off, '/');
    await ask(off, '/');
    const on = await openApi(plainConfig(api.origin, { keepsCookies: true }));
    await ask(on, '/');
    await ask(on, '/');
    expect(api.seen.map(({ headers }) => headers.cookie)).toEqual([
      undefined,
      undefined,
      undefined,
      'sid=abc123',
    ]);
  });
});
