import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';

/** What a running server says of itself in `postmaster.pid`; after a crash, what one said that is gone. */
export interface PostmasterFile {
  readonly pid: number;
  /** Epoch milliseconds, whole seconds. */
  readonly startedAtMs: number;
  readonly port: number;
  /** `starting`, `ready`, `stopping` or `standby`. */
  readonly status: string;
}

const fileName = 'postmaster.pid';

/**
 * Whether the file is there but says nothing: after a power cut it may be empty, cut off or full of zeros. A server then
 * refuses to start over it. One that is just starting is none of these: its first five lines are written at once.
 */
export async function isPostmasterFileDamaged(clusterFolder: string): Promise<boolean> {
  const text = await readFile(path.join(clusterFolder, fileName), 'utf8').catch(() => null);
  return text !== null && parsePostmasterFile(text) === null;
}

/** Reads the file of a cluster; null when there is none or it is not whole (the server writes it line by line). */
export async function readPostmasterFile(clusterFolder: string): Promise<PostmasterFile | null> {
  const text = await readFile(path.join(clusterFolder, fileName), 'utf8').catch(() => '');
  return parsePostmasterFile(text);
}

/**
 * Deletes the file of a server that is known not to run. Even were it known wrongly, the server's own shared memory
 * check would keep a second one from starting on the same files.
 */
export async function removePostmasterFile(clusterFolder: string): Promise<void> {
  await rm(path.join(clusterFolder, fileName), { force: true });
}

/** Lines: pid, data folder, start (epoch seconds), port, socket folder, address, shared memory key, status. */
export function parsePostmasterFile(text: string): PostmasterFile | null {
  const lines = text.split('\n').map((line) => line.trim());
  const pid = wholeNumber(lines[0]);
  const startedAt = wholeNumber(lines[2]);
  const port = wholeNumber(lines[3]);
  if (pid === null || startedAt === null || port === null || port > 65_535) return null;
  return { pid, startedAtMs: startedAt * 1_000, port, status: lines[7] ?? '' };
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^[1-9]\d{0,11}$/.test(text) ? Number(text) : null;
}
