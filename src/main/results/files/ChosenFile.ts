import type { FileHandle } from 'node:fs/promises';
import { fileFailed, shownFileName } from '../../base/files/fileErrors.ts';
import { openUserFile } from '../../base/files/openUserFile.ts';
import type { FileReader } from '../Results.ts';

const chunkBytes = 256 * 1024;

/** A file that a person chose, read from its beginning to its end. */
export class ChosenFile implements FileReader {
  readonly fileName: string;
  readonly #handle: FileHandle;

  private constructor(fileName: string, handle: FileHandle) {
    this.fileName = fileName;
    this.#handle = handle;
  }

  /** @throws FILE_FAILED */
  static async open(path: string): Promise<ChosenFile> {
    return new ChosenFile(shownFileName(path), await openUserFile(path));
  }

  async read(): Promise<Buffer | null> {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    try {
      const { bytesRead } = await this.#handle.read(chunk, 0, chunkBytes, null);
      return bytesRead === 0 ? null : chunk.subarray(0, bytesRead);
    } catch (error) {
      throw fileFailed('read', this.fileName, error);
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
