import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { createDataFolder, giveToServer, serverEnvironment } from '../dataFolderTemplate.ts';
import type { ClusterTls } from '../postgresCluster.ts';
import { freePort, unprivileged, untilReady } from '../serverProcess.ts';
import { findServerPrograms, type MysqlProduct, type ServerPrograms } from './serverPrograms.ts';

export interface MysqlClusterOptions {
  /** Default: `mariadb`. */
  readonly product?: MysqlProduct;
  /** Server options by name, without the dashes. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Default: MariaDB offers no TLS, MySQL a certificate that it has signed itself. */
  readonly tls?: ClusterTls;
  /** Run as root when the server is up. */
  readonly sql?: readonly string[];
}

/** What is committed survives a crash of the server, but not of the machine. */
const defaultSettings: Readonly<Record<string, string>> = {
  'character-set-server': 'utf8mb4',
  'skip-name-resolve': 'ON',
  'innodb-buffer-pool-size': '32M',
  'innodb-flush-method': 'nosync',
  'innodb-flush-log-at-trx-commit': '2',
  'lc-messages': 'en_US',
};

const productSettings: Readonly<Record<MysqlProduct, Readonly<Record<string, string>>>> = {
  mariadb: {},
  mysql: { mysqlx: 'OFF', 'secure-file-priv': 'NULL' },
};

const readyLine = 'ready for connections';

/**
 * A real MariaDB or MySQL server of its own in a temporary folder, on a free port of 127.0.0.1 and on a local socket.
 * `root` may come from anywhere, by its password; there are no other accounts for people.
 */
export class MysqlCluster {
  readonly host = '127.0.0.1';
  readonly user = 'root';
  readonly password: string;
  readonly port: number;
  readonly product: MysqlProduct;
  readonly #folder: string;
  readonly #programs: ServerPrograms;
  readonly #options: readonly string[];
  #server: ChildProcess | null = null;
  #log = '';

  private constructor(
    folder: string,
    port: number,
    password: string,
    programs: ServerPrograms,
    { settings, tls }: MysqlClusterOptions,
  ) {
    this.#folder = folder;
    this.port = port;
    this.password = password;
    this.product = programs.product;
    this.#programs = programs;
    this.#options = optionsFor({
      ...defaultSettings,
      ...productSettings[programs.product],
      datadir: this.#path('data'),
      tmpdir: folder,
      socket: this.socketPath,
      'pid-file': this.#path('pid'),
      'bind-address': this.host,
      port: String(port),
      ...(tls === undefined ? {} : this.#tlsSettings),
      ...settings,
    });
  }

  /** Creates and starts a cluster; `dispose` takes it away again. Rejects when the machine has no such server. */
  static async start(options: MysqlClusterOptions = {}): Promise<MysqlCluster> {
    const product = options.product ?? 'mariadb';
    const programs = await findServerPrograms(product);
    if (programs === null) throw new Error(`No ${product} server here; see docs/development.md.`);
    const folder = await mkdtemp(join(tmpdir(), 'mooring-mysql-'));
    const password = randomBytes(12).toString('base64url');
    const cluster = new MysqlCluster(folder, await freePort(), password, programs, options);
    try {
      await cluster.#initialise(options);
      for (const statement of options.sql ?? []) await cluster.execute(statement);
    } catch (error) {
      await cluster.dispose();
      throw error;
    }
    return cluster;
  }

  get socketPath(): string {
    return this.#path('socket');
  }

  get pid(): number {
    const pid = this.#server?.pid;
    if (pid === undefined) throw new Error('The cluster is not running');
    return pid;
  }

  get isRunning(): boolean {
    return this.#server !== null;
  }

  /** What the server has written to its log since it was started last. */
  get log(): string {
    return this.#log;
  }

  /** Starts the server again after `stop` or `kill`, on the same port and data; resolves when it accepts connections. */
  async startServer(): Promise<void> {
    await untilReady(this.launchServer(), () => this.#log, readyLine);
  }

  /** Starts the server without waiting, for tests that meet it while it starts up. */
  launchServer(): ChildProcess {
    return this.#launch([]);
  }

  /** Ends sessions and the server in order. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** Ends the process as a crash would. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.startServer();
  }

  /** From now on the server answers nothing, while the system still takes connections for it. */
  pause(): void {
    this.#server?.kill('SIGSTOP');
  }

  resume(): void {
    this.#server?.kill('SIGCONT');
  }

  /** Runs one statement as root over the local socket, on a connection of its own. */
  async execute(sql: string, values: (string | number | null)[] = []): Promise<RowDataPacket[]> {
    const { socketPath, user, password } = this;
    const connection = await createConnection({ socketPath, user, password });
    try {
      const [rows] = await connection.query<RowDataPacket[]>(sql, values);
      return rows;
    } finally {
      await connection.end();
    }
  }

  /**
   * Shows another certificate to new sessions of the running server, which was started with `tls`.
   * MySQL refuses one that is not valid now: stop it, call `writeTls` and start it again.
   */
  async replaceTls(tls: ClusterTls): Promise<void> {
    await this.writeTls(tls);
    await this.execute(this.product === 'mariadb' ? 'FLUSH SSL' : 'ALTER INSTANCE RELOAD TLS');
  }

  /** Kills the server and deletes its folder; works in any state and any number of times. */
  async dispose(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #initialise({ tls }: MysqlClusterOptions): Promise<void> {
    await createDataFolder(this.#programs.template, this.#path('data'));
    if (tls !== undefined) await this.writeTls(tls);
    const accounts = this.#path('accounts.sql');
    await writeFile(accounts, accountStatements(this.password), { mode: 0o600 });
    await giveToServer(this.#folder);
    const server = this.#launch([`--init-file=${accounts}`]);
    await untilReady(server, () => this.#log, readyLine);
    await rm(accounts);
  }

  #launch(more: readonly string[]): ChildProcess {
    if (this.#server !== null) throw new Error('The cluster is running already');
    this.#log = '';
    const [command = '', ...before] = this.#programs.server;
    const server = spawn(command, [...before, ...this.#options, ...more], {
      ...unprivileged,
      env: serverEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#log += text;
    });
    server.once('exit', () => {
      if (this.#server === server) this.#server = null;
    });
    this.#server = server;
    return server;
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    server.kill('SIGCONT');
    await ended;
  }

  get #tlsSettings(): Readonly<Record<string, string>> {
    return {
      'ssl-ca': this.#path('authority.crt'),
      'ssl-cert': this.#path('server.crt'),
      'ssl-key': this.#path('server.key'),
    };
  }

  /** The certificate of the next start. */
  async writeTls(tls: ClusterTls): Promise<void> {
    const files = {
      'authority.crt': tls.authorityPem,
      'server.crt': tls.certificatePem,
      'server.key': tls.keyPem,
    };
    for (const [name, pem] of Object.entries(files)) {
      await writeFile(this.#path(name), pem, { mode: 0o600 });
      await giveToServer(this.#path(name));
    }
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}

function optionsFor(settings: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
}

/** One statement a line, as the server wants it in its start-up file. */
function accountStatements(password: string): string {
  return [
    `ALTER USER root@localhost IDENTIFIED BY '${password}';`,
    `CREATE USER root@'%' IDENTIFIED BY '${password}';`,
    `GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;`,
    '',
  ].join('\n');
}
