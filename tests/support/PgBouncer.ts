import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { PostgresCluster } from './postgresCluster.ts';
import { freePort, unprivileged, untilReady } from './serverProcess.ts';

const readyLine = 'process up';

/** A PgBouncer in front of a server, for its superuser; only the matrix has the program. */
export class PgBouncer {
  readonly host = '127.0.0.1';
  readonly port: number;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(folder: string, port: number, bouncer: ChildProcess) {
    this.#folder = folder;
    this.port = port;
    this.#process = bouncer;
  }

  /** @param settings lines of pgbouncer.ini, by name */
  static async start(
    to: PostgresCluster,
    mode: 'session' | 'transaction',
    settings: Readonly<Record<string, string>> = {},
  ): Promise<PgBouncer> {
    const program = join(process.env.MOORING_MATRIX_FOLDER ?? '', process.env.MOORING_PGBOUNCER ?? '');
    const folder = await mkdtemp(join(tmpdir(), 'mooring-pgbouncer-'));
    const port = await freePort();
    const lines = Object.entries({
      ...{ listen_addr: '127.0.0.1', listen_port: String(port), unix_socket_dir: '' },
      ...{ auth_type: 'scram-sha-256', auth_file: join(folder, 'users.txt'), pool_mode: mode },
      ...settings,
    }).map(([name, value]) => `${name} = ${value}`);
    const server = `* = host=${to.host} port=${to.port}`;
    await writeFile(
      join(folder, 'pgbouncer.ini'),
      ['[databases]', server, '[pgbouncer]', ...lines].join('\n'),
    );
    await writeFile(join(folder, 'users.txt'), `"${to.user}" "${to.password}"\n`);
    await giveAway(folder);
    const bouncer = spawn(program, [join(folder, 'pgbouncer.ini')], {
      ...unprivileged,
      // Its libraries are beside it.
      env: { ...process.env, LD_LIBRARY_PATH: dirname(program) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let log = '';
    bouncer.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
    await untilReady(bouncer, () => log, readyLine);
    return new PgBouncer(folder, port, bouncer);
  }

  async dispose(): Promise<void> {
    const exit = once(this.#process, 'exit');
    if (this.#process.kill('SIGKILL')) await exit;
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** A test run that is root starts it as nobody. */
async function giveAway(folder: string): Promise<void> {
  const { uid, gid } = { uid: undefined, gid: undefined, ...unprivileged };
  if (uid === undefined || gid === undefined) return;
  for (const name of ['.', ...(await readdir(folder))]) await chown(join(folder, name), uid, gid);
}
