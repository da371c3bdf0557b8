import { servicesOf } from '../../../shared/engines/postgres/serviceFile.ts';
import { type FoundConnection, noPasswordFile, type Product, readable } from './ForeignFile.ts';
import { addressOf } from './foreignValues.ts';

/** `host:port:database:user:password`, each with `\:` and `\\` in it. */
const passwordLine = /^((?:\\.|[^:\\\n])*):((?:\\.|[^:\\\n])*):((?:\\.|[^:\\\n])*):((?:\\.|[^:\\\n])*):(.*)$/;
const unescaped = (part: string): string => part.replace(/\\(.)/g, '$1');
const linesOf = (text: string): readonly string[] =>
  text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));

/** `.pgpass` of libpq (PostgreSQL, “The Password File”). */
export const pgpass: Product = {
  label: '.pgpass',
  async read({ text }) {
    if (text === null) return null;
    const lines = linesOf(text);
    const matches = lines.map((line) => passwordLine.exec(line));
    const isWhole = lines.length > 0 && matches.every((match) => match !== null && isPort(match[2]));
    return isWhole ? readable(matches.map((match) => passwordEntry(match ?? []))) : null;
  },
};

const isPort = (text = ''): boolean => text === '*' || /^\d{1,5}$/.test(text);

function passwordEntry([, ...parts]: readonly string[]): FoundConnection {
  const [host = '', port = '', database = '', user = '', password = ''] = parts.map(unescaped);
  const name = `${user}@${host}${database === '*' ? '' : `/${database}`}`;
  if (host === '*' || user === '*') {
    return { name, problem: 'The line is for any server or any user: it says nothing to connect to' };
  }
  const given = (part: string): string => (part === '*' ? '' : part);
  return {
    name,
    address: addressOf({ engine: 'postgres', user, host, port: given(port), database: given(database) }),
    password: password === '' ? null : password,
  };
}

/** One of these says where to connect to; files of other programs have sections and settings too. */
const serviceKeys = ['host', 'hostaddr', 'dbname', 'user', 'service', 'ldap'];

/** `pg_service.conf` of libpq (PostgreSQL, “The Connection Service File”). */
export const pgService: Product = {
  label: 'pg_service.conf',
  async read({ text }) {
    if (text === null) return null;
    const services = servicesOf(text);
    if (services === null) return null;
    const isMeant = [...services.values()].some((each) => serviceKeys.some((key) => each.has(key)));
    return isMeant ? readable([...services].map(serviceOf)) : null;
  },
};

function serviceOf([name, settings]: readonly [string, ReadonlyMap<string, string>]): FoundConnection {
  if (settings.has('ldap') || settings.has('service'))
    return { name, problem: 'It refers to another place for its settings' };
  const {
    sslcert = '',
    sslkey = '',
    sslrootcert = '',
    passfile,
    password = '',
    ...rest
  } = Object.fromEntries(settings);
  return {
    name,
    address: Object.entries(rest)
      .map(([key, value]) => `${key}='${value.replace(/[\\']/g, '\\$&')}'`)
      .join(' '),
    password: password === '' ? null : password,
    tlsFiles: { authority: sslrootcert, certificate: sslcert, key: sslkey },
    lost: passfile === undefined ? [] : [noPasswordFile],
  };
}
