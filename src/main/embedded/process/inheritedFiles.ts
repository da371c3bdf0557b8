import { readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { devNull } from 'node:os';

/** Where a system lists the open files of the process that asks. Windows hands down only what a program is given. */
const listOf: Partial<Record<NodeJS.Platform, string>> = { linux: '/proc/self/fd', darwin: '/dev/fd' };

/** The highest descriptor that this process has open; 2 where that is not known. */
function highestDescriptor(): number {
  const list = listOf[process.platform];
  if (list === undefined) return 2;
  try {
    return Math.max(2, ...readdirSync(list).map(Number).filter(Number.isInteger));
  } catch {
    return 2;
  }
}

/** What a program that outlives this process may have, and nothing else. */
export interface OwnFiles {
  /** For `spawn`, at once. */
  readonly stdio: ('ignore' | number)[];
  close(): Promise<void>;
}

/**
 * Standard input and output for a program that may outlive this process. Chromium keeps its sockets and pipes open in
 * every program that is started; one that lives on would hold them, and whoever waits for the end of this process's
 * output, such as a terminal or a launcher, would wait for that program. Here it gets the null device in their places.
 * @param output a descriptor for what the program writes
 */
export async function ownFiles(output: number): Promise<OwnFiles> {
  const nothing = await open(devNull, 'r+');
  const handedDown = Array.from({ length: highestDescriptor() - 2 }, () => nothing.fd);
  return { stdio: ['ignore', output, output, ...handedDown], close: () => nothing.close() };
}
