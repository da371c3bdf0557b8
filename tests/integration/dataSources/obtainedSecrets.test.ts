import { describe, expect, it } from 'vitest';
import type { CallInput } from '../../../src/shared/ipc/contract.ts';
import type { Draft } from '../../../src/shared/model/dataSource.ts';
import { AppUnderTest } from '../../support/AppUnderTest.ts';
import { someFields } from '../../support/dataSources.ts';
import { json } from '../../support/rest/ApiServer.ts';
import { AuthorizationServer } from '../../support/rest/AuthorizationServer.ts';
import { startApi } from '../../support/rest/apiUnderTest.ts';
import { someRestConfig } from '../../support/rest/someRest.ts';

const passphrase = 'correct horse';

async function someApi(app: AppUnderTest) {
  const server = new AuthorizationServer(await startApi());
  const api = await startApi(json([]));
  const config = someRestConfig({
    baseUrl: api.origin,
    auth: {
      ...{ type: 'oauth-code', authorizationUrl: server.authorizationUrl, tokenUrl: server.tokenUrl },
      ...{ clientId: server.clientId, scopes: '', clientAuthentication: 'none', redirectPort: 0 },
    },
  });
  const fields = someFields({ engine: { kind: 'rest', config } });
  app.openInBrowser = async (url) => void fetch(url);
  await app.ok('vault.setMode', { choice: { mode: 'passphrase', passphrase }, current: null });
  return { server, api, fields };
}

const request: CallInput<'requests.send'>['request'] = {
  ...{ method: 'GET', path: '/', parameters: [], headers: [] },
  body: { type: 'none' },
};

describe('a secret that a server gave to a person who signed in', () => {
  it('is saved with its draft, and replaced in the vault when the server replaces it', async () => {
    const app = new AppUnderTest();
    const { server, api, fields } = await someApi(app);
    const bare: Draft = { id: null, fields, secrets: {} };
    const { field, id } = await app.ok('requests.signIn', { draft: bare });
    const draft: Draft = { ...bare, secrets: { [field]: { type: 'obtained', id } } };
    const { dataSource } = await app.ok('dataSources.save', draft);
    const send = () => app.ok('requests.send', { id: dataSource.id, request });
    expect(await send()).toMatchObject({ status: 200 });
    const operations = app.trail().map(({ operation }) => operation);
    expect(operations.filter((operation) => operation === 'secret.saved')).toHaveLength(1);
    // The next start of the app knows only what the vault has.
    await app.life.shutdown();
    const again = new AppUnderTest(app.folder);
    await again.ok('vault.unlock', { passphrase });
    await again.ok('requests.send', { id: dataSource.id, request });
    expect(server.tokens).toHaveLength(3);
    expect(api.seen.at(-1)?.headers.authorization).toBe(`Bearer ${server.tokens[2]}`);
  });

  it('is saved as well when the server replaces it during a test', async () => {
    const app = new AppUnderTest();
    const { server, api, fields } = await someApi(app);
    const bare: Draft = { id: null, fields, secrets: {} };
    const { field, id } = await app.ok('requests.signIn', { draft: bare });
    const secrets = { [field]: { type: 'obtained', id } } as const;
    const { dataSource } = await app.ok('dataSources.save', { ...bare, secrets });
    const stored = { [field]: { type: 'stored' } } as const;
    const report = await app.ok('dataSources.test', { id: dataSource.id, fields, secrets: stored });
    expect(report.outcome).toBe('passed');
    await app.life.shutdown();
    const again = new AppUnderTest(app.folder);
    await again.ok('vault.unlock', { passphrase });
    await again.ok('requests.send', { id: dataSource.id, request });
    expect(api.seen.at(-1)?.headers.authorization).toBe(`Bearer ${server.tokens.at(-1)}`);
  });

  it('is for the settings that it was obtained with, and for nobody who guesses', async () => {
    const app = new AppUnderTest();
    const { fields } = await someApi(app);
    const bare: Draft = { id: null, fields, secrets: {} };
    const { field, id } = await app.ok('requests.signIn', { draft: bare });
    const elsewhere = await startApi(json([]));
    const { engine } = fields;
    const config = { ...engine.config, baseUrl: elsewhere.origin };
    const moved = { ...fields, engine: { ...engine, config } as Draft['fields']['engine'] };
    const secrets = { [field]: { type: 'obtained', id } } as const;
    expect(await app.codeOf('dataSources.save', { id: null, fields: moved, secrets })).toBe(
      'PASSWORD_REQUIRED',
    );
    const report = await app.ok('dataSources.test', { id: null, fields: moved, secrets });
    expect(report).toMatchObject({ outcome: 'failed', error: { code: 'PASSWORD_REQUIRED' } });
    const guessed = { [field]: { type: 'obtained', id: crypto.randomUUID() } } as const;
    expect(await app.codeOf('dataSources.save', { id: null, fields, secrets: guessed })).toBe(
      'PASSWORD_REQUIRED',
    );
    // To sign in again is always possible.
    await app.ok('requests.signIn', { draft: { id: null, fields, secrets: guessed } });
    expect(elsewhere.seen).toEqual([]);
  });
});
