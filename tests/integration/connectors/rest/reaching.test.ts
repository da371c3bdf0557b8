import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { RestConfig } from '../../../../src/shared/engines/rest/config.ts';
import { CertificateFiles } from '../../../support/clientCertificates.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { type CertificateRequest, TestAuthority } from '../../../support/postgresClusterCertificates.ts';
import { type ApiServer, json } from '../../../support/rest/ApiServer.ts';
import { ask, openApi, plainConfig, startApi } from '../../../support/rest/apiUnderTest.ts';
import { freePort } from '../../../support/serverProcess.ts';

let authority: TestAuthority;

beforeAll(async () => {
  authority = await TestAuthority.create();
});
afterAll(() => authority.dispose());

async function secureApi(request: CertificateRequest): Promise<ApiServer> {
  const { keyPem, certificatePem } = await authority.issue(request);
  return startApi(json([]), { key: keyPem, cert: certificatePem });
}

const trusting = (): RestConfig['tls'] => ({ mode: 'verify-full', caPem: authority.certificatePem });

/** A server that only speaks bytes; it answers the first that comes. */
async function rawServer(answer: (socket: Socket, received: string) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', (bytes) => answer(socket, bytes.toString('latin1')));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A proxy that opens tunnels. @returns its port, and what it was asked */
async function tunnelProxy(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const port = await rawServer((socket, received) => {
    const [line = ''] = received.split('\r\n');
    asked.push(line);
    const [, host = '', to = ''] = /^CONNECT ([^:]+):(\d+) /.exec(line) ?? [];
    const onwards = connect(Number(to), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onwards).pipe(socket);
    });
    onwards.on('error', () => socket.destroy());
  });
  return { url: `http://127.0.0.1:${port}`, asked };
}

describe('the way to an API', () => {
  it('is told apart where nobody listens, and where something else does', async () => {
    const port = await freePort();
    const refused = await failureOf(openApi(plainConfig(`http://127.0.0.1:${port}`)));
    expect(refused).toMatchObject({ code: 'CONNECTION_REFUSED', driverCode: 'ECONNREFUSED' });
    const ssh = await rawServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    const connection = await openApi(plainConfig(`http://127.0.0.1:${ssh}`, { maxRetries: 0 }));
    expect((await failureOf(ask(connection, '/'))).message).toBe('The server does not answer with HTTP');
    const plain = await startApi(json([]));
    const failure = await failureOf(openApi(plainConfig(plain.origin.replace('http:', 'https:'))));
    expect(failure.code).toBe('TLS_FAILED');
  });

  it.each([
    ['TLS_EXPIRED', { names: ['IP:127.0.0.1'], validFrom: new Date(0), validTo: new Date(1e12) }, true],
    ['TLS_HOST_MISMATCH', { names: ['DNS:api.example.test'] }, true],
    ['TLS_UNTRUSTED', { names: ['IP:127.0.0.1'] }, false],
  ] as const)('is refused for a certificate: %s', async (code, request, isTrusted) => {
    const api = await secureApi({ ...request, names: [...request.names] });
    const tls = isTrusted ? trusting() : ({ mode: 'verify-full', caPem: null } as const);
    expect((await failureOf(openApi(plainConfig(api.origin, { tls })))).code).toBe(code);
    expect(api.seen).toEqual([]);
  });

  it('shows a client certificate to an API that asks for one', async () => {
    const files = await CertificateFiles.create();
    onTestFinished(() => files.dispose());
    const { keyPem, certificatePem } = await authority.issue({ names: ['IP:127.0.0.1'] });
    const asking = { key: keyPem, cert: certificatePem, ca: authority.certificatePem, requestCert: true };
    const api = await startApi(json([]), asking);
    const own = await authority.issue({ names: [], commonName: 'ann' });
    const client = await files.encrypted('ann', own, 'pkcs8', 'open');
    const secrets = { clientKeyPassphrase: 'open' };
    const config = plainConfig(api.origin, { tls: { ...trusting(), client } });
    const connection = await openApi(config, { secrets });
    expect((await ask(connection, '/items')).status).toBe(200);
    expect(connection.tls).toMatchObject({ client: { subject: 'ann', issuer: 'Mooring test authority' } });
    // With TLS 1.3 the server says no when the handshake is over on our side.
    const without = await openApi(plainConfig(api.origin, { tls: trusting(), maxRetries: 0 }));
    const refused = await failureOf(ask(without, '/'));
    expect(refused.causes.join(' ')).toContain('requires a client certificate');
  });

  it('leads through a tunnel of a proxy, which sees nothing of what is sent', async () => {
    const api = await secureApi({ names: ['IP:127.0.0.1'] });
    const proxy = await tunnelProxy();
    const config = plainConfig(api.origin, { proxyUrl: proxy.url, tls: trusting() });
    const connection = await openApi(config);
    expect((await ask(connection, '/items')).status).toBe(200);
    expect(proxy.asked).toEqual([`CONNECT ${new URL(api.origin).host} HTTP/1.1`]);
  });

  it('leads through a proxy without a tunnel where nothing is encrypted', async () => {
    const proxy = await startApi(json([]));
    const config = plainConfig('http://api.example.test/v1', { proxyUrl: proxy.origin });
    const connection = await openApi(config);
    await ask(connection, '/items?a=1');
    expect(proxy.seen[0]).toMatchObject({ url: 'http://api.example.test/v1/items?a=1' });
    expect(proxy.seen[0]?.headers.host).toBe('api.example.test');
  });

  it.each([
    ['AUTH_METHOD_REFUSED', 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n', '407'],
    ['PERMISSION_DENIED', 'HTTP/1.1 403 Forbidden\r\n\r\n', '403'],
    ['HOST_UNREACHABLE', 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 2\r\n\r\nno', '502'],
    ['PROTOCOL_ERROR', 'SSH-2.0-OpenSSH\r\n\r\n', 'PROXY'],
    ['PROTOCOL_ERROR', 'HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n', 'PROXY'],
  ])('says what a proxy refuses: %s', async (code, answer, driverCode) => {
    const port = await rawServer((socket) => socket.write(answer));
    const config = plainConfig('https://api.example.test', { proxyUrl: `http://127.0.0.1:${port}` });
    expect(await failureOf(openApi(config))).toMatchObject({ code, driverCode });
  });

  it('is opened again for a ping that comes late, and is proved by it', async () => {
    const api = await startApi(json([]));
    const connection = await openApi(plainConfig(api.origin));
    let now = 0;
    const clock = { monotonicMs: () => now, wallMs: () => now, after: () => ({ cancel: () => undefined }) };
    const other = await openApi(plainConfig(api.origin), { clock });
    now = 60_000;
    const signal = new AbortController().signal;
    const before = api.socketCount;
    await other.ping({ signal });
    expect(api.socketCount).toBe(before + 1);
    await connection.close();
    expect((await failureOf(connection.ping({ signal }))).code).toBe('CANCELLED');
  });
});
