/**
 * Makes the project, the Electron runtime, servers of the tests and Node readable for the session's user. What lies
 * below a private folder (a clone under /root) is mounted at a readable path inside a mount namespace that ends with
 * the session; where that is not allowed, or the files themselves are private, a copy is used.
 */

import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../bootstrap/project.mjs';
import { say } from '../bootstrap/report.mjs';
import { succeeds } from '../bootstrap/runCommand.mjs';
import { canReach, isRoot } from './sessionUser.mjs';

const LEFT_OUT = new Set(['.git', 'artifacts']);
const OTHERS_MAY_READ = 0o004;
const IN_NAMESPACE = ['unshare', '--mount', '--propagation', 'private'];
/** Mounts pairs of paths up to "--", then becomes the rest of its arguments. */
const MOUNT_SCRIPT =
  'while [ "$1" != -- ]; do mount --bind "$1" "$2" || exit 96; shift 2; done; shift; exec "$@"';

/**
 * @typedef {object} VisiblePlaces
 * @property {string} root the project, as the session sees it
 * @property {string} electronDist
 * @property {{ mysql: string, prometheus: string, ssh: string, matrix: string }} serverFolders of the tests; empty where
 *   there is none
 * @property {string} nodeFolder holds `node`
 * @property {string[]} entry put before the session's command
 */

/**
 * @param {string} base the session's temporary folder
 * @param {string} electronDist
 * @param {{ mysql?: string, prometheus?: string, ssh?: string, matrix?: string }} [servers] for tests
 * @returns {VisiblePlaces}
 */
export function makePlacesVisible(base, electronDist, servers = {}) {
  const { mysql = '', prometheus = '', ssh = '', matrix = '' } = servers;
  const nodeFolder = path.dirname(process.execPath);
  const serverFolders = { mysql, prometheus, ssh, matrix };
  const direct = { root: projectRoot, electronDist, serverFolders, nodeFolder, entry: [] };
  if (!isRoot) return direct;
  const exposure = new Exposure(base);
  const places = {
    root: reachableProject() ? projectRoot : exposure.folder(projectRoot, 'app'),
    electronDist: canReach(path.join(electronDist, 'version')) ? electronDist : '',
    serverFolders: {
      mysql: exposure.serverFolder(mysql, 'mysql'),
      prometheus: exposure.serverFolder(prometheus, 'prometheus'),
      ssh: exposure.serverFolder(ssh, 'ssh'),
      matrix: exposure.serverFolder(matrix, 'matrix'),
    },
    nodeFolder: canReach(process.execPath) ? nodeFolder : exposure.file(process.execPath, 'bin', 'node'),
  };
  places.electronDist ||=
    insideProject(electronDist, places.root) ?? exposure.folder(electronDist, 'electron');
  return { ...places, entry: exposure.entry() };
}

function reachableProject() {
  return [projectRoot, path.join(projectRoot, 'package.json'), path.join(projectRoot, 'node_modules')].every(
    canReach,
  );
}

/**
 * @param {string} place
 * @param {string} root the project as the session sees it
 */
function insideProject(place, root) {
  const relative = path.relative(projectRoot, place);
  return relative.startsWith('..') || root === projectRoot ? undefined : path.join(root, relative);
}

/** Collects what is shown to the session under its temporary folder. */
class Exposure {
  /** @type {string[]} */
  #mounts = [];
  #base;
  #mayMount = succeeds(IN_NAMESPACE[0], [...IN_NAMESPACE.slice(1), 'true']);

  /** @param {string} base */
  constructor(base) {
    this.#base = base;
  }

  /**
   * Entry by entry, because the folder itself may be private.
   * @param {string} source
   * @param {string} name
   * @returns {string} where the session sees it
   */
  folder(source, name) {
    const target = path.join(this.#base, name);
    mkdirSync(target, { mode: 0o755 });
    const entries = readdirSync(source).filter((entry) => !LEFT_OUT.has(entry));
    if (!this.#mayMount || entries.some((entry) => !othersMayRead(path.join(source, entry)))) {
      copyReadable(source, target);
      return target;
    }
    for (const entry of entries) this.#show(path.join(source, entry), path.join(target, entry));
    return target;
  }

  /** @param {string} source empty when there is none @param {string} name */
  serverFolder(source, name) {
    return source === '' || canReach(source) ? source : this.folder(source, name);
  }

  /**
   * @param {string} source
   * @param {string} folder
   * @param {string} name
   * @returns {string} the folder the session sees it in
   */
  file(source, folder, name) {
    const target = path.join(this.#base, folder);
    mkdirSync(target, { mode: 0o755 });
    if (this.#mayMount && othersMayRead(source)) this.#show(source, path.join(target, name));
    else {
      cpSync(source, path.join(target, name));
      chmodSync(path.join(target, name), 0o755);
    }
    return target;
  }

  /** @returns {string[]} */
  entry() {
    if (this.#mounts.length === 0) return [];
    return [...IN_NAMESPACE, 'sh', '-c', MOUNT_SCRIPT, 'sh', ...this.#mounts, '--'];
  }

  /**
   * @param {string} source
   * @param {string} target
   */
  #show(source, target) {
    const kind = lstatSync(source);
    if (kind.isSymbolicLink()) return symlinkSync(readlinkSync(source), target);
    if (kind.isDirectory()) mkdirSync(target, { mode: 0o755 });
    else writeFileSync(target, '');
    this.#mounts.push(source, target);
  }
}

/** @param {string} place */
function othersMayRead(place) {
  const kind = lstatSync(place);
  return kind.isSymbolicLink() || (kind.mode & OTHERS_MAY_READ) !== 0;
}

/**
 * @param {string} source
 * @param {string} target
 */
function copyReadable(source, target) {
  say(`Copying ${source} for the unprivileged user that runs the session (up to a minute)`);
  const kept = (place) => !LEFT_OUT.has(path.relative(source, place).split(path.sep)[0]);
  cpSync(source, target, { recursive: true, verbatimSymlinks: true, filter: kept });
  makeReadable(target);
}

/** @param {string} place */
function makeReadable(place) {
  const kind = lstatSync(place);
  if (kind.isSymbolicLink()) return;
  const executable = kind.isDirectory() || (kind.mode & 0o100) !== 0;
  chmodSync(place, executable ? 0o755 : 0o644);
  if (kind.isDirectory()) for (const name of readdirSync(place)) makeReadable(path.join(place, name));
}
