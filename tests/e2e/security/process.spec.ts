import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { electronProgram, projectFolder } from '../support/electronProgram.ts';
import { expect, test } from './claim.ts';

test('T2 nobody else on the machine can read what Mooring keeps', async ({ mooring, userData }) => {
  await mooring.close();
  const entries = readdirSync(userData, { recursive: true, withFileTypes: true });
  const readable = entries
    .filter((entry) => entry.isFile() || entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => (statSync(path).mode & 0o077) !== 0);
  expect(entries.length).toBeGreaterThan(3);
  expect(readable).toEqual([]);
});

test('a second instance leaves at once and brings the first to the front', async ({ mooring, userData }) => {
  const focused = mooring.app.evaluate(
    ({ app }) => new Promise((resolve) => app.once('second-instance', () => resolve('asked to show itself'))),
  );
  const env = { ...process.env, MOORING_USER_DATA: userData };
  const second = spawn(await electronProgram(), [projectFolder], { env, stdio: 'ignore' });
  expect(await once(second, 'exit')).toEqual([0, null]);
  expect(await focused).toBe('asked to show itself');
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`on ${signal} everything is closed in order and the process ends well`, async ({ mooring }) => {
    const mainProcess = mooring.app.process();
    const exited = once(mainProcess, 'exit');
    mainProcess.kill(signal);
    expect(await exited).toEqual([0, null]);
  });
}

test('the window opens where it was, as large as it was', async ({ launch }) => {
  const bounds = { x: 30, y: 40, width: 1_000, height: 650 };
  const first = await launch();
  await first.app.evaluate(
    ({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setBounds(wanted),
    bounds,
  );
  await first.close();
  const second = await launch();
  const opened = await second.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBounds(),
  );
  expect(opened).toEqual(bounds);
});
