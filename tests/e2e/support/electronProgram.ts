import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Root of the project, built. */
export const projectFolder = join(import.meta.dirname, '..', '..', '..');

/** The Electron that the project's scripts run (docs/development.md says which). */
export async function electronProgram(): Promise<string> {
  const script = pathToFileURL(join(projectFolder, 'scripts', 'bootstrap.mjs')).href;
  const bootstrap: { resolveElectron(): { executablePath: string } } = await import(script);
  return bootstrap.resolveElectron().executablePath;
}
