import type { FileHandle } from 'node:fs/promises';
import { stat } from 'node:fs/promises';
import { fileFailed, systemCodeOf } from '../../base/files/fileErrors.ts';
import { openUserFile } from '../../base/files/openUserFile.ts';
import { UnfinishedFile } from '../../base/files/UnfinishedFile.ts';
import { textSlices } from '../../base/textSlices.ts';
import { fileTooLarge, notUtf8 } from './tabFileErrors.ts';

const byteOrderMark = '\uFEFF';
/** Bytes that are read, and characters that are written, without a pause. */
const sliceLength = 1_000_000;
/** Most bytes of one UTF-16 unit in UTF-8. */
const maxUnitBytes = 3;

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
 * Reads UTF-8 text.
 * @param name as it is shown in errors
 * @param maxLength in UTF-16 units
 * @throws FILE_FAILED, also for what is no file or no UTF-8; TOO_LARGE
 */
export async function readTextFile(path: string, name: string, maxLength: number): Promise<TextFile> {
  const handle = await openUserFile(path);
  try {
    const { ino: inode, mtimeMs: modifiedMs, size } = await handle.stat();
    if (size > (maxLength + 1) * maxUnitBytes) throw fileTooLarge(name, maxLength);
    const whole = await decode(handle, name, maxLength);
    const hasByteOrderMark = whole.startsWith(byteOrderMark);
    const text = hasByteOrderMark ? whole.slice(1) : whole;
    if (text.length > maxLength) throw fileTooLarge(name, maxLength);
    return { text, hasByteOrderMark, fingerprint: { inode, modifiedMs, size } };
  } finally {
    await handle.close();
  }
}

/** What is at the path now, with its permissions; null when there is nothing. @throws FILE_FAILED */
export async function fingerprintOf(
  path: string,
  name: string,
): Promise<(Fingerprint & { readonly mode: number }) | null> {
  try {
    const { ino: inode, mode, mtimeMs: modifiedMs, size } = await stat(path);
    return { inode, modifiedMs, size, mode: mode & 0o777 };
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return null;
    throw fileFailed('read', name, error);
  }
}

/**
 * Writes UTF-8 text in place of what is there: afterwards the old file is there or the whole new one, on the disk,
 * whatever happens in between.
 * @param mode default: only the owner reads and writes
 * @throws DISK_FULL, FILE_FAILED
 */
export async function writeTextFile(
  path: string,
  text: string,
  { mode, hasByteOrderMark = false }: { readonly mode?: number; readonly hasByteOrderMark?: boolean } = {},
): Promise<void> {
  const fill = async (file: UnfinishedFile): Promise<void> => {
    if (hasByteOrderMark) await file.write(Buffer.from(byteOrderMark));
    for (const slice of textSlices(text, sliceLength)) await file.write(Buffer.from(slice));
  };
  await UnfinishedFile.whole(path, fill, mode);
}

async function decode(handle: FileHandle, name: string, maxLength: number): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const buffer = Buffer.alloc(sliceLength);
  let text = '';
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
      text += decoder.decode(buffer.subarray(0, bytesRead), { stream: bytesRead > 0 });
      if (text.length > maxLength + 1) throw fileTooLarge(name, maxLength);
      if (bytesRead === 0) return text;
    }
  } catch (error) {
    if (error instanceof TypeError) throw notUtf8(name);
    throw error instanceof Error && 'errno' in error ? fileFailed('read', name, error) : error;
  }
}
