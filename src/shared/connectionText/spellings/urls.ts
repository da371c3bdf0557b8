import type { SettingsSpelling } from '../ConnectionTextCodec.ts';
import { ConnectionTextRefused } from '../ConnectionTextRefused.ts';
import {
  decodeForm,
  type HostCount,
  type SplitUrl,
  splitAuthority,
  splitQuery,
  splitUrl,
} from '../splitting/splitUrl.ts';
import { gather, type Vocabulary, type WrittenSetting } from '../vocabulary.ts';

/**
 * `scheme://user:password@host:port/database?name=value`.
 * @param scheme with its `://`
 * @param vocabulary knows `user`, `password`, `host`, `port` and `dbname` besides the names of the query
 */
export const urlSpellingOf = <Parameter extends string>(
  scheme: RegExp,
  vocabulary: Vocabulary<Parameter>,
  hosts: HostCount = 'one',
): SettingsSpelling<Parameter> => ({
  label: 'a connection URL',
  fit: (text) => (scheme.test(text) ? 'certain' : 'no'),
  read: (text) => gather(settingsOfUrl(splitUrl(text.replace(scheme, ''), hosts)), vocabulary),
});

/** The parts of a URL by the names that its vocabulary has for them. */
function settingsOfUrl({ user, password, host, port, path, pairs }: SplitUrl): WrittenSetting[] {
  const parts = { user, password, host, port, dbname: path };
  return [...Object.entries(parts).map(([name, value]) => ({ name, value })), ...pairs];
}

/**
 * PHP's data source name for PDO: `engine:host=…;port=…;dbname=…`. Nothing is quoted in it.
 * @param scheme with its colon
 * @param vocabulary knows `host`, `port`, `dbname`, `user` and `password` besides
 */
export const pdoSpellingOf = <Parameter extends string>(
  scheme: RegExp,
  vocabulary: Vocabulary<Parameter>,
): SettingsSpelling<Parameter> => ({
  label: 'a PDO data source name',
  fit: (text) => (scheme.test(text) ? 'certain' : 'no'),
  read(text) {
    const pairs = text
      .replace(scheme, '')
      .split(';')
      .filter((pair) => pair.trim() !== '');
    const settings = pairs.map((pair) => {
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      return { name: name.trim(), value: value.trim() };
    });
    return gather(settings, vocabulary);
  },
});

/** What a vocabulary of JDBC calls the parts before the question mark. */
interface PartNames {
  readonly host: string;
  readonly port: string;
  readonly database: string;
}

/**
 * The settings of what follows `jdbc:engine:` in `jdbc:engine://host:port/database?user=…&password=…`.
 *
 * Everything after the first `?` are properties, in which only `&` and the first `=` separate, and values are decoded as
 * Java's `URLDecoder` does. A user before the host, which not every driver knows, is read as in other URLs.
 * @throws ConnectionTextRefused
 */
export function settingsOfJdbc(rest: string, names: PartNames, hosts: HostCount = 'one'): WrittenSetting[] {
  const question = rest.indexOf('?');
  const server = question === -1 ? rest : rest.slice(0, question);
  const properties = question === -1 ? '' : rest.slice(question + 1);
  return [...settingsOfServer(server, names, hosts), ...splitQuery(properties, decodeForm)];
}

function settingsOfServer(server: string, names: PartNames, hosts: HostCount): WrittenSetting[] {
  const [authority = '', path = '', ...more] = server.slice(2).split('/');
  if (!server.startsWith('//') || more.length > 0 || path.includes('@')) {
    throw new ConnectionTextRefused(
      'The address is ambiguous',
      'Write the user and password after the question mark: ?user=…&password=….',
    );
  }
  const { user, password, host, port } = splitAuthority(authority, hosts);
  return [
    { name: 'user', value: user },
    { name: 'password', value: password },
    { name: names.host, value: host || 'localhost' },
    { name: names.port, value: port },
    { name: names.database, value: decodeForm(path) },
  ];
}
