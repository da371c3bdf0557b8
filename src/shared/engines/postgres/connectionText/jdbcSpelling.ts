import { ConnectionTextRefused } from '../../../connectionText/ConnectionTextRefused.ts';
import type { Spelling } from '../../../connectionText/spelling.ts';
import { decodeForm, splitAuthority, splitQuery } from '../../../connectionText/splitUrl.ts';
import { gather, type WrittenSetting } from '../../../connectionText/vocabulary.ts';
import { jdbcVocabulary, type PostgresParameter } from './vocabularies.ts';

const scheme = /^jdbc:(?:postgresql|pgsql):/i;

/**
 * `jdbc:postgresql://host:port/database?user=…&password=…`, or `jdbc:postgresql:database` for this computer.
 *
 * As in pgjdbc's `Driver.parseURL`: everything after the first `?` are properties, in which only `&` and the first `=`
 * separate, and values are decoded as `URLDecoder` does. A user before the host, which pgjdbc does not know, is read as
 * in other URLs.
 */
export const jdbcSpelling: Spelling<PostgresParameter> = {
  label: 'a JDBC URL',
  recognises: (text) => scheme.test(text),
  read: (text) => gather(settingsOf(text.replace(scheme, '')), jdbcVocabulary),
};

function settingsOf(rest: string): WrittenSetting[] {
  const question = rest.indexOf('?');
  const server = question === -1 ? rest : rest.slice(0, question);
  const properties = question === -1 ? '' : rest.slice(question + 1);
  return [...settingsOfServer(server), ...splitQuery(properties, decodeForm)];
}

function settingsOfServer(server: string): WrittenSetting[] {
  const database = (path: string) => ({ name: 'PGDBNAME', value: decodeForm(path) });
  if (!server.startsWith('//')) return [{ name: 'PGHOST', value: 'localhost' }, database(server)];
  const [authority = '', path = '', ...more] = server.slice(2).split('/');
  if (more.length > 0 || path.includes('@')) {
    throw new ConnectionTextRefused(
      'The address is ambiguous',
      'Write the user and password after the question mark: ?user=…&password=….',
    );
  }
  const { user, password, host, port } = splitAuthority(authority);
  return [
    { name: 'user', value: user },
    { name: 'password', value: password },
    { name: 'PGHOST', value: host || 'localhost' },
    { name: 'PGPORT', value: port },
    database(path),
  ];
}
