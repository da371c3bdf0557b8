/** Packages of Debian sid with all they depend on, from the machine's own mirror, by an apt that touches nothing of the machine. */

import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand } from './runCommand.mjs';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const QUESTION_LIMIT_MS = 10_000;
const CONNECT_LIMIT_S = 5;
const UPDATE_LIMIT_MS = 30_000;
const DOWNLOAD_LIMIT_MS = 5 * 60 * 1000;
/** apt's downloads run as a user of their own, who must get through. */
const PASSABLE_MODE = 0o755;

/**
 * @param {string} packageName
 * @param {(archives: string[]) => Promise<void>} use gets the files, in a folder that goes when it is done
 */
export async function downloadFromSid(packageName, use) {
  const mirror = await debianMirror();
  const folder = mkdtempSync(path.join(tmpdir(), 'mooring-apt-'));
  try {
    const env = await privateConfiguration(folder, mirror);
    await apt(['update'], env, UPDATE_LIMIT_MS);
    const install = ['install', '-y', '--download-only', '--no-install-recommends', packageName];
    await apt(install, env, DOWNLOAD_LIMIT_MS);
    const archives = path.join(folder, 'cache', 'archives');
    const names = readdirSync(archives).filter((name) => name.endsWith('.deb'));
    await use(names.map((name) => path.join(archives, name)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns {Promise<string>} where the machine gets Debian's packages from */
async function debianMirror() {
  const filter = ['Origin: Debian', 'Label: Debian', 'Component: main', 'Created-By: Packages'];
  const answer = await ask('apt-get', ['indextargets', '--format', '$(REPO_URI)', ...filter]);
  const mirror = answer.split('\n').find((line) => line.includes(':'));
  if (!mirror) throw new Error('apt-get knows no mirror of Debian here');
  return mirror;
}

/**
 * @param {string} folder
 * @param {string} mirror
 * @returns {Promise<NodeJS.ProcessEnv>} for an apt with the machine's proxies and nothing else of its settings
 */
async function privateConfiguration(folder, mirror) {
  const at = (/** @type {string} */ name) => path.join(folder, name);
  chmodSync(folder, PASSABLE_MODE);
  for (const name of ['none', 'state/lists/partial', 'cache/archives/partial']) {
    mkdirSync(at(name), { recursive: true, mode: PASSABLE_MODE });
  }
  const access = (await ask('apt-config', ['dump', 'Acquire'])).split('\n');
  const own = {
    'Dir::State': at('state'),
    'Dir::State::status': at('status'),
    'Dir::Cache': at('cache'),
    'Dir::Etc::main': at('none/apt.conf'),
    'Dir::Etc::parts': at('none'),
    'Dir::Etc::sourcelist': at('sources.list'),
    'Dir::Etc::sourceparts': at('none'),
    'Dir::Etc::preferences': at('none/preferences'),
    'Dir::Etc::preferencesparts': at('none'),
    'APT::Update::Error-Mode': 'any',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '0',
    'Acquire::http::Timeout': CONNECT_LIMIT_S,
    'Acquire::https::Timeout': CONNECT_LIMIT_S,
  };
  const lines = Object.entries(own).map(([name, value]) => `${name} "${value}";`);
  const settings = [...access.filter((line) => !line.startsWith('Acquire::IndexTargets')), ...lines, ''];
  writeFileSync(at('apt.conf'), settings.join('\n'), { mode: 0o600 });
  writeFileSync(at('status'), '');
  const signedBy = existsSync(KEYRING) ? ` signed-by=${KEYRING}` : '';
  writeFileSync(at('sources.list'), `deb [arch=amd64${signedBy}] ${mirror} sid main\n`, { mode: 0o600 });
  return { ...process.env, APT_CONFIG: at('apt.conf'), LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
}

/**
 * @param {string} command
 * @param {string[]} args
 */
async function ask(command, args) {
  const result = await runCommand(command, args, { timeoutMs: QUESTION_LIMIT_MS });
  return result.status === 0 ? result.output : '';
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {number} timeoutMs
 */
async function apt(args, env, timeoutMs) {
  const result = await runCommand('apt-get', ['-q', ...args], { env, timeoutMs });
  if (result.status === 0) return;
  const complaint = result.output.split('\n').find((line) => line.startsWith('E: '));
  const reason =
    result.status === -1 ? `no end after ${timeoutMs / 1000} s` : (complaint?.slice(3).trim() ?? 'it failed');
  throw new Error(`apt-get ${args[0]} for Debian sid: ${reason}`);
}
