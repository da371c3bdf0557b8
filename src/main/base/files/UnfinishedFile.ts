import { randomUUID } from 'node:crypto';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isAppError } from '../AppError.ts';
import { fileFailed, fileNotRegular, shownFileName, systemCodeOf } from './fileErrors.ts';
import { privateFileMode } from './privateModes.ts';

/** What file systems answer that cannot flush a folder; the file itself has been flushed by then. */
const cannotSyncFolder = new Set(['EINVAL', 'ENOTSUP', 'ENOSYS', 'EISDIR', 'EPERM', 'EACCES']);

/** So much is handed to the disk while more is written, so that the end does not wait for all of it. */
const syncBytes = 16 * 1024 * 1024;

/**
 * A file that a person named, written aside in the same folder. It takes the name, and the place of what is there, when it
 * is finished: the old file is there or the whole new one, whatever happens in between. Readable for its owner only,
 * unless other permissions are asked for.
 */
export class UnfinishedFile {
  /** As it may be shown, without folders. */
  readonly fileName: string;
  /** Where it goes; that of a link is where that leads. */
  readonly target: string;
  readonly #path: string;
  readonly #handle: FileHandle;
  #unsyncedBytes = 0;
  #syncing: Promise<void> | null = null;
  /** The system says only once that what it had taken cannot be written. */
  #syncFailure: unknown = null;

  private constructor(fileName: string, target: string, path: string, handle: FileHandle) {
    this.fileName = fileName;
    this.target = target;
    this.#path = path;
    this.#handle = handle;
  }

  /**
   * @param mode its permissions
   * @param asideName what it is called until it is finished
   * @param followsLinks false: a link of this name is replaced, wherever it leads
   * @throws DISK_FULL, FILE_FAILED
   */
  static async create(
    path: string,
    mode = privateFileMode,
    asideName = `.mooring-${randomUUID()}.tmp`,
    followsLinks = true,
  ): Promise<UnfinishedFile> {
    const fileName = shownFileName(path);
    return guarded(fileName, async () => {
      const target = followsLinks ? await targetOf(path, fileName) : path;
      const unfinished = join(dirname(target), asideName);
      const handle = await open(unfinished, 'wx', privateFileMode);
      // Not with `open`, whose permissions the umask narrows.
      if (mode !== privateFileMode) await handle.chmod(mode);
      return new UnfinishedFile(fileName, target, unfinished, handle);
    });
  }

  /**
   * Writes a file whole: it takes its name once `fill` has ended well; else nothing is left of it.
   * @returns what `fill` returns @throws what `fill` throws, DISK_FULL, FILE_FAILED
   */
  static async whole<Value>(
    path: string,
    fill: (file: UnfinishedFile) => Promise<Value>,
    mode?: number,
  ): Promise<Value> {
    const file = await UnfinishedFile.create(path, mode);
    try {
      const value = await fill(file);
      await file.finish();
      return value;
    } catch (error) {
      await file.abandon();
      throw error;
    }
  }

  /** A file of these bytes. @returns its name, for people @throws as `whole` */
  static holding(path: string, bytes: Uint8Array): Promise<string> {
    return UnfinishedFile.whole(path, async (file) => {
      await file.write(bytes);
      return file.fileName;
    });
  }

  /** @throws DISK_FULL, FILE_FAILED */
  async write(bytes: Uint8Array): Promise<void> {
    await guarded(this.fileName, async () => {
      let position = 0;
      while (position < bytes.length) {
        position += (await this.#handle.write(bytes, position)).bytesWritten;
      }
    });
    this.#unsyncedBytes += bytes.length;
    if (this.#unsyncedBytes >= syncBytes) this.#syncing ??= this.#syncAhead();
  }

  /** Puts it in its place, safe from a power cut. @throws DISK_FULL, FILE_FAILED */
  async finish(): Promise<void> {
    await this.flush();
    await this.place(this.target);
  }

  /**
   * The first half of `finish`: all of it is on the disk.
   * @param modifiedAtS when it shall say that it was modified, in seconds since the epoch
   * @throws DISK_FULL, FILE_FAILED
   */
  async flush(modifiedAtS: number | null = null): Promise<void> {
    await guarded(this.fileName, async () => {
      await this.#syncing;
      if (this.#syncFailure !== null) throw this.#syncFailure;
      if (modifiedAtS !== null) await this.#handle.utimes(modifiedAtS, modifiedAtS);
      await this.#handle.sync();
    });
  }

  /** The second half, in a place of its own folder. @throws DISK_FULL, FILE_FAILED */
  async place(target: string): Promise<void> {
    await guarded(this.fileName, async () => {
      await this.#handle.close();
      await rename(this.#path, target);
      await syncFolder(dirname(target));
    });
  }

  async #syncAhead(): Promise<void> {
    this.#unsyncedBytes = 0;
    try {
      await this.#handle.datasync();
    } catch (error) {
      this.#syncFailure ??= error;
    } finally {
      this.#syncing = null;
    }
  }

  /** Leaves nothing behind. Never rejects; works any number of times, also after `finish` failed. */
  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    // Why it was abandoned is worth more than why its rest could not be removed.
    await rm(this.#path, { force: true }).catch(() => undefined);
  }
}

async function guarded<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw isAppError(error) ? error : fileFailed('write', name, error);
  }
}

/** Where a link leads, so that the link stays one. */
async function targetOf(path: string, name: string): Promise<string> {
  try {
    const target = await realpath(path);
    if (!(await stat(target)).isFile()) throw fileNotRegular(name);
    return target;
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return path;
    throw error;
  }
}

/** Flushes a folder's list of names, without which a renamed file may be gone after a power cut. */
async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder for this; NTFS journals its names itself.
  if (process.platform === 'win32') return;
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!cannotSyncFolder.has(systemCodeOf(error) ?? '')) throw error;
  }
}
