import { rm } from 'node:fs/promises';
import { type FileHandles, readAt, writeAt } from './FileHandles.ts';

/** A small result writes little; a large one writes in large parts. */
const firstBufferBytes = 64 * 1024;
const bufferBytes = 1024 * 1024;
const noBytes = Buffer.alloc(0);

/**
 * A file that only grows. While one buffer is written to the disk the other one fills; when both are full, `append` waits.
 * Everything that was appended can be read at once, wherever it is. After a write that failed nothing more can be
 * appended, but what is there can still be read: what the disk did not take stays in memory.
 */
export class AppendFile {
  readonly #path: string;
  readonly #handles: FileHandles;
  /** Bytes that are in the file. */
  #writtenBytes = 0;
  /** What is on its way to the file; it follows what is there. */
  #leaving = noBytes;
  /** What follows `#leaving`: the first `#usedBytes` of the buffer. */
  #buffer = noBytes;
  #usedBytes = 0;
  /** A buffer whose content is written, to be filled again. */
  #spare = noBytes;
  #writing: Promise<void> | null = null;
  #failure: { readonly error: unknown } | null = null;

  constructor(path: string, handles: FileHandles) {
    this.#path = path;
    this.#handles = handles;
  }

  /** Everything that was appended. */
  get byteCount(): number {
    return this.#writtenBytes + this.#leaving.length + this.#usedBytes;
  }

  /** The bytes are taken over when this resolves. @throws what the operating system answers to a write */
  async append(bytes: Uint8Array): Promise<void> {
    this.#throwIfFailed();
    let position = 0;
    while (position < bytes.length) {
      if (this.#usedBytes === this.#buffer.length) await this.#turnOver();
      const length = Math.min(bytes.length - position, this.#buffer.length - this.#usedBytes);
      this.#buffer.set(bytes.subarray(position, position + length), this.#usedBytes);
      this.#usedBytes += length;
      position += length;
    }
  }

  /** Writes what is in memory, and gives the memory back. @throws what the operating system answers to a write */
  async flush(): Promise<void> {
    this.#throwIfFailed();
    if (this.#usedBytes > 0) await this.#turnOver();
    await this.#settle();
    this.#buffer = noBytes;
    this.#spare = noBytes;
  }

  /** The bytes from `position` on. @throws when there are not so many, and what the operating system answers */
  async read(position: number, length: number): Promise<Buffer> {
    const target = Buffer.allocUnsafe(length);
    await this.readInto(target, position);
    return target;
  }

  /** Fills `target` with the bytes from `position` on. @throws as `read` */
  async readInto(target: Buffer, position: number): Promise<void> {
    const { length } = target;
    const inFile = Math.max(0, Math.min(length, this.#writtenBytes - position));
    // Before anything is awaited: what is in memory may be in the file afterwards.
    const copied = this.#copyFromMemory(position + inFile, target.subarray(inFile));
    if (inFile + copied < length) throw new RangeError('There is nothing yet at this place of the file.');
    if (inFile > 0) {
      const part = target.subarray(0, inFile);
      await this.#handles.use(this.#path, (descriptor) => readAt(descriptor, part, position));
    }
  }

  /** Removes the file; it can be read and appended to no more. Waits for what is under way. Never rejects. */
  async remove(): Promise<void> {
    this.#failure ??= { error: new Error('The file was removed.') };
    await this.#writing;
    this.#leaving = noBytes;
    this.#buffer = noBytes;
    this.#usedBytes = 0;
    this.#spare = noBytes;
    await this.#handles.release(this.#path);
    await rm(this.#path, { force: true }).catch(() => undefined);
  }

  #copyFromMemory(position: number, target: Uint8Array): number {
    const offset = position - this.#writtenBytes;
    const leaving = this.#leaving.subarray(offset, offset + target.length);
    target.set(leaving);
    const next = Math.max(0, offset - this.#leaving.length);
    const filling = this.#buffer
      .subarray(0, this.#usedBytes)
      .subarray(next, next + target.length - leaving.length);
    target.set(filling, leaving.length);
    return leaving.length + filling.length;
  }

  /** Sends the full buffer to the file and takes the other one. */
  async #turnOver(): Promise<void> {
    await this.#settle();
    const full = this.#buffer;
    this.#leaving = full.subarray(0, this.#usedBytes);
    this.#buffer =
      this.#spare.length > 0
        ? this.#spare
        : Buffer.allocUnsafeSlow(full.length === 0 ? firstBufferBytes : bufferBytes);
    this.#usedBytes = 0;
    this.#spare = noBytes;
    if (full.length === 0) return;
    this.#writing = this.#writeOut().then(
      () => {
        if (full.length === bufferBytes) this.#spare = full;
      },
      (error: unknown) => {
        this.#failure ??= { error };
      },
    );
  }

  async #writeOut(): Promise<void> {
    await this.#handles.use(this.#path, async (descriptor) => {
      while (this.#leaving.length > 0) {
        const count = await writeAt(descriptor, this.#leaving, this.#writtenBytes);
        this.#writtenBytes += count;
        this.#leaving = this.#leaving.subarray(count);
      }
    });
  }

  async #settle(): Promise<void> {
    await this.#writing;
    this.#writing = null;
    this.#throwIfFailed();
  }

  #throwIfFailed(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }
}
