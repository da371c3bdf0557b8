import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, cp, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unprivileged } from '../serverProcess.ts';
import type { ServerPrograms } from './serverPrograms.ts';

/**
 * Makes a fresh data folder that belongs to the server's user. A copy: the server's own installer takes seconds,
 * so its result is kept in the cache (that of the session, or of the user when there is no session).
 */
export async function createDataFolder(programs: ServerPrograms, folder: string): Promise<void> {
  await cp(await ensureTemplate(programs), folder, { recursive: true });
  await giveToServer(folder);
}

/** @returns the template's folder; of several that make it at a time, the first publishes it */
async function ensureTemplate(programs: ServerPrograms): Promise<string> {
  const template = join(programs.templates, `${programs.product}-${programs.fingerprint}`);
  if (existsSync(template)) return template;
  const workshop = await mkdtemp(join(tmpdir(), 'mooring-template-'));
  try {
    await giveToServer(workshop);
    const made = join(workshop, 'data');
    await runInstaller(programs.initialise(made));
    await mkdir(programs.templates, { recursive: true });
    const copy = await mkdtemp(join(programs.templates, 'unfinished-'));
    await cp(made, copy, { recursive: true });
    await rename(copy, template).catch(async (error: unknown) => {
      await rm(copy, { recursive: true, force: true });
      if (!existsSync(template)) throw error;
    });
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
  return template;
}

async function runInstaller([command = '', ...args]: readonly string[]): Promise<void> {
  const installer = spawn(command, args, { ...unprivileged, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (text: string) => {
    output += text;
  };
  installer.stdout.setEncoding('utf8').on('data', keep);
  installer.stderr.setEncoding('utf8').on('data', keep);
  const [exitCode] = await once(installer, 'close');
  if (exitCode !== 0) throw new Error(`The data folder could not be made: ${output}`);
}

/** A file, or a folder with all in it, when the server's user is another than ours. */
export async function giveToServer(place: string): Promise<void> {
  if (unprivileged.uid === undefined) return;
  await chown(place, unprivileged.uid, unprivileged.gid);
  if (!(await stat(place)).isDirectory()) return;
  for (const entry of await readdir(place, { recursive: true })) {
    await chown(join(place, entry), unprivileged.uid, unprivileged.gid);
  }
}
