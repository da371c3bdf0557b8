import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import type { DemoServer } from '../../../src/main/demo/DemoServer.ts';
import { readPostmasterFile } from '../../../src/main/embedded/cluster/postmasterFile.ts';
import { copyFolder } from '../../support/dataFolderTemplate.ts';
import { MemorySecrets } from '../../support/MemorySecrets.ts';
import { newRun, smallSeed } from './newRun.ts';

/** Below the ports that the system gives to outgoing connections, and above those that the demo tries by itself. */
const ownPorts = { first: 20_000, count: 10_000 };

/** A port that stays free while the server on it rests: nothing but these fixtures takes one of these. */
async function ownPort(): Promise<number> {
  for (;;) {
    const port = ownPorts.first + randomInt(ownPorts.count);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    server.close();
    if (isFree) return port;
  }
}

/** The demo's folder and vault, which outlive any one `DemoServer`, as they outlive runs of the app. */
export class DemoFixture {
  readonly folder: string;
  readonly cluster: string;
  readonly secrets = new MemorySecrets();

  readonly #seed: string;
  readonly #portFile: string;

  private constructor(folder: string, seed: string) {
    this.folder = folder;
    this.#seed = seed;
    this.cluster = join(folder, 'cluster');
    this.#portFile = join(folder, 'port');
  }

  /** An empty folder, which is gone after the test, as is any server on it. */
  static async empty(seed = smallSeed): Promise<DemoFixture> {
    const fixture = await DemoFixture.lasting(seed);
    onTestFinished(() => fixture.dispose());
    return fixture;
  }

  /** As `empty`, but not tied to a test: the caller disposes of it. */
  static async lasting(seed = smallSeed): Promise<DemoFixture> {
    const fixture = new DemoFixture(await mkdtemp(join(tmpdir(), 'mooring-demo-')), seed);
    await fixture.#keepPort();
    return fixture;
  }

  /** A copy of a stopped demo: much faster than a new one. */
  async copy(): Promise<DemoFixture> {
    const copy = await DemoFixture.empty();
    await copyFolder(this.cluster, copy.cluster);
    copy.secrets.value = this.secrets.value;
    return copy;
  }

  /** A port of its own: by itself each would look for a free one from 15432 on, and take one that rests. */
  async #keepPort(): Promise<void> {
    await writeFile(this.#portFile, `${await ownPort()}\n`);
  }

  /** The app's view of the demo, as in a new run of the app. */
  server(): DemoServer {
    return newRun(this.folder, this.#seed, this.secrets);
  }

  /** A server that runs; its address. */
  async run(): Promise<{ demo: DemoServer; port: number }> {
    const demo = this.server();
    const { port } = await demo.ensureRunning(neverAborted);
    return { demo, port };
  }

  /** Process id of the server on the cluster. */
  async pid(): Promise<number> {
    const file = await readPostmasterFile(this.cluster);
    if (file === null) throw new Error('There is no server on the demo cluster');
    return file.pid;
  }

  /** What is in the folder, besides the port that the fixture put there. */
  async entries(): Promise<string[]> {
    const all = await readdir(this.folder);
    return all.filter((name) => name !== basename(this.#portFile));
  }

  async dispose(): Promise<void> {
    const file = await readPostmasterFile(this.cluster);
    if (file !== null) await this.run().then(({ demo }) => demo.stop(2_000));
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The rows of one statement, run as the demo's role over a session of its own. */
export async function rowsOf(port: number, password: string, statement: string): Promise<unknown[][]> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'dafel_user',
    database: 'dafel_db',
    password,
    ssl: false,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const result = await client.query<unknown[]>({ text: statement, rowMode: 'array' });
    return result.rows;
  } finally {
    await client.end();
  }
}
