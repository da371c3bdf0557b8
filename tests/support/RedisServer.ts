import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QueueStore } from '../../src/main/sync/queue/QueueStore.ts';
import { freePort, unprivileged, untilReady } from './serverProcess.ts';
import { resolveTestServers } from './testServers.ts';

const readyLine = 'Ready to accept connections';

export type RedisStore = Extract<QueueStore, { type: 'redis' }>;

export interface RedisServerOptions {
  /** Such as `{ 'maxmemory-policy': 'allkeys-lru' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Speaks TLS alone, with this certificate. */
  readonly tls?: { readonly certificatePem: string; readonly keyPem: string };
}

/** A Redis with a folder of its own, which outlives its process: each command is on disk before it is answered. */
export class RedisServer {
  readonly host = '127.0.0.1';
  readonly port: number;
  readonly password = 'of the test';
  readonly #folder: string;
  readonly #program: string;
  readonly #options: RedisServerOptions;
  #process: ChildProcess | null = null;
  #log = '';

  private constructor(folder: string, port: number, program: string, options: RedisServerOptions) {
    this.#folder = folder;
    this.port = port;
    this.#program = program;
    this.#options = options;
  }

  /** Rejects when the machine has no Redis. */
  static async start(options: RedisServerOptions = {}): Promise<RedisServer> {
    const { redis } = await resolveTestServers();
    if (redis === undefined) throw new Error('No Redis here; see docs/development.md.');
    const folder = await mkdtemp(join(tmpdir(), 'mooring-redis-'));
    const server = new RedisServer(folder, await freePort(), redis.server, options);
    try {
      await server.#prepare();
      await server.startServer();
    } catch (error) {
      await server.dispose();
      throw error;
    }
    return server;
  }

  /** The server as a queue, without TLS. */
  store(over: Partial<RedisStore> = {}): RedisStore {
    const { host, port, password } = this;
    return { type: 'redis', host, port, user: null, password, database: 0, tls: { mode: 'off' }, ...over };
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  /** Starts it again after `kill`, on the same port and data; resolves when it accepts connections. */
  async startServer(): Promise<void> {
    const server = spawn(this.#program, [this.#path('redis.conf')], {
      ...{ argv0: 'redis-server', cwd: this.#folder, stdio: ['ignore', 'pipe', 'pipe'], ...unprivileged },
    });
    this.#log = '';
    for (const stream of [server.stdout, server.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#log += text;
      });
    }
    this.#process = server;
    await untilReady(server, () => this.#log, readyLine);
  }

  /** Ends the process as a crash would. */
  async kill(): Promise<void> {
    const server = this.#process;
    this.#process = null;
    if (server === null || server.exitCode !== null || server.signalCode !== null) return;
    const exit = once(server, 'exit');
    server.kill('SIGKILL');
    await exit;
  }

  async dispose(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #prepare(): Promise<void> {
    const { tls, settings = {} } = this.#options;
    const port = String(this.port);
    if (tls !== undefined) {
      await writeFile(this.#path('server.crt'), tls.certificatePem);
      await writeFile(this.#path('server.key'), tls.keyPem);
    }
    const all = {
      ...{ bind: this.host, requirepass: `"${this.password}"`, appendonly: 'yes', appendfsync: 'always' },
      ...{ save: '""', dir: this.#folder },
      ...(tls === undefined
        ? { port }
        : {
            ...{ port: '0', 'tls-port': port, 'tls-auth-clients': 'no' },
            ...{ 'tls-cert-file': this.#path('server.crt'), 'tls-key-file': this.#path('server.key') },
          }),
      ...settings,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name} ${value}`);
    await writeFile(this.#path('redis.conf'), `${lines.join('\n')}\n`);
    const { uid, gid } = { uid: undefined, gid: undefined, ...unprivileged };
    if (uid === undefined || gid === undefined) return;
    const files = ['.', 'redis.conf', ...(tls === undefined ? [] : ['server.crt', 'server.key'])];
    for (const file of files) await chown(this.#path(file), uid, gid);
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}
