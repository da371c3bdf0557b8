import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';
import { maxTabTextLength, type OpenedFile } from '../../../shared/model/tabs.ts';
import { isAppError } from '../../base/AppError.ts';
import { KeyedSerialQueue } from '../../base/async/SerialQueue.ts';
import { cleanText } from '../../base/cleanText.ts';
import type { FileDialogs } from '../../results/FileDialogs.ts';
import type { KeptValues } from './KeptTabs.ts';
import { fileChangedError, fileError, unknownFileError } from './tabFileErrors.ts';
import { fingerprintOf, readTextFile, writeTextFile } from './textFile.ts';

const extension = 'sql';
const key = 'tabFiles';
/** Files that are known at most; the oldest go first. */
const knownCount = 500;
/** For files that are new; the person's umask narrows it. */
const newFileMode = 0o666;

const knownFileSchema = z.object({
  id: z.uuid(),
  path: z.string(),
  hasByteOrderMark: z.boolean(),
  fingerprint: z.object({ inode: z.number(), size: z.number(), modifiedMs: z.number() }),
});
type KnownFile = z.infer<typeof knownFileSchema>;
const knownFilesSchema = z.array(knownFileSchema);

/** What is to be saved; without an id the person is asked for a name. */
export interface FileToSave {
  readonly fileId: string | null;
  readonly suggestedName: string;
  readonly text: string;
}

/** The text files that a person opened and saved. The window knows their ids and names; paths stay here, over restarts too. */
export class PersonalFiles {
  readonly #dialogs: FileDialogs;
  readonly #values: KeptValues;
  readonly #queues = new KeyedSerialQueue();

  constructor(dialogs: FileDialogs, values: KeptValues) {
    this.#dialogs = dialogs;
    this.#values = values;
  }

  /** @returns null when the dialog was closed @throws FILE_FAILED, TOO_LARGE */
  async open(): Promise<OpenedFile> {
    const path = await this.#dialogs.chooseSource([extension]);
    if (path === null) return null;
    const name = shownNameOf(path);
    try {
      const { text, ...file } = await readTextFile(path, name, maxTabTextLength);
      return { id: this.#remember({ id: randomUUID(), path, ...file }), name, text };
    } catch (error) {
      throw isAppError(error) ? error : fileError('read', name, error);
    }
  }

  /**
   * Writes to a file that was opened or saved before, or to one that the person names.
   * @returns null when the dialog was closed
   * @throws FILE_FAILED, also when another program changed or removed the file: then nothing is written; NOT_FOUND, DISK_FULL
   */
  async save({ fileId, suggestedName, text }: FileToSave): Promise<{ id: string; name: string } | null> {
    if (fileId !== null) return this.#queues.run(fileId, () => this.#saveAgain(fileId, text));
    const path = await this.#dialogs.chooseTarget(suggestedName, extension);
    if (path === null) return null;
    return this.#write({ id: randomUUID(), path, hasByteOrderMark: false }, text);
  }

  async #saveAgain(fileId: string, text: string): Promise<{ id: string; name: string }> {
    const known = this.#known().find(({ id }) => id === fileId);
    if (known === undefined) throw unknownFileError();
    const name = shownNameOf(known.path);
    const now = await fingerprintOf(known.path).catch((error: unknown) => {
      throw fileError('written', name, error);
    });
    const { inode, modifiedMs, size } = known.fingerprint;
    const isSame = now?.inode === inode && now.modifiedMs === modifiedMs && now.size === size;
    if (!isSame) throw fileChangedError(name, now === null);
    return this.#write(known, text);
  }

  async #write(file: Omit<KnownFile, 'fingerprint'>, text: string): Promise<{ id: string; name: string }> {
    const name = shownNameOf(file.path);
    const { hasByteOrderMark } = file;
    try {
      const mode = (await fingerprintOf(file.path))?.mode ?? newFileMode;
      const fingerprint = await writeTextFile(file.path, text, { mode, hasByteOrderMark });
      return { id: this.#remember({ ...file, fingerprint }), name };
    } catch (error) {
      throw isAppError(error) ? error : fileError('written', name, error);
    }
  }

  #known(): readonly KnownFile[] {
    return this.#values.read(key, knownFilesSchema, []);
  }

  #remember(file: KnownFile): string {
    const others = this.#known().filter(({ id }) => id !== file.id);
    this.#values.write(key, [...others, file].slice(-knownCount));
    return file.id;
  }
}

const shownNameOf = (path: string): string => cleanText(basename(path), 200);
