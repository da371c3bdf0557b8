import { type Options, optionGroupsOf } from '../../../shared/engines/mysql/optionFile.ts';
import { type FoundConnection, type Product, readable } from './ForeignFile.ts';
import { addressOf } from './foreignValues.ts';

/**
 * Groups that MySQL's and MariaDB's command-line clients read, with the suffix that chooses one of several servers
 * (`--defaults-group-suffix`), such as `client_prod`.
 */
const clientGroup = /^(?:client|mysql|client-server|client-mariadb)([_-][\w.-]+|\d+)?$/;

/** `my.cnf` of MySQL and MariaDB (MySQL Reference Manual, “Using Option Files”). */
export const mysqlOptionFile: Product = {
  label: 'my.cnf',
  async read({ text }) {
    const groups = text === null ? null : groupsOf(text);
    if (groups === null) return null;
    const common = optionsOf(groups, '');
    const suffixes = new Set([...groups.keys()].map((name) => clientGroup.exec(name)?.[1] ?? ''));
    const connections = [...suffixes]
      .map((suffix) => [suffix, new Map([...common, ...optionsOf(groups, suffix)])] as const)
      .filter(([, options]) => ['host', 'socket', 'user', 'password'].some((name) => options.has(name)))
      .map(([suffix, options]) => connectionOf(suffix, options));
    return connections.length === 0 ? null : readable(connections);
  },
};

/** @returns null for a text that is no option file, or has no group of a client */
function groupsOf(text: string): ReadonlyMap<string, Options> | null {
  const groups = optionGroupsOf(text);
  return groups !== null && [...groups.keys()].some((name) => clientGroup.test(name)) ? groups : null;
}

/** A later group overrides an earlier one. */
const optionsOf = (groups: ReadonlyMap<string, Options>, suffix: string): Options =>
  new Map([...groups].flatMap(([name, options]) => (suffixOf(name) === suffix ? [...options] : [])));

const suffixOf = (group: string): string | null => {
  const match = clientGroup.exec(group);
  return match === null ? null : (match[1] ?? '');
};

function connectionOf(suffix: string, options: Options): FoundConnection {
  const given = (name: string): string => options.get(name) ?? '';
  const host = given('host') || 'localhost';
  const settings = {
    'ssl-mode': tlsModeOf(options),
    socket: host === 'localhost' ? given('socket') : '',
    compress: options.has('compress') ? 'true' : '',
  };
  const [user, port, database] = [given('user'), given('port'), given('database')];
  return {
    name: suffix.replace(/^[_-]/, '') || `${user === '' ? '' : `${user}@`}${host}`,
    address: addressOf({ engine: 'mysql', user, host, port, database, settings }),
    password: given('password') === '' ? null : given('password'),
    tlsFiles: {
      authority: given('ssl-ca') || given('ssl-capath'),
      certificate: given('ssl-cert'),
      key: given('ssl-key'),
    },
  };
}

/** In the words of MySQL, also for the switches of MariaDB. */
function tlsModeOf(options: Options): string {
  const isOn = (name: string): boolean =>
    options.has(name) && !/^(?:0|off|false)$/i.test(options.get(name) ?? '');
  const mode = options.get('ssl-mode') ?? '';
  if (mode !== '') return mode;
  if (options.has('skip-ssl') || (options.has('ssl') && !isOn('ssl'))) return 'DISABLED';
  if (isOn('ssl-verify-server-cert')) return 'VERIFY_IDENTITY';
  return isOn('ssl') ? 'REQUIRED' : '';
}
