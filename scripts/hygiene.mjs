/** The grep gate of `npm test`: what no source file may say, and how long one may be. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inProject } from './bootstrap/project.mjs';
import { contentBreaches } from './hygiene/contentRules.mjs';
import { fileBreaches } from './hygiene/fileRules.mjs';

const FOLDERS = ['src', 'tests', 'scripts'];
const SOURCE_FILE = /\.(tsx?|mjs|cjs|html)$/;

const breaches = FOLDERS.flatMap(sourceFiles).flatMap((file) => {
  const text = readFileSync(inProject(file), 'utf8');
  return [...contentBreaches(file, text), ...fileBreaches(file, text)];
});
for (const breach of breaches) console.log(breach);
process.exitCode = breaches.length === 0 ? 0 : 1;

/**
 * @param {string} folder
 * @returns {string[]} paths relative to the project, with forward slashes
 */
function sourceFiles(folder) {
  if (!existsSync(inProject(folder))) return [];
  return readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .filter((file) => SOURCE_FILE.test(file));
}
