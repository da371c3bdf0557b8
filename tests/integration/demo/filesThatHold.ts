import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The files under these paths that hold any of the texts, byte for byte. */
export async function filesThatHold(paths: readonly string[], texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    for (const file of await filesUnder(path)) {
      const content = await readFile(file);
      if (texts.some((text) => content.includes(text))) found.push(file);
    }
  }
  return found;
}

async function filesUnder(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
