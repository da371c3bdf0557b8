import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, cp, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unprivileged } from './serverProcess.ts';

/** What a server's own installer makes in seconds, kept to be copied for each server. */
export interface DataFolderTemplate {
  /** Where it is kept: in the cache of the session, or of the user when there is no session. */
  readonly path: string;
  /** The installer's command line that makes a data folder. */
  readonly installer: (dataFolder: string) => readonly string[];
}

/** Makes a fresh data folder that belongs to the server's user. */
export async function createDataFolder(template: DataFolderTemplate, folder: string): Promise<void> {
  await ensureTemplate(template);
  await copyFolder(template.path, folder);
  await giveToServer(folder);
}

/** Of several processes that make it at a time, the first publishes it. */
async function ensureTemplate({ path, installer }: DataFolderTemplate): Promise<void> {
  if (existsSync(path)) return;
  const workshop = await mkdtemp(join(tmpdir(), 'mooring-template-'));
  try {
    await giveToServer(workshop);
    const made = join(workshop, 'data');
    // MariaDB deletes what others have left in its folder for temporary tables when it starts, and takes those of an
    // installer beside it for that.
    await runAsServer(installer(made), '', { TMPDIR: workshop });
    await mkdir(dirname(path), { recursive: true });
    const copy = await mkdtemp(join(dirname(path), 'unfinished-'));
    await cp(made, copy, { recursive: true });
    await rename(copy, path).catch(async (error: unknown) => {
      await rm(copy, { recursive: true, force: true });
      if (!existsSync(path)) throw error;
    });
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/** Node copies a thousand small files in six times the processor time of `cp`. */
export async function copyFolder(from: string, to: string): Promise<void> {
  if (process.platform === 'win32') return cp(from, to, { recursive: true });
  const copying = spawn('cp', ['-R', from, to], { stdio: 'ignore' });
  const [exitCode] = await once(copying, 'close');
  if (exitCode !== 0) throw new Error(`${from} could not be copied to ${to}`);
}

/**
 * Runs a program of a server to its end, as the server's user; rejects with its output when it fails.
 * @param input for its standard input
 * @param more variables of its environment
 */
export async function runAsServer(
  [command = '', ...args]: readonly string[],
  input = '',
  more: NodeJS.ProcessEnv = {},
): Promise<void> {
  const program = spawn(command, args, {
    ...unprivileged,
    env: { ...serverEnvironment(), ...more },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (text: string) => {
    output += text;
  };
  program.stdout.setEncoding('utf8').on('data', keep);
  program.stderr.setEncoding('utf8').on('data', keep);
  program.stdin.on('error', () => undefined).end(input);
  const [exitCode] = await once(program, 'close');
  if (exitCode !== 0) throw new Error(`${command} failed: ${output}`);
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

/** English messages without translations, and nothing of the developer's own PG* settings. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'));
  return { ...Object.fromEntries(inherited), LC_ALL: 'C', TZ: 'UTC' };
}
