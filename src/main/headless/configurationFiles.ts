import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isAppError } from '../base/AppError.ts';
import { readWhole } from '../base/files/readWhole.ts';
import { commandError } from './commandErrors.ts';

/** Group and others. */
const sharedBits = 0o077;
/** A key or a password; a bundle of certificate authorities. */
const maxSecretBytes = 16 * 1024;
const maxAuthoritiesBytes = 512 * 1024;

/** A file that an option names. */
export interface ConfigurationFile {
  readonly path: string;
  /** As people write it. */
  readonly option: string;
}

/**
 * Reads a secret. A file that others can read is refused, as ssh does: the secret may be known already.
 * @param credentialsFolder of systemd: nobody else gets into it, whatever the permissions of its files say
 * @throws INVALID_INPUT
 */
export async function readSecretFile(
  file: ConfigurationFile,
  credentialsFolder: string | null,
): Promise<string> {
  const isGuarded = process.platform === 'win32' || (await isIn(file.path, credentialsFolder));
  const bytes = await read(file, maxSecretBytes, (mode) => {
    if (isGuarded || (mode & sharedBits) === 0) return;
    throw commandError(`${file.option}: others can read ${file.path}. Run: chmod 600 ${file.path}`);
  });
  return bytes.toString('utf8').replace(/\r?\n$/, '');
}

/** @throws INVALID_INPUT */
export async function readAuthoritiesFile(file: ConfigurationFile): Promise<string> {
  return (await read(file, maxAuthoritiesBytes, () => undefined)).toString('utf8');
}

async function read(
  { path, option }: ConfigurationFile,
  maxBytes: number,
  check: (mode: number) => void,
): Promise<Buffer> {
  try {
    return await readWhole(path, maxBytes, check);
  } catch (error) {
    if (!isAppError(error)) throw error;
    // What `check` has found.
    if (error.code === 'INVALID_INPUT') throw error;
    throw commandError(`${option}: ${error.message}. ${error.detail} (${path})`, error);
  }
}

async function isIn(path: string, folder: string | null): Promise<boolean> {
  if (folder === null) return false;
  const [parent, wanted] = await Promise.all([realFolder(dirname(path)), realFolder(folder)]);
  return parent !== null && parent === wanted;
}

const realFolder = (path: string): Promise<string | null> => realpath(path).catch(() => null);
