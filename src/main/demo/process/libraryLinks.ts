import { lstat, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { demoUnavailable } from '../demoErrors.ts';

const linksSchema = z.array(z.strictObject({ source: z.string(), target: z.string() }));
type Link = z.infer<typeof linksSchema>[number];

/**
 * Makes the library names that the server's programs load and that npm packages cannot carry (symbolic links). The
 * package's install script makes them as well, but install scripts are often switched off.
 * @throws DEMO_UNAVAILABLE when a link is missing and the folder cannot be written, as in a damaged installation
 */
export async function ensureLibraryLinks(packageFolder: string): Promise<void> {
  for (const link of await readLinks(packageFolder)) {
    const target = path.join(packageFolder, link.target);
    if (await isThere(target)) continue;
    await makeLink(path.join(packageFolder, link.source), target);
  }
}

async function readLinks(packageFolder: string): Promise<Link[]> {
  const file = path.join(packageFolder, 'native', 'pg-symlinks.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]';
    throw error;
  });
  return linksSchema.parse(JSON.parse(text));
}

async function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

async function makeLink(source: string, target: string): Promise<void> {
  try {
    await symlink(path.relative(path.dirname(target), source), target);
  } catch (error) {
    // Another process of the app was faster.
    if (await isThere(target)) return;
    throw demoUnavailable(
      `The library ${path.basename(target)} of the demo server is missing, and its folder is not writable.`,
      'Reinstall Mooring.',
      error,
    );
  }
}
