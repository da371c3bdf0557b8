import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { readPostmasterFile } from '../../../src/main/demo/cluster/postmasterFile.ts';
import type { DemoServer } from '../../../src/main/demo/DemoServer.ts';
import { MemorySecrets } from '../../support/MemorySecrets.ts';
import { newRun, smallSeed } from './newRun.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** The demo's folder and vault, which outlive any one `DemoServer`, as they outlive runs of the app. */
export class DemoFixture {
  readonly folder: string;
  readonly cluster: string;
  readonly secrets = new MemorySecrets();

  readonly #seed: string;

  private constructor(folder: string, seed: string) {
    this.folder = folder;
    this.#seed = seed;
    this.cluster = join(folder, 'cluster');
  }

  /** An empty folder, which is gone after the test, as is any server on it. */
  static async empty(seed = smallSeed): Promise<DemoFixture> {
    const fixture = await DemoFixture.lasting(seed);
    onTestFinished(() => fixture.dispose());
    return fixture;
  }

  /** As `empty`, but not tied to a test: the caller disposes of it. */
  static async lasting(seed = smallSeed): Promise<DemoFixture> {
    return new DemoFixture(await mkdtemp(join(tmpdir(), 'mooring-demo-')), seed);
  }

  /** A copy of a stopped demo: much faster than a new one. */
  async copy(): Promise<DemoFixture> {
    const copy = await DemoFixture.empty();
    await cp(this.folder, copy.folder, { recursive: true });
    copy.secrets.value = this.secrets.value;
    // A port of its own: tests in other workers look for free ones from 15432 on, and would take one that rests.
    await writeFile(join(copy.folder, 'port'), `${await freePort()}\n`);
    return copy;
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

  entries(): Promise<string[]> {
    return readdir(this.folder);
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
