import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron as electron, type Page } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { electronProgram, playwrightLoader, projectFolder } from '../e2e/support/electronProgram.ts';
import type { Figure } from './figures.ts';

const pageFolder = join(projectFolder, 'tests', 'bench', 'gridPage');

/** The value that so many of a hundred do not exceed. */
function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor((share / 100) * sorted.length))] ?? Number.NaN;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The grid in a real window without a graphics card, over made-up rows: a wheel, jumps and going sideways, each against a page with nothing in it. */
export async function measureGrid(): Promise<readonly Figure[]> {
  const built = mkdtempSync(join(tmpdir(), 'mooring-grid-'));
  try {
    await build({
      root: pageFolder,
      base: './',
      logLevel: 'error',
      plugins: [react()],
      build: { outDir: built, emptyOutDir: true, target: 'chrome130', modulePreload: { polyfill: false } },
    });
    const tall = await inWindow(built, 'rows=1000000&columns=20', async (page) => ({
      empty: await framesOf(page, 'empty', 400),
      slow: await framesOf(page, 'slow', 400),
      jumps: await framesOf(page, 'jumps', 60),
    }));
    const wide = await inWindow(built, 'rows=1000&columns=1600', async (page) => ({
      empty: await framesOf(page, 'empty', 400),
      sideways: await framesOf(page, 'sideways', 400),
    }));
    const emptyMs = percentile(tall.empty, 95);
    const framesPerSecond = 1_000 / mean(wide.sideways);
    const emptyPerSecond = 1_000 / mean(wide.empty);
    return [
      {
        name: 'grid, 1,000,000 x 20, slow scroll p95',
        value: percentile(tall.slow, 95),
        unit: 'ms',
        against: `an empty page ${emptyMs.toFixed(0)} ms, goal 25`,
      },
      {
        name: 'grid, 1,000,000 x 20, jumps p95',
        value: percentile(tall.jumps, 95),
        unit: 'ms',
        against: `two frames of an empty page ${(2 * emptyMs).toFixed(0)} ms, goal 60`,
      },
      {
        name: 'grid, 1,600 columns, sideways',
        value: framesPerSecond,
        unit: '1/s',
        against: `an empty page ${emptyPerSecond.toFixed(0)} 1/s, goal 50`,
      },
    ];
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
}

const framesOf = (page: Page, name: string, count: number): Promise<number[]> =>
  page.evaluate(`measurements.${name}(${count})`);

async function inWindow<Value>(
  built: string,
  shape: string,
  measure: (page: Page) => Promise<Value>,
): Promise<Value> {
  const app = await electron.launch({
    executablePath: await electronProgram(),
    args: ['-r', playwrightLoader(), pageFolder],
    env: { ...environment(), MOORING_GRID_PAGE: built, MOORING_GRID_SHAPE: shape },
  });
  try {
    const page = await app.firstWindow();
    await page.waitForSelector('[role="gridcell"][aria-colindex="2"]:not([hidden])');
    return await measure(page);
  } finally {
    await app.close();
  }
}

function environment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries.filter(([name]) => name !== 'ELECTRON_RUN_AS_NODE'));
}
