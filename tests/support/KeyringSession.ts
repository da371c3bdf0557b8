import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const secretsName = 'org.freedesktop.secrets';
const secretsPath = '/org/freedesktop/secrets';

/** Names no folders of services: nothing starts by itself on this bus, and no prompt waits for a person. */
const busConfig = (socket: string): string => `
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>`;

/** A message bus of a test's own with a real gnome-keyring on it, whose files outlive the daemon. Must be ended. */
export class KeyringSession {
  readonly #folder: string;
  readonly #bus: ChildProcess;
  #daemon: ChildProcess | null = null;

  private constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(join(folder, 'run'), { mode: 0o700 });
    mkdirSync(join(folder, 'data'), { mode: 0o700 });
    const config = join(folder, 'bus.conf');
    writeFileSync(config, busConfig(join(folder, 'run', 'bus')));
    const args = ['--nofork', '--print-address=1', `--config-file=${config}`];
    this.#bus = spawn('dbus-daemon', args, { env: this.env, stdio: ['ignore', 'pipe', 'ignore'] });
  }

  /**
   * With the collection `login`, which is the default one, unlocked.
   * @param folder an empty one for its files, with a short path
   */
  static async start(folder: string): Promise<KeyringSession> {
    const session = new KeyringSession(folder);
    await new Promise((resolve) => session.#bus.stdout?.once('data', resolve));
    await session.startDaemon();
    return session;
  }

  /** For processes that are to use this session. */
  get env(): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      HOME: this.#folder,
      XDG_RUNTIME_DIR: join(this.#folder, 'run'),
      XDG_DATA_HOME: join(this.#folder, 'data'),
      DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(this.#folder, 'run', 'bus')}`,
    };
  }

  async startDaemon(): Promise<void> {
    const control = join(this.#folder, 'run', 'keyring');
    this.#daemon = spawn(
      'gnome-keyring-daemon',
      ['--foreground', '--unlock', '--components=secrets', `--control-directory=${control}`],
      { env: this.env, stdio: ['pipe', 'ignore', 'ignore'] },
    );
    this.#daemon.stdin?.end('password of the keyring\n');
    while (!(await this.#isServing())) {
      if (this.#daemon.exitCode !== null) throw new Error('gnome-keyring-daemon did not start.');
    }
  }

  async stopDaemon(): Promise<void> {
    await endProcess(this.#daemon);
    this.#daemon = null;
  }

  /** As the keyring's own window does with “Lock”. */
  async lock(): Promise<void> {
    const login = `array:objpath:${secretsPath}/collection/login`;
    await this.#send(secretsName, secretsPath, 'org.freedesktop.Secret.Service.Lock', login);
  }

  /** The daemon stays there and answers nothing until `thaw`. */
  freeze(): void {
    this.#daemon?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#daemon?.kill('SIGCONT');
  }

  async end(): Promise<void> {
    await endProcess(this.#daemon);
    await endProcess(this.#bus);
  }

  async #isServing(): Promise<boolean> {
    const bus = 'org.freedesktop.DBus';
    const answer = await this.#send(bus, '/', `${bus}.NameHasOwner`, `string:${secretsName}`);
    return answer.includes('boolean true');
  }

  async #send(destination: string, path: string, method: string, argument: string): Promise<string> {
    const args = ['--session', '--print-reply', `--dest=${destination}`, path, method, argument];
    return (await run('dbus-send', args, { env: this.env })).stdout;
  }
}

async function endProcess(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
