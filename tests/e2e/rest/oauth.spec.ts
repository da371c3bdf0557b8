import type { Page } from '@playwright/test';
import { ApiServer, json } from '../../support/rest/ApiServer.ts';
import { AuthorizationServer } from '../../support/rest/AuthorizationServer.ts';
import { filesWithSecret } from '../support/findSecret.ts';
import { cellAt } from '../support/grid.ts';
import type { RunningApp } from '../support/launchApp.ts';
import { expectState, expectTestPassed, saveAndConnect } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { connectShown, openRelation, openSource } from '../support/window.ts';

const users = [
  { id: 1, name: 'Ann' },
  { id: 2, name: 'Bob' },
];

const servers: ApiServer[] = [];

async function listen(answer: Parameters<typeof ApiServer.listen>[0]): Promise<ApiServer> {
  const server = await ApiServer.listen(answer);
  servers.push(server);
  return server;
}

test.afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Answers users to whoever brings a token that the authorisation server gave. */
async function startServers() {
  const server = new AuthorizationServer(await listen(() => undefined));
  const api = await listen((request, response) => {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const answer = server.tokens.includes(token) ? json(users) : json({ error: 'no token' }, {}, 401);
    answer(request, response);
  });
  return { server, api };
}

async function startRest(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New data source' }).first().click();
  await page.getByRole('button', { name: /^REST API/ }).click();
}

/** Follows the address as a browser does: to the page of the server, and from there back to Mooring. */
async function followSignIn({ app }: RunningApp): Promise<string> {
  const opened = () => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
  await expect.poll(async () => (await opened()).length).toBe(1);
  const [address = ''] = await opened();
  const response = await fetch(address);
  expect(response.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback\?/);
  expect(await response.text()).toContain('You are signed in');
  return address;
}

test('a person signs in at an API, whose rows are read after a restart without signing in again', async ({
  launch,
  userData,
}) => {
  const { api, server } = await startServers();
  const running = await launch();
  const { app, page } = running;
  await page.setViewportSize({ width: 1280, height: 800 });

  await test.step('the person signs in, in the browser', async () => {
    // The session of tests has no browser: what would be opened is kept, and the test goes there.
    await app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = async (url) => void opened.push(url);
    });
    await startRest(page);
    await page.getByLabel('Base URL').fill(api.origin);
    await page.getByLabel('Authentication').and(page.locator('input')).click();
    await page.getByRole('option', { name: 'OAuth 2: sign in' }).click();
    await page.getByLabel('Authorization URL').fill(server.authorizationUrl);
    await page.getByLabel('Token URL').fill(server.tokenUrl);
    await page.getByLabel('Client ID').fill(server.clientId);
    await page.getByRole('textbox', { name: 'Name', exact: true }).first().fill('Team API');
    await page.getByPlaceholder('/users').fill('/users');
    await page.getByPlaceholder('users', { exact: true }).fill('users');
    await page.getByRole('button', { name: 'Add by hand' }).click();
    await page.getByRole('button', { name: 'Sign in…' }).click();
    const address = new URL(await followSignIn(running));
    expect(address.searchParams.get('code_challenge_method')).toBe('S256');
    await expect(page.getByText('Signed in.', { exact: true })).toBeVisible();
  });

  await test.step('the API is tested, saved and read', async () => {
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expectTestPassed(page);
    await saveAndConnect(page);
    await openRelation(page, 'Resources', 'users');
    await expect(cellAt(page, 2, 2)).toHaveText('Bob');
    await running.close();
  });

  await test.step('the next start reads with what the vault has', async () => {
    const again = await launch();
    const before = api.seen.length;
    await openSource(again.page, 'Team API');
    await connectShown(again.page);
    await expectState(again.page, 'Connected');
    await openRelation(again.page, 'Resources', 'users');
    await expect(cellAt(again.page, 1, 2)).toHaveText('Ann');
    expect(api.seen.length).toBeGreaterThan(before);
    expect(server.asked.at(-1)?.get('grant_type')).toBe('refresh_token');
    await again.close();
  });

  await test.step('no token is in any file', async () => {
    const given = [...server.tokens, ...server.givenRefreshTokens];
    expect(given.length).toBeGreaterThan(2);
    expect(given.flatMap((token) => filesWithSecret(userData, token))).toEqual([]);
  });
});

const curl = (origin: string) =>
  `curl '${origin}/users?team=red' -H 'Authorization: Bearer t0ken-of-the-command' -H 'Accept: application/json'`;

const document = (origin: string) =>
  JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Team', version: '1' },
    servers: [{ url: origin }],
    paths: {
      '/teams': {
        get: {
          operationId: 'listTeams',
          tags: ['Resources'],
          responses: {
            200: {
              description: 'Teams',
              content: {
                'application/json': {
                  schema: {
                    type: 'array',
                    items: {
                      type: 'object',
                      properties: { id: { type: 'integer' }, title: { type: 'string' } },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  });

test('a pasted curl command and a pasted document make a data source', async ({ mooring, userData }) => {
  const { page } = mooring;
  const api = await listen((request, response) => {
    const isKnown = request.headers.authorization === 'Bearer t0ken-of-the-command';
    const rows = request.url.startsWith('/teams') ? [{ id: 7, title: 'red' }] : users;
    const answer = isKnown ? json(rows) : json({}, {}, 401);
    answer(request, response);
  });
  await startRest(page);
  await page.getByLabel('Connection URL or string').fill(curl(api.origin));
  await page.getByRole('button', { name: 'Fill in' }).click();
  await expect(page.getByLabel('Base URL')).toHaveValue(api.origin);

  await test.step('resources are chosen from the text of a document', async () => {
    await page.getByRole('button', { name: 'Import document or curl…' }).click();
    const window = page.getByRole('dialog', { name: 'Import resources' });
    await window.getByText('Text', { exact: true }).click();
    await window.getByLabel('Text of the document').fill(document(api.origin));
    await window.getByRole('button', { name: 'Read', exact: true }).click();
    await expect(window.getByText('Team 1', { exact: true })).toBeVisible();
    await window.getByRole('button', { name: 'Add 1 resource' }).click();
    await expect(window).toBeHidden();
  });

  await test.step('both are there, and are read with the log-in of the command', async () => {
    await saveAndConnect(page);
    await openRelation(page, 'Resources', 'teams');
    await expect(cellAt(page, 1, 2)).toHaveText('red');
    await openRelation(page, 'Resources', 'users');
    await expect(cellAt(page, 2, 2)).toHaveText('Bob');
    expect(api.seen.some(({ url }) => url === '/users?team=red')).toBe(true);
    expect(filesWithSecret(userData, 't0ken-of-the-command')).toEqual([]);
  });
});
