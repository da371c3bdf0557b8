import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { privateFolderMode } from '../../base/files/privateModes.ts';

/**
 * The folder of this run's results. Each run has one of its own, so that what an earlier run left, killed or not, can be
 * removed without a look at what is in it.
 */
export class SpoolFolder {
  readonly #parent: string;
  readonly #name = randomUUID();
  #made: Promise<string> | null = null;

  /** @param parent holds the folders of all runs, and nothing else; no other run may be alive */
  constructor(parent: string) {
    this.#parent = parent;
  }

  /** Its path; made when it is first asked for. @throws what the operating system answers */
  path(): Promise<string> {
    this.#made ??= this.#make().catch((error: unknown) => {
      this.#made = null;
      throw error;
    });
    return this.#made;
  }

  /** Removes what earlier runs left. Never rejects: what cannot be removed is tried again at the next start. */
  async removeEarlier(): Promise<void> {
    const names = await readdir(this.#parent).catch(() => []);
    for (const name of names) if (name !== this.#name) await remove(join(this.#parent, name));
  }

  /** Removes all results of this run. Never rejects. */
  async remove(): Promise<void> {
    this.#made = null;
    await remove(join(this.#parent, this.#name));
  }

  async #make(): Promise<string> {
    const path = join(this.#parent, this.#name);
    await mkdir(path, { recursive: true, mode: privateFolderMode });
    // Parents that were there keep their mode.
    await chmod(this.#parent, privateFolderMode);
    return path;
  }
}

async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}
