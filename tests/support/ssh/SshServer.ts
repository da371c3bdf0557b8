import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort, unprivileged, untilReady } from '../serverProcess.ts';
import { resolveTestServers } from '../testServers.ts';

const run = promisify(execFile);
const readyLine = 'Server listening on';

/** A key pair of a person, in a folder of its own. */
export interface PersonalKey {
  /** The path of the private key. */
  readonly path: string;
  readonly publicLine: string;
  dispose(): Promise<void>;
}

export interface KeyOptions {
  readonly passphrase?: string;
  readonly type?: 'ed25519' | 'rsa';
  /** As `ssh-keygen -m` names it; default: OpenSSH's own. */
  readonly format?: 'RFC4716' | 'PKCS8';
}

/** A pair of keys as `ssh-keygen` makes it. */
export async function makeKey(options: KeyOptions = {}): Promise<PersonalKey> {
  const { passphrase = '', type = 'ed25519', format = 'RFC4716' } = options;
  const folder = await mkdtemp(join(tmpdir(), 'mooring-ssh-key-'));
  const path = join(folder, 'id');
  await run('ssh-keygen', ['-q', '-t', type, '-m', format, '-N', passphrase, '-f', path]);
  return {
    path,
    publicLine: (await readFile(`${path}.pub`, 'utf8')).trim(),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}

export interface SshServerOptions {
  /** Public keys that are let in. */
  readonly authorized: readonly string[];
  /** More lines of sshd_config, such as `AllowTcpForwarding no`. */
  readonly settings?: readonly string[];
}

/** A real sshd on a free port of 127.0.0.1, which lets its own user in with a key. */
export class SshServer {
  readonly host = '127.0.0.1';
  readonly user = 'uid' in unprivileged ? 'nobody' : userInfo().username;
  readonly port: number;
  readonly #folder: string;
  readonly #program: string;
  #process: ChildProcess | null = null;
  #log = '';

  private constructor(folder: string, port: number, program: string) {
    this.#folder = folder;
    this.port = port;
    this.#program = program;
  }

  /** Rejects when the machine has no sshd. */
  static async start(options: SshServerOptions): Promise<SshServer> {
    const { ssh } = await resolveTestServers();
    if (ssh === undefined) throw new Error('No sshd here; see docs/development.md.');
    const folder = await mkdtemp(join(tmpdir(), 'mooring-sshd-'));
    const server = new SshServer(folder, await freePort(), ssh.server);
    try {
      await server.newHostKey();
      await server.#configure(options);
      await server.startServer();
      return server;
    } catch (error) {
      await server.dispose();
      throw error;
    }
  }

  /** Connections that are open, as the server has a process for each. */
  async openCount(): Promise<number> {
    const children = `/proc/${this.#process?.pid}/task/${this.#process?.pid}/children`;
    return (await readFile(children, 'utf8'))
      .trim()
      .split(/\s+/)
      .filter((pid) => pid !== '').length;
  }

  /** Another host key from the next start on. */
  async newHostKey(): Promise<void> {
    const path = this.#path('host_key');
    await rm(path, { force: true });
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path]);
  }

  /** The line of known_hosts about this server. */
  async knownHostLine(): Promise<string> {
    const [type, key] = (await readFile(`${this.#path('host_key')}.pub`, 'utf8')).split(' ');
    return `[${this.host}]:${this.port} ${type} ${key}`;
  }

  async startServer(): Promise<void> {
    await this.#giveAway();
    this.#log = '';
    const server = spawn(this.#program, ['-D', '-e', '-f', this.#path('sshd_config')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      ...unprivileged,
    });
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#log += text;
    });
    this.#process = server;
    await untilReady(server, () => this.#log, readyLine);
  }

  /** Ends the server; sessions that are open go on. */
  async stop(): Promise<void> {
    const server = this.#process;
    this.#process = null;
    if (server === null || server.exitCode !== null || server.signalCode !== null) return;
    const exit = once(server, 'exit');
    server.kill('SIGTERM');
    await exit;
  }

  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #configure({ authorized, settings = [] }: SshServerOptions): Promise<void> {
    await writeFile(this.#path('authorized_keys'), `${authorized.join('\n')}\n`);
    // With PAM it does not matter that the accounts of a test run have no password.
    const lines = [
      ...[`ListenAddress ${this.host}`, `Port ${this.port}`, `HostKey ${this.#path('host_key')}`],
      ...[`AuthorizedKeysFile ${this.#path('authorized_keys')}`, `PidFile ${this.#path('sshd.pid')}`],
      ...['StrictModes no', 'UsePAM yes', 'PasswordAuthentication no', 'KbdInteractiveAuthentication no'],
      ...['PermitRootLogin prohibit-password', 'MaxStartups 100', 'LogLevel VERBOSE'],
      ...settings,
    ];
    await writeFile(this.#path('sshd_config'), `${lines.join('\n')}\n`);
  }

  /** A test run that is root starts the server as nobody. */
  async #giveAway(): Promise<void> {
    const { uid, gid } = { uid: undefined, gid: undefined, ...unprivileged };
    if (uid === undefined || gid === undefined) return;
    for (const name of ['.', ...(await readdir(this.#folder))]) await chown(this.#path(name), uid, gid);
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}
