/** Where the project is, and what its package files say. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** @param {...string} segments */
export function inProject(...segments) {
  return path.join(projectRoot, ...segments);
}

/**
 * @param {string} file
 * @returns {any} undefined when the file is missing or not JSON
 */
export function readJsonIfThere(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} packageName
 * @returns {string | undefined} the version in node_modules
 */
export function installedVersion(packageName) {
  return readJsonIfThere(inProject('node_modules', packageName, 'package.json'))?.version;
}
