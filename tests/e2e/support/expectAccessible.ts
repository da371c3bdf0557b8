import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';
import { expect, test } from './test.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

declare global {
  interface Window {
    axe: { run(options: RunOptions): Promise<AxeResults> };
  }
}

/** What axe finds wrong on the screen, one line each. @param rules empty: all of them */
async function findings(page: Page, rules: readonly string[]): Promise<string[]> {
  // Half a megabyte, which stays until the page is loaded anew.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  // What passes is only counted then, which takes axe half of the time on a large screen. Style sheets and media would
  // be loaded for the rules about orientation, which is off by itself, and about sound, of which the app has none.
  const options: RunOptions = { resultTypes: ['violations'], preload: false };
  if (rules.length > 0) options.runOnly = [...rules];
  const results = await page.evaluate((run) => window.axe.run(run), options);
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`),
  );
}

/** What the size of the window and its colours can change; the elements and what they are called are the same. */
const rulesOfLooks = ['color-contrast', 'scrollable-region-focusable', 'button-name', 'link-name', 'label'];

const looks = [
  { colorScheme: 'light', width: 1280, height: 800, rules: [] },
  { colorScheme: 'dark', width: 900, height: 600, rules: rulesOfLooks },
] as const;

/** Checks the screen as it is: large in light by all rules, then small in dark by those that may differ there. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  await test.step(what, async () => {
    for (const { colorScheme, rules, ...size } of looks) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize(size);
      // A grid of many cells takes axe several seconds, and a busy machine several times as long.
      const options = { message: `${what}, ${colorScheme}`, timeout: 40_000 };
      await expect.poll(() => findings(page, rules), options).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${what} fits ${size.width} px`).toBe(0);
    }
  });
}
