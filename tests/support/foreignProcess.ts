import { readdirSync, readFileSync } from 'node:fs';

/** What Linux tells about a process that need not be a child of ours. */

/** Whether it is there and is more than a dead one that nobody has asked about. */
export function isRunning(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** The names its threads have; none when it is gone. */
export function threadNames(pid: number): string[] {
  try {
    const tasks = `/proc/${pid}/task`;
    return readdirSync(tasks).map((task) => readFileSync(`${tasks}/${task}/comm`, 'utf8').trim());
  } catch {
    return [];
  }
}
