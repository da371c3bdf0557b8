import { homedir } from 'node:os';
import { join } from 'node:path';
import type { MysqlConfig } from '../../../../shared/engines/mysql/config.ts';
import { type Options, optionGroupsOf } from '../../../../shared/engines/mysql/optionFile.ts';
import { isAppError } from '../../../base/AppError.ts';
import { expandHome } from '../../../base/files/homePath.ts';
import { readWhole } from '../../../base/files/readWhole.ts';
import { passwordFileUnusable, passwordNotInFile } from '../../network/failures/passwordFileErrors.ts';
import { readLoginPaths } from './loginPathFile.ts';

const maxFileBytes = 4 * 1024 * 1024;

/** Groups that the command-line client reads, each overriding the one before. */
const clientGroups = ['client', 'client-server', 'client-mariadb', 'mysql'];

const isLoginPathFile = (path: string): boolean => path.endsWith('.mylogin.cnf');

/**
 * The password of the user in an option file, or in the login paths of `mysql_config_editor`, which count before it, as
 * for MySQL's own client. `path#group` names one group, or one login path. A group for another user is for somebody else.
 * @throws PASSWORD_FILE_UNUSABLE for a file that others can change, PASSWORD_REQUIRED when nothing is for the user
 */
export async function passwordInOptionFile(config: MysqlConfig, written: string | null): Promise<string> {
  const [path, group] = splitGroup(written);
  const paths = path === null ? usualPaths() : [expandHome(path)];
  for (const each of paths) {
    const password = passwordOf(
      await readOptions(each),
      group === null ? clientGroups : [group],
      config.user,
    );
    if (password !== null) return password;
  }
  throw passwordNotInFile(paths.join(' and '), config.user);
}

function splitGroup(written: string | null): readonly [path: string | null, group: string | null] {
  const [, path, group] = /^(.*\.cnf)#([\w.-]+)$/.exec(written ?? '') ?? [];
  return path === undefined || group === undefined ? [written, null] : [path, group];
}

const usualPaths = (): readonly string[] => {
  const folder = process.platform === 'win32' ? join(process.env.APPDATA ?? homedir(), 'MySQL') : homedir();
  return [join(folder, '.mylogin.cnf'), join(homedir(), '.my.cnf')];
};

function passwordOf(text: string, groups: readonly string[], user: string): string | null {
  const options = optionGroupsOf(text) ?? new Map<string, Options>();
  const merged = new Map(groups.flatMap((group) => [...(options.get(group) ?? [])]));
  const password = merged.get('password') ?? '';
  const forWhom = merged.get('user') ?? user;
  return password === '' || forWhom !== user ? null : password;
}

/** Empty for a file that is not there. */
async function readOptions(path: string): Promise<string> {
  const isLoginPath = isLoginPathFile(path);
  // MySQL ignores an option file that anybody can write, and a file of login paths that others can read.
  const forbidden = isLoginPath ? 0o077 : 0o002;
  const check = (mode: number): void => {
    if (process.platform === 'win32' || (mode & forbidden) === 0) return;
    throw passwordFileUnusable(
      path,
      isLoginPath
        ? 'Other accounts of this computer can read it.'
        : 'Any account of this computer can change it.',
      'Let only yourself read and write it: chmod 0600.',
    );
  };
  try {
    const bytes = await readWhole(path, maxFileBytes, check);
    const text = isLoginPath ? readLoginPaths(bytes) : bytes.toString('utf8');
    if (text !== null) return text;
  } catch (error) {
    if (isAppError(error) && error.driverCode === 'ENOENT') return '';
    if (isAppError(error) && error.code === 'PASSWORD_FILE_UNUSABLE') throw error;
    throw passwordFileUnusable(path, 'It cannot be read.', 'Check whether you may read the file.', error);
  }
  throw passwordFileUnusable(path, 'It holds no login paths.', 'Write it anew with mysql_config_editor.');
}
