import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Endpoint } from '../../../../shared/engines/Engine.ts';
import type { PostgresConfig } from '../../../../shared/engines/postgres/config.ts';
import { placeOf } from '../../../../shared/engines/postgres/hosts.ts';
import { isAppError } from '../../../base/AppError.ts';
import { expandHome } from '../../../base/files/homePath.ts';
import { readWhole } from '../../../base/files/readWhole.ts';
import { passwordFileUnusable, passwordNotInFile } from '../../network/failures/passwordFileErrors.ts';
import { bareHost } from '../../network/sockets/resolveHost.ts';

const maxFileBytes = 4 * 1024 * 1024;
/** Anybody else than the owner. libpq ignores such a file as well. */
const othersMode = 0o077;

/** The folders in which servers have their socket by default; for these a line says `localhost`. */
const usualFolders: ReadonlySet<string> = new Set(['/tmp', '/var/run/postgresql', '/run/postgresql']);

type Login = Pick<PostgresConfig, 'database' | 'user' | 'socketFolder'> & {
  readonly host: string;
  readonly port: number;
};

/** Where libpq looks for it. */
function usualPath(): string {
  if (process.platform !== 'win32') return join(homedir(), '.pgpass');
  const { APPDATA } = process.env;
  return join(APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'postgresql', 'pgpass.conf');
}

/**
 * The password of a log-in in libpq's password file (PostgreSQL 18, "The Password File").
 * @param place of several hosts the one that asks
 * @throws PASSWORD_FILE_UNUSABLE for a file that others can read, PASSWORD_REQUIRED when no line is for the log-in
 */
export async function passwordInPgpass(
  config: PostgresConfig,
  written: string | null,
  place: Endpoint['place'] = placeOf(config),
): Promise<string> {
  const path = written === null ? usualPath() : expandHome(written);
  const { host, port } = 'socketPath' in place ? config : place;
  const { database, user, socketFolder } = config;
  const password = findPassword(await readLines(path), { host, port, database, user, socketFolder });
  if (password === null || password === '')
    throw passwordNotInFile(path, `${user} at ${host}:${port}/${database}`);
  return password;
}

async function readLines(path: string): Promise<string> {
  const refuseOthers = (mode: number): void => {
    if (process.platform === 'win32' || (mode & othersMode) === 0) return;
    throw passwordFileUnusable(
      path,
      'Other accounts of this computer can read it.',
      'Let only yourself read it: chmod 0600, as libpq demands too.',
    );
  };
  try {
    return (await readWhole(path, maxFileBytes, refuseOthers)).toString('utf8');
  } catch (error) {
    if (isAppError(error) && error.driverCode === 'ENOENT') return '';
    if (isAppError(error) && error.code === 'PASSWORD_FILE_UNUSABLE') throw error;
    throw passwordFileUnusable(path, 'It cannot be read.', 'Check whether you may read the file.', error);
  }
}

/** A field: up to the next colon that no backslash stands before. */
const field = /((?:\\[\s\S]|[^:\\])*)(?::|$)/y;

/** The first line counts whose fields all match. @returns null when there is none */
export function findPassword(text: string, login: Login): string | null {
  const host = login.socketFolder ?? bareHost(login.host);
  const wanted = [
    usualFolders.has(host) ? 'localhost' : host,
    String(login.port),
    login.database,
    login.user,
  ];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#')) continue;
    const fields = fieldsOf(line);
    const password = fields[wanted.length];
    if (password !== undefined && wanted.every((value, index) => matches(fields[index] ?? '', value))) {
      return unescaped(password);
    }
  }
  return null;
}

function fieldsOf(line: string): string[] {
  const fields: string[] = [];
  field.lastIndex = 0;
  // Behind the password libpq reads no further.
  while (fields.length < 5 && (fields.length === 0 || line[field.lastIndex - 1] === ':')) {
    const match = field.exec(line);
    if (match === null) break;
    fields.push(match[1] ?? '');
  }
  return fields;
}

/** Only an asterisk alone stands for anything. */
const matches = (written: string, value: string): boolean => written === '*' || unescaped(written) === value;

const unescaped = (text: string): string => text.replace(/\\([\s\S])/g, '$1');
