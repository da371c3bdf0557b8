/**
 * The one folder that a session may write its results to (screenshots, reports). When we are root it is a
 * temporary one, and what is in it moves to its place in the project when the session has ended: the project
 * stays root's, and sessions at the same time do not meet.
 */

import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { giveToSessionUser, isRoot } from './sessionUser.mjs';

/** @typedef {{ path: string, collect: () => void }} ArtifactsFolder path: as the session sees it */

/**
 * @param {string} wanted
 * @param {string} base the session's temporary folder
 * @returns {ArtifactsFolder}
 */
export function openArtifactsFolder(wanted, base) {
  mkdirSync(wanted, { recursive: true, mode: 0o755 });
  if (!isRoot) return { path: wanted, collect: () => {} };
  const substitute = path.join(base, 'artifacts');
  mkdirSync(substitute, { mode: 0o700 });
  giveToSessionUser(substitute);
  return {
    path: substitute,
    collect: () => cpSync(substitute, wanted, { recursive: true, verbatimSymlinks: true }),
  };
}
