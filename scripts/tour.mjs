/** `npm run tour`: the real application under a virtual display, driven through its main job, with screenshots. */

import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuild } from './bootstrap/applicationBuild.mjs';
import { packageProgram } from './bootstrap/packageProgram.mjs';
import { inProject } from './bootstrap/project.mjs';
import { runScript, say } from './bootstrap/report.mjs';
import { bootstrap } from './bootstrap.mjs';
import { runInSession } from './session.mjs';

const TOUR_FOLDER = inProject('artifacts', 'tour');

/**
 * @param {string[]} args for the tour itself
 * @returns {Promise<number>} exit code
 */
export async function tour(args) {
  const electron = await bootstrap({ headless: true });
  await ensureBuild();
  rmSync(TOUR_FOLDER, { recursive: true, force: true });
  const program = path.relative(inProject(), packageProgram('@playwright/test', 'playwright'));
  const config = path.join('tests', 'tour', 'playwright.config.ts');
  const command = ['node', program, 'test', '--config', config, ...args];
  const { status } = await runInSession(command, { electron, artifacts: TOUR_FOLDER });
  if (status === 0) sayWhereScreenshotsAre();
  return status;
}

function sayWhereScreenshotsAre() {
  const count = readdirSync(TOUR_FOLDER).filter((name) => name.endsWith('.png')).length;
  say(`The ${count} screenshots are in ${TOUR_FOLDER}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runScript(() => tour(process.argv.slice(2)));
}
