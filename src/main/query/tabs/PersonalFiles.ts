import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { maxTabTextLength, type OpenedFile } from '../../../shared/model/tabs.ts';
import { KeyedSerialQueue } from '../../base/async/SerialQueue.ts';
import { shownFileName } from '../../base/files/fileErrors.ts';
import type { FileDialogs } from '../../results/FileDialogs.ts';
import type { FileToSave, KeptValues, SavedText } from '../TabMemory.ts';
import { fileChanged, unknownFile } from './tabFileErrors.ts';
import { fingerprintOf, readTextFile, writeTextFile } from './textFile.ts';

const extension = 'sql';
const key = 'tabFiles';
/** Files that are known at most; the oldest go first. */
const knownCount = 500;
const nowhere = { inode: 0, size: 0, modifiedMs: 0 };

const knownFileSchema = z.object({
  id: z.uuid(),
  path: z.string(),
  hasByteOrderMark: z.boolean(),
  fingerprint: z.object({ inode: z.number(), size: z.number(), modifiedMs: z.number() }),
});
type KnownFile = z.infer<typeof knownFileSchema>;
const knownFilesSchema = z.array(knownFileSchema);

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
    const name = shownFileName(path);
    const { text, ...file } = await readTextFile(path, name, maxTabTextLength);
    return { id: this.#remember({ id: randomUUID(), path, ...file }), name, text };
  }

  /**
   * Writes to a file that was opened or saved before, or to one that the person names.
   * @returns null when the dialog was closed
   * @throws FILE_CHANGED when another program changed or removed the file, unless that may be replaced: nothing is written
   *   then; FILE_FAILED, NOT_FOUND, DISK_FULL
   */
  async save({ fileId, suggestedName, text, replacesChanges }: FileToSave): Promise<SavedText> {
    if (fileId !== null) {
      return this.#queues.run(fileId, () => this.#saveAgain(fileId, text, replacesChanges));
    }
    const path = await this.#dialogs.chooseTarget(suggestedName, extension);
    if (path === null) return null;
    const mode = (await fingerprintOf(path, shownFileName(path)))?.mode;
    return this.#write({ id: randomUUID(), path, hasByteOrderMark: false }, text, mode);
  }

  async #saveAgain(fileId: string, text: string, replacesChanges: boolean): Promise<SavedText> {
    const known = this.#known().find(({ id }) => id === fileId);
    if (known === undefined) throw unknownFile();
    const name = shownFileName(known.path);
    const now = await fingerprintOf(known.path, name);
    const { inode, modifiedMs, size } = known.fingerprint;
    const isSame = now?.inode === inode && now.modifiedMs === modifiedMs && now.size === size;
    if (!isSame && !replacesChanges) throw fileChanged(name, now === null);
    return this.#write(known, text, now?.mode);
  }

  async #write(
    file: Omit<KnownFile, 'fingerprint'>,
    text: string,
    mode: number | undefined,
  ): Promise<SavedText> {
    const { hasByteOrderMark, path } = file;
    const name = shownFileName(path);
    await writeTextFile(path, text, { hasByteOrderMark, ...(mode !== undefined && { mode }) });
    const fingerprint = await fingerprintOf(path, name);
    // Taken away as soon as it was there: the next time it is told as gone.
    return { id: this.#remember({ ...file, fingerprint: fingerprint ?? nowhere }), name };
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
