import { homedir } from 'node:os';
import { join } from 'node:path';

/** A path as people write it: `~/` is the home folder. */
export const expandHome = (path: string): string =>
  /^~[/\\]/.test(path) ? join(homedir(), path.slice(2)) : path;
