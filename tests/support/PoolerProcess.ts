import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort, unprivileged, untilReady } from './serverProcess.ts';

export interface PoolerOptions {
  /** Of the environment, where the matrix says which program it is. */
  readonly variable: string;
  /** The files that it reads, by name. @param control a port for those that are controlled over one */
  readonly files: (folder: string, port: number, control: number) => Readonly<Record<string, string>>;
  readonly args: (folder: string) => readonly string[];
  /** What it writes when it takes connections. */
  readonly readyLine: string;
}

/** A pooler in front of a server, on a free port of 127.0.0.1; only the matrix has the programs. */
export class PoolerProcess {
  readonly host = '127.0.0.1';
  readonly port: number;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(folder: string, port: number, pooler: ChildProcess) {
    this.#folder = folder;
    this.port = port;
    this.#process = pooler;
  }

  static async start({ variable, files, args, readyLine }: PoolerOptions): Promise<PoolerProcess> {
    const program = join(process.env.MOORING_MATRIX_FOLDER ?? '', process.env[variable] ?? '');
    const folder = await mkdtemp(join(tmpdir(), 'mooring-pooler-'));
    const port = await freePort();
    const texts = files(folder, port, await freePort());
    for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
    await giveAway(folder);
    const pooler = spawn(program, args(folder), {
      ...unprivileged,
      // Its libraries are beside it.
      env: { ...process.env, LD_LIBRARY_PATH: dirname(program) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let log = '';
    pooler.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
    await untilReady(pooler, () => log, readyLine);
    return new PoolerProcess(folder, port, pooler);
  }

  /** @param signal that ends it with all its processes */
  async dispose(signal: 'SIGKILL' | 'SIGINT' = 'SIGKILL'): Promise<void> {
    const exit = once(this.#process, 'exit');
    if (this.#process.kill(signal)) await exit;
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** A test run that is root starts it as nobody. */
async function giveAway(folder: string): Promise<void> {
  const { uid, gid } = { uid: undefined, gid: undefined, ...unprivileged };
  if (uid === undefined || gid === undefined) return;
  for (const name of ['.', ...(await readdir(folder))]) await chown(join(folder, name), uid, gid);
}
