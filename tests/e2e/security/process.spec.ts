import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { electronProgram, projectFolder } from '../support/electronProgram.ts';
import type { RunningApp } from '../support/launchApp.ts';
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

/** Starts the app without Playwright, which kills what ends by itself, and waits until the page has its list. */
async function startAlone(userData: string): Promise<{ child: ChildProcess; readLog: () => string }> {
  const env = { ...process.env, MOORING_USER_DATA: userData };
  const child = spawn(await electronProgram(), [projectFolder], { env, stdio: 'ignore' });
  const logFile = join(userData, 'logs', 'mooring.log');
  const readLog = () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
  await expect.poll(readLog, { timeout: 30_000 }).toContain('"message":"Mooring started"');
  return { child, readLog };
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`on ${signal} everything is closed in order and the process ends well`, async ({ userData }) => {
    const { child, readLog } = await startAlone(userData);
    const exited = once(child, 'exit');
    child.kill(signal);
    expect(await exited).toEqual([0, null]);
    expect(readLog()).toMatch(/"step":"store","outcome":"done"/);
  });
}

const isVisible = ({ app }: RunningApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());

const boundsOf = ({ app }: RunningApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());

test('the window opens where it was, as large as it was', async ({ launch }) => {
  const bounds = { x: 30, y: 40, width: 1_000, height: 650 };
  const first = await launch();
  await first.app.evaluate(
    ({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setBounds(wanted),
    bounds,
  );
  await expect.poll(() => isVisible(first)).toBe(true);
  await expect.poll(() => boundsOf(first)).toEqual(bounds);
  await first.close();
  expect(await boundsOf(await launch())).toEqual(bounds);
});
