import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Root of the project, built. */
export const projectFolder = join(import.meta.dirname, '..', '..', '..');

/** The Electron that the project's scripts run (docs/development.md says which). */
export async function electronProgram(): Promise<string> {
  const script = pathToFileURL(join(projectFolder, 'scripts', 'bootstrap.mjs')).href;
  const bootstrap: { resolveElectron(): { executablePath: string } } = await import(script);
  return bootstrap.resolveElectron().executablePath;
}

/**
 * Playwright's own script that holds the app's `ready` back until Playwright is attached. It uses it by itself only
 * with the `electron` package's binary; without it a window that opens quickly is now and then never announced.
 */
export function playwrightLoader(): string {
  const core = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'));
  return join(core, 'lib', 'server', 'electron', 'loader.js');
}
