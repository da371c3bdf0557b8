import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileTooLargeError, notRegularFileError, notUtf8Error } from './tabFileErrors.ts';

const byteOrderMark = '\uFEFF';
/** Bytes that are read, and characters that are written, without a pause. */
const sliceLength = 1_000_000;
/** Most bytes of one character in UTF-8. */
const maxCharacterBytes = 4;

/** Tells whether a file is as it was. */
export interface Fingerprint {
  readonly inode: number;
  readonly size: number;
  readonly modifiedMs: number;
}

export interface TextFile {
  /** Without its byte order mark. */
  readonly text: string;
  readonly hasByteOrderMark: boolean;
  readonly fingerprint: Fingerprint;
}

/**
 * Reads UTF-8 text. The file is opened once; a pipe, device or folder is refused and never waited for.
 * @param name as it is shown in errors
 * @param maxLength in UTF-16 units
 * @throws FILE_FAILED for what is no file or no UTF-8, TOO_LARGE; errors of the system as they are
 */
export async function readTextFile(path: string, name: string, maxLength: number): Promise<TextFile> {
  // Opening a pipe without O_NONBLOCK (unknown on Windows) waits for somebody who writes into it.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw notRegularFileError(name);
    if (stats.size > maxLength * maxCharacterBytes) throw fileTooLargeError(name, maxLength);
    const text = await decode(handle, name, maxLength);
    const hasByteOrderMark = text.startsWith(byteOrderMark);
    const fingerprint = { inode: stats.ino, size: stats.size, modifiedMs: stats.mtimeMs };
    return { text: hasByteOrderMark ? text.slice(1) : text, hasByteOrderMark, fingerprint };
  } finally {
    await handle.close();
  }
}

/** What is at the path now; null when there is nothing. @throws errors of the system as they are */
export async function fingerprintOf(path: string): Promise<(Fingerprint & { readonly mode: number }) | null> {
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    },
  );
  if (handle === null) return null;
  try {
    const stats = await handle.stat();
    return { inode: stats.ino, size: stats.size, modifiedMs: stats.mtimeMs, mode: stats.mode & 0o777 };
  } finally {
    await handle.close();
  }
}

/**
 * Writes UTF-8 text in place of what is there: afterwards the old file is there or the whole new one, on the disk,
 * whatever happens in between. A link stays one.
 * @param mode of the new file, before the umask
 * @throws errors of the system as they are
 */
export async function writeTextFile(
  path: string,
  text: string,
  { mode, hasByteOrderMark = false }: { readonly mode: number; readonly hasByteOrderMark?: boolean },
): Promise<Fingerprint> {
  const target = await realpath(path).catch(() => path);
  const folder = dirname(target);
  const unfinished = join(folder, `.mooring-${randomUUID()}.tmp`);
  try {
    const handle = await open(unfinished, 'wx', mode);
    try {
      if (hasByteOrderMark) await handle.writeFile(byteOrderMark);
      await encode(handle, text);
      await handle.sync();
      const { ino, mtimeMs, size } = await handle.stat();
      await rename(unfinished, target);
      await syncFolder(folder);
      return { inode: ino, size, modifiedMs: mtimeMs };
    } finally {
      await handle.close();
    }
  } catch (error) {
    // Why it failed is worth more than why its rest could not be removed.
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function decode(handle: FileHandle, name: string, maxLength: number): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const buffer = Buffer.alloc(sliceLength);
  let text = '';
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
      text += decoder.decode(buffer.subarray(0, bytesRead), { stream: bytesRead > 0 });
      if (text.length > maxLength + 1) throw fileTooLargeError(name, maxLength);
      if (bytesRead === 0) return text;
    }
  } catch (error) {
    throw error instanceof TypeError ? notUtf8Error(name) : error;
  }
}

async function encode(handle: FileHandle, text: string): Promise<void> {
  let at = 0;
  while (at < text.length) {
    let end = Math.min(at + sliceLength, text.length);
    const last = text.charCodeAt(end - 1);
    // Not between the halves of one character.
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end += 1;
    await handle.writeFile(text.slice(at, end));
    at = end;
  }
}

/** Flushes a folder's list of names, as far as the file system can; the file itself has been flushed by then. */
async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder for this; NTFS journals its names itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync().catch(() => undefined);
  } finally {
    await handle.close();
  }
}
