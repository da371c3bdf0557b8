/**
 * Step 6, Linux: the programs and libraries of a headless desktop session, and the servers of the tests.
 * Only packages without a service: nothing starts at boot.
 */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { SetupError, step } from './report.mjs';
import { findProgram, runCommand, succeeds } from './runCommand.mjs';

/**
 * @typedef {object} Need
 * @property {string} subject begins the sentence that says what is missing
 * @property {string[][]} packages Debian names; where a name changed, the alternatives in the order of preference
 * @property {string[]} programs
 */

const DESKTOP_PACKAGES = [
  ['xvfb'],
  ['xauth'],
  ['dbus'],
  ['dbus-x11'],
  ['gnome-keyring'],
  ['util-linux'],
  ['fonts-liberation'],
  ['libsecret-1-0'],
  ['libnss3'],
  ['libgbm1'],
  ['libdrm2'],
  ['libxss1'],
  ['libxkbcommon0'],
  ['libxcomposite1'],
  ['libxdamage1'],
  ['libxfixes3'],
  ['libxrandr2'],
  ['libxtst6'],
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libasound2', 'libasound2t64'],
  ['libatk1.0-0', 'libatk1.0-0t64'],
  ['libatk-bridge2.0-0', 'libatk-bridge2.0-0t64'],
  ['libatspi2.0-0', 'libatspi2.0-0t64'],
  ['libcups2', 'libcups2t64'],
];
const DESKTOP_PROGRAMS = ['Xvfb', 'dbus-run-session', 'dbus-send', 'gnome-keyring-daemon', 'setpriv'];
/**
 * The client package of MariaDB holds a program that the installer of the server's system tables calls. Redis's server is
 * in its tools, under the name of one of them: the package redis-server adds no more than a service. The last ones are for
 * sshServer.mjs: the program that makes keys, and the libraries of the server.
 */
const SERVER_PACKAGES = [
  ['mariadb-server-core', 'mariadb-server-core-10.6'],
  ['mariadb-client-core', 'mariadb-client-core-10.6'],
  ['redis-tools'],
  ['openssh-client'],
  ['libwrap0'],
  ['libgssapi-krb5-2'],
];
const SERVER_PROGRAMS = ['mariadbd', 'mariadb-install-db', 'redis-check-rdb', 'ssh-keygen'];

/** @type {Need} */
const HEADLESS_RUN = {
  subject: 'A run without a display needs',
  packages: DESKTOP_PACKAGES,
  programs: DESKTOP_PROGRAMS,
};
/** @type {Need} */
const TEST_RUN = {
  subject: 'A run of the tests needs',
  packages: [...DESKTOP_PACKAGES, ...SERVER_PACKAGES],
  programs: [...DESKTOP_PROGRAMS, ...SERVER_PROGRAMS],
};
const APT_OPTIONS = ['-o', 'DPkg::Lock::Timeout=120', '-q'];

/**
 * @param {import('./electronRuntime.mjs').ElectronRuntime} electron
 * @param {{ testServers: boolean }} options testServers: also the servers of the tests
 */
export async function ensureSystemPackages(electron, { testServers }) {
  const need = testServers ? TEST_RUN : HEADLESS_RUN;
  const isDebian = existsSync('/etc/debian_version') && findProgram('dpkg-query') !== undefined;
  if (isDebian) await installMissingPackages(need);
  const missing = [
    ...need.programs.filter((program) => !findProgram(program)),
    ...missingLibraries(electron),
  ];
  if (missing.length === 0) return;
  throw new SetupError(`${need.subject} what this machine does not have: ${missing.join(', ')}.`, {
    command: isDebian
      ? installCommand(need.packages.map(([name]) => name))
      : 'install them with your package manager',
  });
}

/** For a run on the user's own display: says what is missing, installs nothing. @param {import('./electronRuntime.mjs').ElectronRuntime} electron */
export function requireLibraries(electron) {
  const missing = missingLibraries(electron);
  if (missing.length === 0) return;
  throw new SetupError(`Electron needs libraries that this machine does not have: ${missing.join(', ')}.`, {
    command: existsSync('/etc/debian_version')
      ? installCommand(DESKTOP_PACKAGES.map((names) => names[0]))
      : 'install them with your package manager',
  });
}

/**
 * @param {import('./electronRuntime.mjs').ElectronRuntime} electron
 * @returns {string[]} the shared libraries the runtime asks for and the system does not have
 */
function missingLibraries(electron) {
  const listed =
    spawnSync('ldd', [electron.executablePath], { encoding: 'utf8', timeout: 10_000 }).stdout ?? '';
  return [...listed.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
}

/** @param {Need} need */
async function installMissingPackages({ subject, packages }) {
  const installed = installedPackages(packages.flat());
  const missing = packages.filter((names) => !names.some((name) => installed.has(name)));
  if (missing.length === 0) return;
  const asRoot = rootPrefix();
  if (!asRoot) {
    const names = missing.map(([name]) => name);
    throw new SetupError(`${subject} the packages ${names.join(', ')}.`, {
      command: installCommand(names),
    });
  }
  await step(`Installing ${missing.length} system packages with apt-get`, '20 s to 2 min', async () => {
    await apt(asRoot, ['update']);
    await apt(asRoot, ['install', '-y', '--no-install-recommends', ...missing.map(availableName)]);
  });
}

/**
 * @param {string[]} names
 * @returns {Set<string>} those that are fully installed
 */
function installedPackages(names) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders are dpkg's.
  const question = ['-W', '-f=${Package} ${db:Status-Status}\n', ...names];
  const answer = spawnSync('dpkg-query', question, { encoding: 'utf8' }).stdout ?? '';
  const lines = answer.split('\n').map((line) => line.split(' '));
  return new Set(lines.filter(([, status]) => status === 'installed').map(([name]) => name));
}

/** The name this release of the distribution has a version of. @param {string[]} names */
function availableName(names) {
  return names.find((name) => succeeds('apt-cache', ['show', '--no-all-versions', name])) ?? names[0];
}

/** @returns {string[] | undefined} what to put before a command that needs root, undefined when we may not */
export function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return findProgram('sudo') && succeeds('sudo', ['-n', 'true']) ? ['sudo', '-n'] : undefined;
}

/**
 * @param {string[]} asRoot
 * @param {string[]} args
 */
async function apt(asRoot, args) {
  const [command, ...rest] = [
    ...asRoot,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    ...APT_OPTIONS,
    ...args,
  ];
  const result = await runCommand(command, rest);
  if (result.status === 0) return;
  throw new SetupError(`apt-get ${args[0]} failed.`, {
    command: `sudo apt-get ${args.join(' ')}`,
    output: result.output,
  });
}

/** @param {string[]} names */
function installCommand(names) {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`;
}
