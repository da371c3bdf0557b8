import { describe, expect, it } from 'vitest';
import type { RestConfig } from '../../../../src/shared/engines/rest/config.ts';
import type { Stage } from '../../../../src/shared/model/testReport.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { type ApiServer, json } from '../../../support/rest/ApiServer.ts';
import { AuthorizationServer } from '../../../support/rest/AuthorizationServer.ts';
import {
  ask,
  impatientConnector,
  openApi,
  plainConfig,
  startApi,
} from '../../../support/rest/apiUnderTest.ts';

const authorizationsOf = (api: ApiServer) => api.seen.map(({ headers }) => headers.authorization);

function clientAuth(
  server: AuthorizationServer,
  clientAuthentication: 'basic' | 'post' = 'basic',
): RestConfig['auth'] {
  const { tokenUrl, clientId } = server;
  return { type: 'oauth-client', tokenUrl, clientId, scopes: 'read', audience: 'shop', clientAuthentication };
}

function codeAuth({ authorizationUrl, tokenUrl, clientId }: AuthorizationServer): RestConfig['auth'] {
  return {
    ...{ type: 'oauth-code', authorizationUrl, tokenUrl, clientId, scopes: 'read offline_access' },
    ...{ clientAuthentication: 'none', redirectPort: 0 },
  };
}

describe('a key, a password or a token', () => {
  it.each([
    [
      { type: 'basic', user: 'mé' },
      { password: 'pä:ss' },
      `Basic ${Buffer.from('mé:pä:ss').toString('base64')}`,
    ],
    [{ type: 'bearer' }, { token: ' abcdef ' }, 'Bearer abcdef'],
  ] as const)('is sent with each request: %j', async (auth, secrets, header) => {
    const api = await startApi(json([]));
    const connection = await openApi(plainConfig(api.origin, { auth }), { secrets });
    await ask(connection, '/');
    expect(authorizationsOf(api)).toEqual([header]);
  });

  it('is asked for when it is missing', async () => {
    const api = await startApi(json([]));
    const auth = { type: 'api-key', place: 'query', name: 'key' } as const;
    const failure = await failureOf(openApi(plainConfig(api.origin, { auth })));
    expect(failure).toMatchObject({ code: 'PASSWORD_REQUIRED', message: 'This API needs an API key' });
  });

  it('is not repeated when the API refuses it', async () => {
    const api = await startApi(json({ message: 'bad key' }, {}, 401));
    const auth = { type: 'bearer' } as const;
    const connection = await openApi(plainConfig(api.origin, { auth }), {
      secrets: { token: 'wrong-token' },
    });
    expect((await failureOf(ask(connection, '/'))).code).toBe('AUTH_FAILED');
    expect(api.seen).toHaveLength(1);
  });
});

