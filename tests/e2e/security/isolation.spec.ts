import { readFileSync } from 'node:fs';
import { callNames } from '../../../src/shared/ipc/contract.ts';
import type { RunningApp } from '../support/launchApp.ts';
import { claim, expect, test } from './claim.ts';

claim('E1 the window has the safe settings', {
  probe: ({ app }) =>
    app.evaluate(({ BrowserWindow }) => {
      // Not documented, and the only way to see what the window was really made with.
      type Revealing = { getLastWebPreferences(): Record<string, unknown> };
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as Revealing;
      const { sandbox, contextIsolation, webSecurity, nodeIntegration, webviewTag } =
        contents.getLastWebPreferences();
      return { sandbox, contextIsolation, webSecurity, nodeIntegration, webviewTag };
    }),
  inMooring: {
    sandbox: true,
    contextIsolation: true,
    webSecurity: true,
    nodeIntegration: false,
    webviewTag: false,
  },
  inWeakApp: {
    sandbox: false,
    contextIsolation: false,
    webSecurity: false,
    nodeIntegration: true,
    webviewTag: true,
  },
});

claim('E2 the operating system confines the page: its process has a seccomp filter', {
  probe: async ({ app }) => {
    const pid = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
    );
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return {
      seccomp: /^Seccomp:\s*(\d)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1],
      hasNoSandboxSwitch: commandLine.includes('--no-sandbox'),
    };
  },
  inMooring: { seccomp: '2', hasNoSandboxSwitch: false },
  inWeakApp: { seccomp: '0', hasNoSandboxSwitch: true },
});

claim('E3 the page has nothing of Node', {
  probe: ({ page }) =>
    page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in globalThis),
    ),
  inMooring: [] as string[],
  inWeakApp: ['require', 'process', 'module', 'Buffer', 'global'],
});

/** Tries to put another function in place of one of the API, at every level. */
const overwrite = ({ page }: RunningApp) =>
  page.evaluate(() => {
    const api = (window as unknown as { api: { calls: { app: Record<string, unknown> } } }).api;
    const hijack = () => 'hijacked';
    const attempts = [
      () => Object.assign(api.calls.app, { info: hijack }),
      () => Object.assign(api.calls, { app: { info: hijack } }),
      () => Object.assign(window, { api: { calls: { app: { info: hijack } } } }),
    ];
    for (const attempt of attempts) {
      try {
        attempt();
      } catch {
        // Refused: what counts is what is there afterwards.
      }
    }
    return String((window as unknown as typeof globalThis & { api: typeof api }).api.calls.app.info).includes(
      'hijacked',
    );
  });

claim('E4 the API cannot be replaced from the page', {
  probe: overwrite,
  changes: 'page',
  inMooring: false,
  inWeakApp: true,
});

test('E4 the API is exactly the verbs of the contract and four functions', async ({ sharedMooring }) => {
  const shape = await sharedMooring.page.evaluate(() => {
    const { calls, ...others } = (window as unknown as { api: Record<string, Record<string, object>> }).api;
    const verbs = Object.entries(calls ?? {}).flatMap(([topic, of]) =>
      Object.keys(of).map((verb) => `${topic}.${verb}`),
    );
    return { verbs, others: Object.keys(others) };
  });
  expect(shape.verbs.toSorted()).toEqual(callNames.toSorted());
  expect(shape.others.toSorted()).toEqual(['cancel', 'on', 'openStream']);
});

test('E4 listeners get the payload and nothing of Electron', async ({ lentMooring: { app, page } }) => {
  await page.evaluate(() => {
    type Listening = { on(name: string, listener: (...args: unknown[]) => void): void };
    const { api } = window as unknown as { api: Listening };
    Object.assign(window, {
      received: new Promise((resolve) => api.on('app.command', (...args) => resolve(args))),
    });
  });
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.send('mooring.event.app.command', 'find'),
  );
  const received = await page.evaluate(() => (window as unknown as { received: unknown }).received);
  expect(received).toEqual(['find']);
});
