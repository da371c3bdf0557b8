import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { maxTabTextLength, tabIdSchema } from '../../../shared/model/tabs.ts';
import { KeyedSerialQueue } from '../../base/async/SerialQueue.ts';
import { fileFailed, systemCodeOf } from '../../base/files/fileErrors.ts';
import { fingerprintOf, readTextFile, writeTextFile } from './textFile.ts';

const privateFolderMode = 0o700;
const ending = '.sql';
/** How errors call them. */
const shownName = 'The text of the tab';

/**
 * The texts of tabs, one file each, named by the tab's id. What was written is there after a crash and a power cut. One
 * piece of work at a time for each tab; of several texts that wait, only the last is written.
 */
export class TabTexts {
  readonly #folder: string;
  readonly #queues = new KeyedSerialQueue();
  /** What is still to be written. */
  readonly #newest = new Map<string, string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Empty when nothing was kept. @throws FILE_FAILED */
  read(tabId: string): Promise<string> {
    return this.#queues.run(tabId, async () => {
      const path = this.#pathOf(tabId);
      if ((await fingerprintOf(path, shownName)) === null) return '';
      return (await readTextFile(path, shownName, maxTabTextLength)).text;
    });
  }

  /** Resolves when the text, or a later one, would survive the end of the process. @throws DISK_FULL, FILE_FAILED */
  async write(tabId: string, text: string): Promise<void> {
    this.#newest.set(tabId, text);
    await this.#queues.run(tabId, async () => {
      const newest = this.#newest.get(tabId);
      // A call before this one has written it.
      if (newest === undefined) return;
      this.#newest.delete(tabId);
      try {
        await this.#store(tabId, newest);
      } catch (error) {
        // The calls that wait have only this text left to write: they fail by themselves.
        if (!this.#newest.has(tabId)) this.#newest.set(tabId, newest);
        throw error;
      }
    });
  }

  /** Forgets the texts of all other tabs. @throws FILE_FAILED */
  async retain(tabIds: readonly string[]): Promise<void> {
    const kept = new Set(tabIds);
    for (const name of await this.#names()) {
      const tabId = name.slice(0, -ending.length);
      const isText = name.endsWith(ending) && tabIdSchema.safeParse(tabId).success;
      if (isText && !kept.has(tabId)) await this.#remove(tabId);
    }
  }

  async #store(tabId: string, text: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: privateFolderMode }).catch((error: unknown) => {
      throw fileFailed('write', shownName, error);
    });
    await writeTextFile(this.#pathOf(tabId), text);
  }

  #remove(tabId: string): Promise<void> {
    return this.#queues.run(tabId, async () => {
      await rm(this.#pathOf(tabId), { force: true }).catch((error: unknown) => {
        throw fileFailed('write', shownName, error);
      });
    });
  }

  async #names(): Promise<readonly string[]> {
    try {
      return await readdir(this.#folder);
    } catch (error) {
      if (systemCodeOf(error) === 'ENOENT') return [];
      throw fileFailed('read', shownName, error);
    }
  }

  #pathOf(tabId: string): string {
    return join(this.#folder, `${tabIdSchema.parse(tabId)}${ending}`);
  }
}
