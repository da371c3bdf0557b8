import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileFailed, systemCodeOf } from '../../../base/files/fileErrors.ts';
import { privateFileMode, privateFolderMode } from '../../../base/files/privateModes.ts';
import type { RejectedRow } from '../../copy/ports.ts';
import type { RejectedRows } from '../../copy/RunParts.ts';

const lineEnd = 0x0a;
const chunkBytes = 64 * 1024;

/** The name is that of the run: nobody has put a link there for a good reason. Unknown on Windows. */
const notALink = constants.O_NOFOLLOW ?? 0;
const creating = constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC | notALink;
const goingOn = constants.O_RDWR | notALink;

/**
 * NDJSON: an object for each row, with the reason and its cells in the order of the columns. The file comes into being with
 * its first row; rows of a later attempt go behind those that an earlier one has kept.
 */
export const openRejects = (options: { readonly folder: string; readonly name: string }): RejectedRows =>
  new RejectsFile(options.folder, options.name);

class RejectsFile implements RejectedRows {
  readonly #folder: string;
  readonly #name: string;
  #handle: FileHandle | null = null;
  /** Bytes of the rows that are kept, and of those that were put behind them. */
  #keptBytes = 0;
  #putBytes = 0;

  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
  }

  get fileName(): string | null {
    return this.#handle === null ? null : this.#name;
  }

  async begin(count: number): Promise<void> {
    await this.#explained(async () => {
      if (count === 0) {
        await rm(this.#path, { force: true });
        return;
      }
      // Of an attempt on another computer there is nothing here.
      const handle = await openIfThere(this.#path);
      if (handle === null) return;
      this.#handle = handle;
      this.#keptBytes = await lengthOfLines(handle, count);
      await handle.truncate(this.#keptBytes);
    });
  }

  async put(rows: readonly RejectedRow[]): Promise<void> {
    if (rows.length === 0 && this.#putBytes === 0) return;
    const lines = rows.map(({ reason, cells }) => `${JSON.stringify({ reason, cells })}\n`);
    const bytes = Buffer.from(lines.join(''));
    await this.#explained(async () => {
      this.#handle ??= await this.#create();
      await this.#handle.truncate(this.#keptBytes);
      for (let at = 0; at < bytes.length; ) {
        at += (await this.#handle.write(bytes, at, bytes.length - at, this.#keptBytes + at)).bytesWritten;
      }
      this.#putBytes = bytes.length;
    });
  }

  keep(): void {
    this.#keptBytes += this.#putBytes;
    this.#putBytes = 0;
  }

  async close(): Promise<void> {
    await this.#handle?.close().catch(() => undefined);
  }

  get #path(): string {
    return join(this.#folder, this.#name);
  }

  async #create(): Promise<FileHandle> {
    await mkdir(this.#folder, { recursive: true, mode: privateFolderMode });
    return open(this.#path, creating, privateFileMode);
  }

  async #explained(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      throw fileFailed('write', this.#name, error);
    }
  }
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, goingOn);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Bytes of the first lines of a file; of all of it when it has fewer. */
async function lengthOfLines(handle: FileHandle, count: number): Promise<number> {
  const chunk = Buffer.alloc(chunkBytes);
  let length = 0;
  let left = count;
  for (;;) {
    const { bytesRead } = await handle.read(chunk, 0, chunkBytes, length);
    if (bytesRead === 0) return length;
    const bytes = chunk.subarray(0, bytesRead);
    for (let at = bytes.indexOf(lineEnd); at >= 0; at = bytes.indexOf(lineEnd, at + 1)) {
      left -= 1;
      if (left === 0) return length + at + 1;
    }
    length += bytesRead;
  }
}
