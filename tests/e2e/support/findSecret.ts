import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The forms in which a secret could lie in a file. */
export function spellings(secret: string): Buffer[] {
  const bytes = Buffer.from(secret, 'utf8');
  const base64 = [0, 1, 2].map((shift) => {
    // Base64 of the same bytes differs with what stands before them; the ends are cut off with their neighbours.
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(shift === 0 ? 0 : shift + 1, -1);
  });
  const texts = [secret, ...base64, bytes.toString('hex'), encodeURIComponent(secret)];
  return [...texts.map((text) => Buffer.from(text, 'utf8')), Buffer.from(secret, 'utf16le')];
}

/** All files below a folder that hold the secret, in plain, base64, hex, URL encoding or UTF-16. */
export function filesWithSecret(folder: string, secret: string): string[] {
  const needles = spellings(secret);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const content = contentOf(file);
      return needles.some((needle) => content.includes(needle));
    });
}

/** A server that runs meanwhile makes files and removes them: one that is gone holds nothing. */
function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
