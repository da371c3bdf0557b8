import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** One file of the seed. */
export interface SeedScript {
  /** What people read while it runs: the file's first line. */
  readonly title: string;
  readonly statements: readonly string[];
}

/** The seed's files in the order of their names. */
export async function readSeed(seedFolder: string): Promise<SeedScript[]> {
  const names = (await readdir(seedFolder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => parseSeed(await readFile(path.join(seedFolder, name), 'utf8'))),
  );
}

/** A script's first line is a comment with its title; each statement ends with a semicolon and an empty line. */
export function parseSeed(script: string): SeedScript {
  const text = script.replaceAll('\r\n', '\n');
  const [firstLine = ''] = text.split('\n', 1);
  const statements = text
    .split(';\n\n')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
  return { title: firstLine.replace(/^--\s*/, ''), statements };
}
