import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const vite = join(projectRoot, 'node_modules', 'vite', 'bin', 'vite.js');
const shippedEntry = 'src/main/headless/mooringWorker.ts';

/**
 * Builds mooring-worker as it is shipped.
 * @param entry another one, for a worker that does something else: it starts ten times faster than from its source
 * @returns its entry, in the folder
 */
export async function buildWorkerProgram(folder: string, entry = shippedEntry): Promise<string> {
  const build = [vite, 'build', '-c', 'vite.worker.config.ts', '--configLoader', 'runner'];
  const args = [...build, '--ssr', entry, '--outDir', folder];
  await promisify(execFile)(process.execPath, args, { cwd: projectRoot });
  return join(folder, 'mooring-worker.mjs');
}
