/**
 * Names in package-lock.json the optional packages of other platforms that the registry in use does not carry.
 * npm leaves them out of the lock file it writes, and `npm ci` then refuses that file. Run it after `npm install`.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { inProject } from './bootstrap/project.mjs';
import { say } from './bootstrap/report.mjs';

const LOCK_FILE = inProject('package-lock.json');
const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const PROCESSORS = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
];

const lock = JSON.parse(readFileSync(LOCK_FILE, 'utf8'));
const added = missingOptionalPackages(lock.packages);
for (const { place, entry } of added) lock.packages[place] = entry;
const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
lock.packages = Object.fromEntries(sorted);
if (added.length > 0) writeFileSync(LOCK_FILE, `${JSON.stringify(lock, null, 2)}\n`);
say(`${added.length} packages of other platforms added to package-lock.json`);

/** @param {Record<string, any>} packages */
function missingOptionalPackages(packages) {
  return Object.entries(packages).flatMap(([owner, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies).flatMap(([name, range]) => {
      const found = resolved(packages, owner, name);
      if (found && majorOf(found.version) === majorOf(range)) return [];
      const folder = found ? `${owner}/node_modules` : 'node_modules';
      return [{ place: `${folder}/${name}`, entry: platformEntry(name, range, dev) }];
    }),
  );
}

/** Node's own search: in the package's folder, then in each folder above. */
function resolved(packages, owner, name) {
  for (let folder = owner; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const found = packages[`${folder}${folder ? '/' : ''}node_modules/${name}`];
    if (found || folder === '') return found;
  }
}

/** Two majors of one package stand side by side: the second in the folder of its owner. */
function majorOf(versionOrRange) {
  return versionOrRange.replace(/^[\^~]/, '').split('.')[0];
}

/** Such packages say in their name what they are for; npm then never asks for one of another platform. */
function platformEntry(name, range, dev) {
  const words = name.replace('windows', 'win32').split(/[/.-]/);
  const cpu = words.find((word) => PROCESSORS.includes(word));
  const system = words.find((word) => SYSTEMS.includes(word));
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc';
  return {
    version: range.replace(/^[\^~]/, ''),
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(dev ? { dev: true } : {}),
    ...(system === 'linux' && words.some((word) => /^(musl|gnu)/.test(word)) ? { libc: [libc] } : {}),
    optional: true,
    ...(system ? { os: [system] } : {}),
  };
}