describe('a token of the client', () => {
  it.each(['basic', 'post'] as const)('is obtained once for all connections (%s)', async (way) => {
    const server = new AuthorizationServer(await startApi());
    const api = await startApi(json([]));
    const stages: Stage[] = [];
    const connector = impatientConnector();
    const config = plainConfig(api.origin, { auth: clientAuth(server, way) });
    const secrets = { clientSecret: server.clientSecret };
    const options = { onStage: (stage: Stage) => stages.push(stage) };
    const first = await openApi(config, { connector, secrets, options });
    const second = await openApi(config, { connector, secrets });
    await Promise.all([ask(first, '/'), ask(second, '/')]);
    expect(server.tokens).toHaveLength(1);
    expect(authorizationsOf(api)).toEqual(Array(2).fill(`Bearer ${server.tokens[0]}`));
    expect(Object.fromEntries(server.asked[0] ?? [])).toMatchObject({ scope: 'read', audience: 'shop' });
    expect(stages.filter(({ outcome }) => outcome !== 'running').map(({ name }) => name)).toEqual([
      ...['dns', 'tcp', 'tls', 'auth'],
    ]);
  });

  it('is obtained anew, once, when the API refuses it or its time is over', async () => {
    const server = new AuthorizationServer(await startApi());
    const api = await startApi(json([]));
    const config = plainConfig(api.origin, { auth: clientAuth(server) });
    const connection = await openApi(config, { secrets: { clientSecret: server.clientSecret } });
    const refuseAll = json({}, {}, 401);
    api.answer = (request, response) => {
      const isOld = request.headers.authorization === `Bearer ${server.tokens[0]}`;
      (isOld ? refuseAll : json([]))(request, response);
    };
    expect((await ask(connection, '/')).status).toBe(200);
    expect(server.tokens).toHaveLength(2);
    api.answer = refuseAll;
    expect((await failureOf(ask(connection, '/'))).code).toBe('AUTH_FAILED');
    expect(api.seen).toHaveLength(4);
  });

  it.each([
    ['invalid_client', 'The authorization server does not accept this client'],
    ['invalid_scope', 'The authorization server does not know these scopes'],
  ])('is refused with words for %s, and without the secret', async (error, title) => {
    const server = new AuthorizationServer(await startApi());
    server.error = error;
    const api = await startApi(json([]));
    const config = plainConfig(api.origin, { auth: clientAuth(server, 'post') });
    const failure = await failureOf(openApi(config, { secrets: { clientSecret: server.clientSecret } }));
    expect(failure).toMatchObject({ code: 'AUTH_FAILED', message: title, driverCode: error });
    expect(failure.detail).toContain('Refused');
    expect(JSON.stringify([failure.detail, failure.cause])).not.toContain(server.clientSecret);
  });

  it('is not hidden by that of another secret', async () => {
    const server = new AuthorizationServer(await startApi());
    const api = await startApi(json([]));
    const connector = impatientConnector();
    const config = plainConfig(api.origin, { auth: clientAuth(server) });
    await openApi(config, { connector, secrets: { clientSecret: server.clientSecret } });
    const wrong = openApi(config, { connector, secrets: { clientSecret: 'wrong secret' } });
    expect((await failureOf(wrong)).driverCode).toBe('invalid_client');
  });
});

