import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import { electronProgram, projectFolder } from '../e2e/support/electronProgram.ts';
import { type Figure, median } from './figures.ts';

/** The first round of each app fills the system's caches and is not counted. */
const roundCount = Number(process.env.MOORING_BENCH_START_ROUNDS ?? 10);
/** Nothing is attached to an app while it starts: a debugger slows it down. */
const settleMs = 2_500;

const apps = { blank: join(projectFolder, 'tests', 'bench', 'blankApp'), mooring: projectFolder };
type AppName = keyof typeof apps;

interface Start {
  /** Milliseconds from the launch of the process to the first text on the screen. */
  readonly firstPaintMs: number;
  /** … until the window shows what a person can work with. */
  readonly usableMs: number;
  /** Proportional set size of all processes of the app, in MiB. */
  readonly pssMiB: number;
}

/** Start of the app against an empty window of the same Electron, in turn, each on a fresh data folder. */
export async function measureStart(): Promise<readonly Figure[]> {
  const program = await electronProgram();
  const starts: Record<AppName, Start[]> = { blank: [], mooring: [] };
  for (let round = 0; round <= roundCount; round += 1) {
    for (const name of ['blank', 'mooring'] as const) {
      const start = await startOnce(program, apps[name]);
      if (round > 0) starts[name].push(start);
    }
  }
  return [
    figure('start, first paint', 'ms', starts, ({ firstPaintMs }) => firstPaintMs),
    figure('start, usable window', 'ms', starts, ({ usableMs }) => usableMs),
    figure('start, memory (PSS)', 'MiB', starts, ({ pssMiB }) => pssMiB),
  ];
}

function figure(
  name: string,
  unit: string,
  starts: Record<AppName, Start[]>,
  of: (start: Start) => number,
): Figure {
  const value = median(starts.mooring.map(of));
  const floor = median(starts.blank.map(of));
  const against = `blank Electron window ${floor.toFixed(0)} ${unit}, ratio ${(value / floor).toFixed(2)}`;
  return { name, value, unit, against };
}

async function startOnce(program: string, appFolder: string): Promise<Start> {
  const home = mkdtempSync(join(tmpdir(), 'mooring-start-'));
  const launchedAt = performance.timeOrigin + performance.now();
  const electron = spawn(program, [appFolder, '--remote-debugging-port=0'], {
    env: { ...process.env, XDG_CONFIG_HOME: home, MOORING_USER_DATA: join(home, 'Mooring') },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    const endpoint = await debuggerEndpoint(electron);
    await wait(settleMs);
    const pssMiB = memoryOf(electron.pid ?? 0);
    const browser = await chromium.connectOverCDP(endpoint);
    const page = browser.contexts()[0]?.pages()[0];
    if (page === undefined) throw new Error('The app has no window.');
    const { origin, firstPaint, usable } = await readMarks(page);
    await browser.close();
    return { firstPaintMs: origin + firstPaint - launchedAt, usableMs: origin + usable - launchedAt, pssMiB };
  } finally {
    for (const pid of processTree(electron.pid ?? 0).reverse()) endProcess(pid);
    await new Promise((resolve) => electron.once('exit', resolve));
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended with its parent.
  }
}

function debuggerEndpoint(electron: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    electron.stderr?.on('data', (chunk: Buffer) => {
      printed += chunk.toString('utf8');
      const found = /ws:\/\/\S+/.exec(printed);
      if (found !== null) resolve(found[0]);
    });
    electron.once('exit', () => reject(new Error(`Electron ended: ${printed.slice(-500)}`)));
  });
}

/** When the page's clock began (wall clock), and its own marks on it; a blank page is usable once it is painted. */
function readMarks(page: Page): Promise<{ origin: number; firstPaint: number; usable: number }> {
  return page.evaluate(() => {
    const firstPaint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN;
    const usable = performance.getEntriesByName('mooring.usable')[0]?.startTime ?? firstPaint;
    return { origin: performance.timeOrigin, firstPaint, usable };
  });
}

/** A process and everything below it. */
function processTree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = parentOf(entry);
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return -1;
  }
}

function memoryOf(root: number): number {
  return processTree(root).reduce((sum, pid) => sum + pssOf(pid), 0) / 1_024;
}

/** In KiB; zero for a process that has just ended. */
function pssOf(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
