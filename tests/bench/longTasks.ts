import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';

/** In the page, as text, since the types of this folder know no page: `tasks` has the tasks of over 50 ms, in milliseconds. */
const observer = `
  globalThis.tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'longtask' });
`;

/** Begins to count long tasks of a page, once the start of the app is over. */
export async function watchTasks(page: Page): Promise<void> {
  await wait(3_000);
  await page.evaluate(observer);
}

/** The longest task of over 50 ms while something is done; 0 for none. */
export async function longestDuring(page: Page, work: () => Promise<unknown>): Promise<number> {
  await page.evaluate('globalThis.tasks.length = 0');
  await work();
  // A task is told of when it is over.
  await wait(500);
  return page.evaluate('Math.max(0, ...globalThis.tasks)');
}
