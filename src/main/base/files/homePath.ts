import { homedir } from 'node:os';
import { join } from 'node:path';

/** A path as people write it: `~/` is the home folder. */
export const expandHome = (path: string, home = homedir()): string =>
  /^~[/\\]/.test(path) ? join(home, path.slice(2)) : path;