describe('a sign-in', () => {
  const signal = new AbortController().signal;
  /** A browser that follows where it is sent. */
  const browse = async (url: string) => void (await fetch(url));

  it('brings a refresh token by a code with PKCE, and gives the port back', async () => {
    const server = new AuthorizationServer(await startApi());
    const config = plainConfig('http://127.0.0.1:1', { auth: codeAuth(server) });
    let opened = '';
    let page = '';
    const openInBrowser = async (url: string) => {
      opened = url;
      void fetch(url).then(async (response) => {
        page = await response.text();
      });
    };
    const options = { signal, openInBrowser, secret: async () => null };
    const found = await impatientConnector().requests.signIn(config, options);
    expect(found).toMatchObject({ field: 'refreshToken', value: expect.stringMatching(/^refresh-/) });
    const asked = new URL(opened).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('scope')).toBe('read offline_access');
    const redirect = asked.get('redirect_uri') ?? '';
    expect(redirect).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    await expect(fetch(redirect)).rejects.toThrow();
    expect(page).toContain('You can close this window');
  });

  it('is not ended by whoever does not know its state', async () => {
    const server = new AuthorizationServer(await startApi());
    const config = plainConfig('http://127.0.0.1:1', { auth: codeAuth(server) });
    const statuses: number[] = [];
    const openInBrowser = async (url: string) => {
      const redirect = new URL(url).searchParams.get('redirect_uri') ?? '';
      for (const address of [`${redirect}?code=1&state=guessed`, new URL('/', redirect).href]) {
        statuses.push((await fetch(address)).status);
      }
      void browse(url);
    };
    const options = { signal, openInBrowser, secret: async () => null };
    await impatientConnector().requests.signIn(config, options);
    expect(statuses).toEqual([400, 404]);
  });

  it('tells what the server refuses, and stops when it is cancelled', async () => {
    const server = new AuthorizationServer(await startApi());
    server.error = 'access_denied';
    const config = plainConfig('http://127.0.0.1:1', { auth: codeAuth(server) });
    const { requests } = impatientConnector();
    const openInBrowser = async (url: string) => void browse(url);
    const refused = requests.signIn(config, { signal, openInBrowser, secret: async () => null });
    expect(await failureOf(refused)).toMatchObject({ code: 'AUTH_FAILED', driverCode: 'access_denied' });
    const controller = new AbortController();
    const cancelled = requests.signIn(config, {
      ...{ signal: controller.signal, secret: async () => null },
      openInBrowser: async () => controller.abort(),
    });
    expect((await failureOf(cancelled)).code).toBe('CANCELLED');
  });

  it('says which scope is missing when there is no refresh token', async () => {
    const server = new AuthorizationServer(await startApi());
    server.givesRefreshTokens = false;
    const config = plainConfig('http://127.0.0.1:1', { auth: codeAuth(server) });
    const openInBrowser = async (url: string) => void browse(url);
    const { requests } = impatientConnector();
    const failure = await failureOf(
      requests.signIn(config, { signal, openInBrowser, secret: async () => null }),
    );
    expect(failure.message).toBe('The server gave no refresh token');
  });

  it('lasts although each refresh token is good for one use: the next one is kept, also for other connections', async () => {
    const server = new AuthorizationServer(await startApi());
    const api = await startApi(json([]));
    const config = plainConfig(api.origin, { auth: codeAuth(server) });
    let stored = server.newRefreshToken();
    const kept: string[] = [];
    const target = {
      secret: async () => stored,
      replaceSecret: async (field: string, value: string) => {
        kept.push(field);
        stored = value;
      },
    };
    const connector = impatientConnector();
    const before = stored;
    const first = await openApi(config, { connector, target });
    await ask(first, '/');
    expect(kept).toEqual(['refreshToken']);
    // One that knows only the old one, such as a draft that was tested before.
    const other = await openApi(config, { connector, target: { ...target, secret: async () => before } });
    await ask(other, '/');
    const third = await openApi(config, { connector, target });
    await ask(third, '/');
    expect(server.tokens).toHaveLength(1);
    // After a new start of the app only what was stored is known.
    await openApi(config, { connector: impatientConnector(), target });
    expect(server.tokens).toHaveLength(2);
  });
});

describe('a log-in request', () => {
  const auth = {
    ...{ type: 'session', user: 'me "quoted"', loginPath: '/login', tokenSelector: 'data.token' },
    ...{
      loginBody: '{"name": "{{ user }}", "word": "{{secret}}"}',
      headerName: 'X-Session',
      headerPrefix: '',
    },
  } as const satisfies RestConfig['auth'];

  it('brings a token, and another one when the API does not know it any more', async () => {
    let count = 0;
    const api = await startApi((request, response) => {
      if (request.url === '/v1/login') {
        count += 1;
        json({ data: { token: `session-${count}` } })(request, response);
      } else json([], {}, request.headers['x-session'] === 'session-2' ? 200 : 401)(request, response);
    });
    const config = plainConfig(`${api.origin}/v1`, { auth });
    const connection = await openApi(config, { secrets: { password: '{{ user }}\\"' } });
    await ask(connection, '/items');
    expect(JSON.parse(api.seen[0]?.body ?? '')).toEqual({ name: 'me "quoted"', word: '{{ user }}\\"' });
    expect(count).toBe(2);
  });

  it('says whether the log-in is wrong or the token is somewhere else', async () => {
    const api = await startApi(json({ message: 'who?' }, {}, 401));
    const config = plainConfig(api.origin, { auth });
    expect(await failureOf(openApi(config))).toMatchObject({
      code: 'AUTH_FAILED',
      message: 'The API refuses the log-in',
      driverCode: '401',
    });
    api.answer = json({ access: 'abc' });
    const failure = await failureOf(openApi(config));
    expect(failure.message).toBe('The log-in brought no token');
    expect(failure.detail).toContain('access');
  });
});
