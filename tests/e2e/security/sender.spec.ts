import { randomUUID } from 'node:crypto';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { WebPreferences } from 'electron';
import { channelOf } from '../../../src/shared/ipc/channels.ts';
import { callNames } from '../../../src/shared/ipc/contract.ts';
import { streamNames } from '../../../src/shared/ipc/streams.ts';
import { someFields } from '../../support/dataSources.ts';
import { callApi, type PageApi } from '../support/callApi.ts';
import { projectFolder } from '../support/electronProgram.ts';
import type { RunningApp } from '../support/launchApp.ts';
import { claim, expect, test } from './claim.ts';

const mooringPreload = { preload: join(projectFolder, 'out', 'preload', 'index.cjs'), sandbox: true };
const weakPreload = {
  preload: join(import.meta.dirname, 'weakApp', 'preload.cjs'),
  sandbox: false,
  contextIsolation: false,
};

/** A second window with the very same preload, which shows a page of somebody else. */
async function openForeignWindow({ app }: RunningApp, webPreferences: WebPreferences): Promise<Page> {
  const opened = app.waitForEvent('window');
  await app.evaluate(({ BrowserWindow }, preferences) => {
    const foreign = new BrowserWindow({ show: false, webPreferences: preferences });
    void foreign.loadURL('data:text/html,<title>foreign</title>');
  }, webPreferences);
  const page = await opened;
  await page.waitForFunction(() => 'api' in window);
  return page;
}

/** What each channel answers to this page; the code of the refusal, or OK. */
const answersTo = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(
    async ([names, callId]) => {
      const { calls } = (window as unknown as { api: PageApi }).api;
      const answers: Record<string, string> = {};
      for (const name of names) {
        const [topic = '', verb = ''] = name.split('.');
        const answer = await calls[topic]?.[verb]?.(callId, null);
        answers[name] = answer?.ok ? 'OK' : String(answer?.error.code);
      }
      return answers;
    },
    [callNames, randomUUID()] as const,
  );

const everyCall = (answer: string) => Object.fromEntries(callNames.map((name) => [name, answer]));

test('E13 a foreign window with our own preload is refused on every channel', async ({ lentMooring }) => {
  expect(await answersTo(await openForeignWindow(lentMooring, mooringPreload))).toEqual(
    everyCall('FORBIDDEN_SENDER'),
  );
});

test('E13 a foreign window is refused (seen to fail in the weak app)', async ({ lentWeakApp }) => {
  expect(await answersTo(await openForeignWindow(lentWeakApp, weakPreload))).toEqual(everyCall('OK'));
});

test('E13 a foreign window opens no stream', async ({ lentMooring }) => {
  const foreign = await openForeignWindow(lentMooring, mooringPreload);
  for (const name of streamNames) {
    const message = await foreign.evaluate(
      ([stream, callId]) => {
        const { api } = window as unknown as { api: PageApi };
        return new Promise((resolve) => api.openStream(stream, callId, null, resolve));
      },
      [name, randomUUID()] as const,
    );
    expect(message, name).toMatchObject({ type: 'error', error: { code: 'FORBIDDEN_SENDER' } });
  }
});

/** Hands every call channel a message as Electron does, with a real sub-frame of the main window as its sender. */
const answersToSubFrame = ({ app, page }: RunningApp) =>
  page
    .evaluate(() => {
      document.body.append(document.createElement('iframe'));
    })
    .then(() =>
      app.evaluate(async ({ BrowserWindow, ipcMain }, channels) => {
        // Where Electron keeps the handlers; our page's policy lets no sub-frame have a preload to send from.
        type Handler = (
          event: unknown,
          request: unknown,
        ) => Promise<{ ok: boolean; error?: { code: string } }>;
        const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers;
        const sender = BrowserWindow.getAllWindows()[0]?.webContents;
        const event = { type: 'frame', sender, senderFrame: sender?.mainFrame.frames[0] };
        const request = { callId: crypto.randomUUID(), input: null };
        const codes = channels.map(async (channel) => {
          const answer = await handlers.get(channel)?.(event, request);
          return answer?.ok ? 'OK' : answer?.error?.code;
        });
        return [...new Set(await Promise.all(codes))];
      }, callNames.map(channelOf)),
    );

claim('E13 a sub-frame of the main window is refused on every channel', {
  probe: answersToSubFrame,
  inMooring: ['FORBIDDEN_SENDER'],
  inWeakApp: ['OK'],
});

claim('E13 a sub-frame has no API of its own', {
  probe: ({ page }) =>
    page.evaluate(async () => {
      const frame = document.createElement('iframe');
      const settled = new Promise((resolve) => frame.addEventListener('load', resolve));
      frame.src = location.href;
      document.body.append(frame);
      await settled;
      try {
        return typeof (frame.contentWindow as unknown as { api: unknown }).api;
      } catch (error) {
        // The frame shows that it was blocked, and that page has an origin of its own.
        return (error as Error).name;
      }
    }),
  inMooring: 'SecurityError',
  inWeakApp: 'object',
});

test.describe('cancelling', () => {
  let silentServer: Server;

  test.beforeEach(async () => {
    silentServer = createServer();
    await new Promise<void>((resolve) => silentServer.listen(0, '127.0.0.1', resolve));
  });

  test.afterEach(() => {
    silentServer.close();
  });

  test('E13 a foreign window cannot cancel a call of the main window', async ({ lentMooring: mooring }) => {
    const { port } = silentServer.address() as AddressInfo;
    const fields = someFields({ host: '127.0.0.1', port });
    const draft = { id: null, fields, secrets: {} };
    const callId = randomUUID();
    const foreign = await openForeignWindow(mooring, mooringPreload);
    const connected = new Promise((resolve) => silentServer.once('connection', resolve));
    const outcome = mooring.page.evaluate(
      ([id, input]) =>
        (window as unknown as { api: PageApi }).api.calls.dataSources?.test?.(id, input).then(({ ok }) => ok),
      [callId, draft] as const,
    );
    await connected;
    const cancel = (page: Page) =>
      page.evaluate((id) => (window as unknown as { api: PageApi }).api.cancel(id), callId);
    // The door answers in order: what came before this call has been dealt with.
    const isRunning = () =>
      Promise.race([outcome.then(() => false), callApi(mooring.page, 'app.info', null).then(() => true)]);
    await cancel(foreign);
    expect(await isRunning()).toBe(true);
    await cancel(mooring.page);
    expect(await outcome).toBe(false);
  });
});
