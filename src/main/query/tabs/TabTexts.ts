import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { maxTabTextLength, tabIdSchema } from '../../../shared/model/tabs.ts';
import { isAppError } from '../../base/AppError.ts';
import { KeyedSerialQueue } from '../../base/async/SerialQueue.ts';
import { errorCodeOf, fileError } from './tabFileErrors.ts';
import { readTextFile, writeTextFile } from './textFile.ts';

/** Only the owner reads and writes. */
const privateFileMode = 0o600;
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
      try {
        return (await readTextFile(this.#pathOf(tabId), shownName, maxTabTextLength)).text;
      } catch (error) {
        if (errorCodeOf(error) === 'ENOENT') return '';
        throw isAppError(error) ? error : fileError('read', shownName, error);
      }
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
        throw fileError('written', shownName, error);
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
    await mkdir(this.#folder, { recursive: true, mode: privateFolderMode });
    await writeTextFile(this.#pathOf(tabId), text, { mode: privateFileMode });
  }

  #remove(tabId: string): Promise<void> {
    return this.#queues.run(tabId, async () => {
      await rm(this.#pathOf(tabId), { force: true }).catch((error: unknown) => {
        throw fileError('written', shownName, error);
      });
    });
  }

  async #names(): Promise<readonly string[]> {
    try {
      return await readdir(this.#folder);
    } catch (error) {
      if (errorCodeOf(error) === 'ENOENT') return [];
      throw fileError('read', shownName, error);
    }
  }

  #pathOf(tabId: string): string {
    return join(this.#folder, `${tabIdSchema.parse(tabId)}${ending}`);
  }
}
