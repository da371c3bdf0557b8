import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import pg from 'pg';
import { callApi } from '../e2e/support/callApi.ts';
import { launchApp } from '../e2e/support/launchApp.ts';
import { cancelRun, editor, runAll, write } from '../e2e/support/queryTab.ts';
import { pasteUrl, saveAndConnect } from '../e2e/support/steps.ts';
import { PostgresCluster } from '../support/postgresCluster.ts';
import { type Figure, median, timed } from './figures.ts';

const firstRowsRounds = 25;
const keyCount = 80;
/** Keys come as fast as a quick hand types them. */
const betweenKeysMs = 60;

/**
 * In the page, as text, since the types of this folder know no page: `latencies` has the milliseconds from each key until
 * what it did was drawn. Each time that `isDone` is true after a change, the next frame draws it, and a message behind the
 * callbacks of that frame comes when it is drawn. `drawnAt` is when that was last, in epoch milliseconds.
 */
const listener = (isDone: string, isOnce: boolean): string => `{
  globalThis.stopLatencies?.();
  globalThis.latencies = [];
  let pressedAt = null;
  const onKey = ({ timeStamp }) => { pressedAt = timeStamp; };
  const observer = new MutationObserver(() => {
    if (pressedAt === null || !(${isDone})) return;
    const startedAt = pressedAt;
    pressedAt = null;
    if (${isOnce}) observer.disconnect();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        globalThis.drawnAt = performance.timeOrigin + performance.now();
        globalThis.latencies.push(performance.now() - startedAt);
      };
      port2.postMessage(null);
    });
  });
  window.addEventListener('keydown', onKey, { capture: true });
  observer.observe(document.querySelector('main'), { subtree: true, childList: true, characterData: true });
  globalThis.stopLatencies = () => {
    observer.disconnect();
    window.removeEventListener('keydown', onKey, { capture: true });
  };
}`;

const latenciesIn = (page: Page): Promise<number[]> => page.evaluate('globalThis.latencies');

async function firstLatency(page: Page): Promise<number[]> {
  for (let tries = 0; tries < 2_000; tries += 1) {
    const latencies = await latenciesIn(page);
    if (latencies.length > 0) return latencies;
    await wait(5);
  }
  throw new Error('The rows are not on the screen.');
}

/** What a person waits for in the real app: the first rows of a statement, and keys while a million rows come. */
export async function measureWindow(): Promise<readonly Figure[]> {
  const cluster = await PostgresCluster.start();
  const userData = mkdtempSync(join(tmpdir(), 'mooring-window-'));
  const { page, close } = await launchApp({ userData });
  const { host, port, user, password } = cluster;
  const client = new pg.Client({ host, port, user, password, database: 'postgres' });
  try {
    await client.connect();
    await pasteUrl(page, `postgres://${user}:${password}@${host}:${port}/postgres?sslmode=disable`);
    await saveAndConnect(page);
    await page.keyboard.press('Control+t');
    return [await measureFirstRows(page, client), await measureKeys(page)];
  } finally {
    await client.end();
    await close();
    rmSync(userData, { recursive: true, force: true });
    await cluster.dispose();
  }
}

/** A number in front of the rows tells those of one round from those of the last. */
const statement = (round: number) =>
  `SELECT ${round} AS round, g, md5(g::text) FROM generate_series(1, 200) g`;

async function measureFirstRows(page: Page, client: pg.Client): Promise<Figure> {
  const [shown, arrived, bare]: [number[], number[], number[]] = [[], [], []];
  for (let round = 1; round <= firstRowsRounds; round += 1) {
    await write(page, statement(round));
    const cell = `document.querySelector('[role="gridcell"]:not([hidden])')`;
    await page.evaluate(listener(`${cell}?.textContent === '${round}'`, true));
    await page.keyboard.press('Control+Enter');
    const [latency = Number.NaN] = await firstLatency(page);
    // The first one opens the session of the tab.
    if (round > 1) {
      shown.push(latency);
      arrived.push((await page.evaluate<number>('globalThis.drawnAt')) - (await arrivalOf(page, round)));
    }
    bare.push(await timed(() => client.query(statement(round))));
  }
  return {
    name: 'first rows on the screen',
    value: median(arrived),
    unit: 'ms',
    against: `from their arrival (goal 50); ${median(shown).toFixed(0)} ms from the key that runs the statement, pg has them after ${median(bare).toFixed(1)} ms`,
  };
}

/** When main had the rows of a round, in epoch milliseconds, as its history says. */
async function arrivalOf(page: Page, round: number): Promise<number> {
  const input = { search: `SELECT ${round} AS`, sourceId: null, beforeId: null, limit: 1 };
  const answer = await callApi(page, 'history.page', input);
  const entry = answer.ok ? answer.value.entries[0] : undefined;
  if (entry === undefined) throw new Error('The statement is not in the history.');
  return entry.startedAt + entry.durationMs;
}

/** Of a hundred keys, the time that 95 and 50 of them do not exceed. */
function shares(latencies: readonly number[]): { readonly most: number; readonly half: number } {
  const sorted = [...latencies].sort((left, right) => left - right);
  return { most: sorted[Math.floor(0.95 * sorted.length)] ?? Number.NaN, half: median(sorted) };
}

async function typeKeys(page: Page): Promise<ReturnType<typeof shares>> {
  await page.evaluate(listener('true', false));
  for (let key = 0; key < keyCount; key += 1) {
    await page.keyboard.press('x');
    await wait(betweenKeysMs);
  }
  return shares(await latenciesIn(page));
}

async function measureKeys(page: Page): Promise<Figure> {
  await write(page, '-- ');
  const idle = await typeKeys(page);
  await runAll(page, 'SELECT g, md5(g::text), g * 7 AS n, now() AS at FROM generate_series(1, 5000000) g');
  await editor(page).press('Control+End');
  const busy = await typeKeys(page);
  if (!(await page.getByRole('button', { name: 'Cancel', exact: true }).isVisible())) {
    throw new Error('The rows had come before the last key.');
  }
  // An app that is closed while something runs asks first.
  await cancelRun(page);
  return {
    name: 'a key on the screen while rows come',
    value: busy.most,
    unit: 'ms',
    against: `95 of 100 keys (goal 50), half of them ${busy.half.toFixed(0)} ms; idle ${idle.most.toFixed(0)} and ${idle.half.toFixed(0)} ms`,
  };
}
