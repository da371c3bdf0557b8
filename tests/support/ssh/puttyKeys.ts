import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/**
 * Keys that PuTTYgen 0.78 made for these tests and for nothing else. The passphrase of those that are locked is
 * `of the key`.
 */
const folder = new URL('../../fixtures/putty/', import.meta.url);

export const puttyKeyPath = (name: string): string => fileURLToPath(new URL(`${name}.ppk`, folder));

/** The line of authorized_keys about a key. */
export async function puttyPublicLine(name: string): Promise<string> {
  const text = await readFile(puttyKeyPath(name), 'utf8');
  const [, type, publicLines] =
    /^PuTTY-User-Key-File-\d: (\S+)[\s\S]*?Public-Lines: \d+\n([A-Za-z0-9+/=\n]+)\n/.exec(text) ?? [];
  return `${type} ${publicLines?.replaceAll('\n', '')}`;
}
