import { close, constants, open, read, write } from 'node:fs';
import { promisify } from 'node:util';
import { privateFileMode } from '../../base/files/privateModes.ts';

const openFile = promisify(open);
const closeFile = promisify(close);

interface OpenFile {
  readonly descriptor: Promise<number>;
  userCount: number;
  /** Closed by whoever uses it last. */
  isLeaving: boolean;
}

/**
 * The files of all results, of which only some are open at a time: a script may have more results than a process may
 * have open files. A file is opened, and made if it is missing, when somebody uses it.
 */
export class FileHandles {
  readonly #limit: number;
  /** The one that was used last is last. */
  readonly #files = new Map<string, OpenFile>();

  /** @param limit most files that stay open while nobody uses them */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @throws what the operating system answers */
  async use<Value>(path: string, work: (descriptor: number) => Promise<Value>): Promise<Value> {
    const file = this.#files.get(path) ?? this.#open(path);
    this.#files.delete(path);
    this.#files.set(path, file);
    file.userCount += 1;
    try {
      return await work(await file.descriptor);
    } finally {
      file.userCount -= 1;
      if (file.userCount === 0 && file.isLeaving) await this.#close(file);
      else this.#closeUnused();
    }
  }

  /** Closes a file that is about to be removed, when the reads that are under way have ended. */
  async release(path: string): Promise<void> {
    const file = this.#files.get(path);
    if (file === undefined) return;
    this.#files.delete(path);
    await this.#leave(file);
  }

  #open(path: string): OpenFile {
    const file = {
      descriptor: openFile(path, constants.O_RDWR | constants.O_CREAT, privateFileMode),
      userCount: 0,
      isLeaving: false,
    };
    // One that cannot be opened is tried again by the next one.
    file.descriptor.catch(() => {
      if (this.#files.get(path) === file) this.#files.delete(path);
    });
    return file;
  }

  #closeUnused(): void {
    if (this.#files.size <= this.#limit) return;
    for (const [path, file] of this.#files) {
      if (file.userCount > 0) continue;
      this.#files.delete(path);
      void this.#leave(file);
      if (this.#files.size <= this.#limit) return;
    }
  }

  async #leave(file: OpenFile): Promise<void> {
    file.isLeaving = true;
    if (file.userCount === 0) await this.#close(file);
  }

  async #close({ descriptor }: OpenFile): Promise<void> {
    await descriptor.then(closeFile).catch(() => undefined);
  }
}

/** Writes at a place. @returns how many bytes were written, which may be fewer */
export function writeAt(descriptor: number, bytes: Uint8Array, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    write(descriptor, bytes, 0, bytes.length, position, (error, count) =>
      error === null ? resolve(count) : reject(error),
    );
  });
}

/** Fills `target` from a place. @throws when the file ends before */
export async function readAt(descriptor: number, target: Uint8Array, position: number): Promise<void> {
  let length = 0;
  while (length < target.length) {
    const count = await readSome(descriptor, target.subarray(length), position + length);
    if (count === 0) throw new Error('The file is shorter than what was written to it.');
    length += count;
  }
}

function readSome(descriptor: number, target: Uint8Array, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(descriptor, target, 0, target.length, position, (error, count) =>
      error === null ? resolve(count) : reject(error),
    );
  });
}
