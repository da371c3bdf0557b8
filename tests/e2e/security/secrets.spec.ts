import { randomUUID } from 'node:crypto';
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { Page } from '@playwright/test';
import type { CallName } from '../../../src/shared/ipc/contract.ts';
import { eventNames } from '../../../src/shared/ipc/events.ts';
import { edited, someFields, storedPassword, typedPassword } from '../../support/dataSources.ts';
import { callApi, type PageApi } from '../support/callApi.ts';
import { filesWithSecret, spellings } from '../support/findSecret.ts';
import { expect, test } from './claim.ts';

/** Answers everything with what it was sent, as a hostile server would to have it shown or logged. */
let echoServer: Server;

test.beforeEach(async () => {
  echoServer = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => echoServer.listen(0, '127.0.0.1', resolve));
});

test.afterEach(() => {
  echoServer.close();
});

/** Uses a password in every call that a password can touch, and returns all that the page got to see from main. */
async function useSecret(page: Page, secret: string): Promise<string> {
  await page.evaluate((names) => {
    const seen: unknown[] = [];
    const { api } = window as unknown as { api: Partial<PageApi> };
    for (const name of names) api.on?.(name, (payload) => seen.push(payload));
    Object.assign(window, { seen });
  }, eventNames);
  const answers: unknown[] = [];
  const call = async (name: CallName, input: unknown): Promise<{ dataSource?: { id: string } }> => {
    const answer = await callApi(page, name, input as never);
    answers.push(answer);
    return (answer.ok ? answer.value : {}) as { dataSource?: { id: string } };
  };
  const { port } = echoServer.address() as AddressInfo;
  const secrets = typedPassword(secret);
  for (const fields of [
    someFields({ host: '127.0.0.1', port }),
    someFields({ host: '127.0.0.1', port: 9 }),
  ]) {
    await call('dataSources.test', { id: null, fields, secrets });
    // Refused for its port: what is refused must not be repeated either.
    await call('dataSources.test', { id: null, fields: edited(fields, { port: 0 }), secrets });
    const id = (await call('dataSources.save', { id: null, fields, secrets })).dataSource?.id ?? randomUUID();
    await call('dataSources.test', { id, fields, secrets: storedPassword });
    for (const name of ['connect', 'serverInfo', 'duplicate', 'disconnect', 'remove', 'restore'] as const) {
      await call(`dataSources.${name}`, name === 'connect' ? { id, secret: null } : { id });
    }
    await call('schema.countRows', { id, relation: { schema: 'public', name: 'none' } });
    await call('metrics.range', { id, from: 0, to: Date.now() });
  }
  for (const name of ['dataSources.list', 'dataSources.states', 'app.info', 'demo.status'] as const) {
    await call(name, null);
  }
  const seen = await page.evaluate(() => (window as unknown as { seen: unknown[] }).seen);
  expect(answers.length).toBeGreaterThan(20);
  return JSON.stringify([answers, seen]);
}

const holds = (text: string, secret: string) =>
  spellings(secret).some((needle) => text.includes(needle.toString()));

/** Letters only, so that no encoding on the way changes it. */
const makeCanary = () => `Canary${randomUUID().replaceAll('-', '')}`;

test('E19 no answer, event or file ever holds a password in any spelling', async ({ mooring, userData }) => {
  const canary = makeCanary();
  const seen = await useSecret(mooring.page, canary);
  expect(seen).toContain('"stored":true');
  expect(holds(seen, canary)).toBe(false);
  await mooring.close();
  expect(filesWithSecret(userData, canary)).toEqual([]);
});

test('E19 no answer holds a password (seen to fail in the weak app)', async ({ lentWeakApp }) => {
  const canary = makeCanary();
  expect(holds(await useSecret(lentWeakApp.page, canary), canary)).toBe(true);
});
