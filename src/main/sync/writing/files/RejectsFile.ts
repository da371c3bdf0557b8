import { constants } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { fileFailed } from '../../../base/files/fileErrors.ts';
import { privateFileMode, privateFolderMode } from '../../../base/files/privateModes.ts';
import type { RejectedRow } from '../../copy/ports.ts';
import type { RejectedRows } from '../../copy/RunParts.ts';

/**
 * NDJSON: an object for each row, with the reason and its cells in the order of the columns. The file comes into being with
 * its first row; rows of a later attempt go behind those that are there.
 */
export const openRejects = (options: { readonly folder: string; readonly name: string }): RejectedRows =>
  new RejectsFile(options.folder, options.name);

/** The name is that of the run: nobody has put a link there for a good reason. Unknown on Windows. */
const appending = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

class RejectsFile implements RejectedRows {
  readonly #folder: string;
  readonly #name: string;
  #handle: FileHandle | null = null;

  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
  }

  get fileName(): string | null {
    return this.#handle === null ? null : this.#name;
  }

  async add(rows: readonly RejectedRow[]): Promise<void> {
    if (rows.length === 0) return;
    const lines = rows.map(({ reason, cells }) => `${JSON.stringify({ reason, cells })}\n`);
    try {
      this.#handle ??= await this.#open();
      await this.#handle.appendFile(lines.join(''));
    } catch (error) {
      throw fileFailed('write', this.#name, error);
    }
  }

  async #open(): Promise<FileHandle> {
    await mkdir(this.#folder, { recursive: true, mode: privateFolderMode });
    return open(join(this.#folder, this.#name), appending, privateFileMode);
  }

  async close(): Promise<void> {
    await this.#handle?.close().catch(() => undefined);
  }
}
