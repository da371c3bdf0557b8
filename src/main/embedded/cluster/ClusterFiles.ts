import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { portSchema } from '../../../shared/model/fieldText.ts';

const creatingPrefix = 'cluster.creating-';
const replacedPrefix = 'cluster.replaced-';
const maxLogBytes = 256 * 1024;

/**
 * The folder of a server: the cluster, half-made and replaced ones until they are swept, the server's log and the
 * port it had last. A cluster appears and is replaced by renaming, so it is there as a whole or not at all.
 */
export class ClusterFiles {
  readonly cluster: string;
  readonly log: string;
  readonly #root: string;
  readonly #portFile: string;

  constructor(root: string) {
    this.#root = root;
    this.cluster = path.join(root, 'cluster');
    this.log = path.join(root, 'server.log');
    this.#portFile = path.join(root, 'port');
  }

  /** Makes the folder, for this user only, and deletes what an interrupted creation or reset left. */
  async prepare(): Promise<void> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    await chmod(this.#root, 0o700);
    for (const name of await readdir(this.#root)) {
      if (name.startsWith(creatingPrefix) || name.startsWith(replacedPrefix)) {
        await this.discard(path.join(this.#root, name));
      }
    }
  }

  exists(): boolean {
    return existsSync(this.cluster);
  }

  /** Major version of the server that made the cluster; null when that cannot be told. */
  async majorVersion(): Promise<number | null> {
    const text = await readFile(path.join(this.cluster, 'PG_VERSION'), 'utf8').catch(() => '');
    return /^\d{1,3}\s*$/.test(text) ? Number(text) : null;
  }

  /** Where a new cluster is made until it is installed. */
  newFolder(): string {
    return path.join(this.#root, `${creatingPrefix}${randomName()}`);
  }

  /** Makes a finished cluster the one in use; one that was in use before must not be running and is deleted. */
  async install(folder: string): Promise<void> {
    const replaced = path.join(this.#root, `${replacedPrefix}${randomName()}`);
    const isReplacing = this.exists();
    if (isReplacing) await rename(this.cluster, replaced);
    try {
      await rename(folder, this.cluster);
    } catch (error) {
      if (isReplacing) await rename(replaced, this.cluster);
      throw error;
    }
    await this.#sync();
    await this.discard(replaced);
  }

  /** Takes the cluster out of use without deleting it; answers the name it is kept under. */
  async setAside(wallMs: number): Promise<string> {
    const major = await this.majorVersion();
    const day = new Date(wallMs).toISOString().slice(0, 10);
    const name = `cluster.postgres-${major ?? 'unknown'}-${day}-${randomName()}`;
    await rename(this.cluster, path.join(this.#root, name));
    await this.#sync();
    return name;
  }

  /** Deletes a folder, if it is there. Programs that are just ending may still add a file, hence the retries. */
  async discard(folder: string): Promise<void> {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }

  async rememberedPort(): Promise<number | null> {
    const text = await readFile(this.#portFile, 'utf8').catch(() => '');
    const port = portSchema.safeParse(Number(text.trim()));
    return port.success ? port.data : null;
  }

  async rememberPort(port: number): Promise<void> {
    await writeFile(this.#portFile, `${port}\n`, { mode: 0o600 });
  }

  /** Opens the log for a server to write to; a log that has grown becomes the old log, of which there is one. */
  async openLog(): Promise<{ descriptor: number; length: number; close(): Promise<void> }> {
    const size = await stat(this.log).then(
      (found) => found.size,
      () => 0,
    );
    if (size > maxLogBytes) await rename(this.log, `${this.log}.1`);
    const file = await open(this.log, 'a', 0o600);
    const { size: length } = await file.stat();
    return { descriptor: file.fd, length, close: () => file.close() };
  }

  /** What the server wrote since its log had this length; at most the last 8,192 bytes. */
  async logSince(length: number): Promise<string> {
    const written = await readFile(this.log).catch(() => Buffer.alloc(0));
    return written.subarray(length).subarray(-8_192).toString('utf8');
  }

  /** Makes renames last. Windows cannot flush a folder and does not need to. */
  async #sync(): Promise<void> {
    if (process.platform === 'win32') return;
    const folder = await open(this.#root);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}

function randomName(): string {
  return randomBytes(4).toString('hex');
}
