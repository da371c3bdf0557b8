import { ConnectionTextRefused } from '../../../connectionText/ConnectionTextRefused.ts';
import type { ConnectionContents } from '../../../connectionText/reading.ts';
import { contentsOf } from '../../../connectionText/values/contentsOf.ts';
import { readHost, readName, readPort } from '../../../connectionText/values/readFields.ts';
import { readTls } from '../../../connectionText/values/readTls.ts';
import { type Gathered, type Given, givenIn } from '../../../connectionText/vocabulary.ts';
import { postgresConfigSchema } from '../config.ts';
import type { PostgresFieldKey } from '../form.ts';
import type { PostgresParameter } from './vocabularies.ts';

export const usualPort = 5_432;

const { database: databaseSchema, user: userSchema } = postgresConfigSchema.shape;

/**
 * What the settings of a text make of a data source.
 * @throws ConnectionTextRefused
 */
export function interpret(gathered: Gathered<PostgresParameter>): ConnectionContents {
  const given = givenIn(gathered);
  const notes: string[] = [];
  const host = readHost(tcpHost(given('host') || given('hostAddress')), notes);
  const port = readPort(given('port'), usualPort);
  const user = readName('user', userSchema, given('user'));
  // As libpq and everybody after it.
  const database = readName('database', databaseSchema, given('database')) || user;
  const tls = readTls(given, host, notes, asksForEncryption(given) ? 'encrypt' : 'disable');
  const values: Partial<Record<PostgresFieldKey, string>> = {
    ...{ host, port, database, user },
    ...{ tlsMode: tls.mode, caPem: '' },
  };
  const named = {
    host: true,
    port: given('port') !== '',
    database: given('database') !== '',
    user: user !== '',
    tlsMode: tls.named,
  };
  const own = { values, named, password: given('password'), leftOut: withoutPlace(given), notes };
  return contentsOf(gathered, own);
}

/** @throws ConnectionTextRefused for a path or an abstract name */
function tcpHost(text: string): string {
  if (!text.startsWith('/') && !text.startsWith('@')) return text;
  throw new ConnectionTextRefused(
    'The text refers to a local socket',
    'Mooring connects over TCP: use localhost and a port.',
  );
}

/** Settings that only work over an encrypted connection. */
const asksForEncryption = (given: Given<PostgresParameter>) =>
  (['channelBinding', 'gssEncryption'] as const).some((parameter) => /^require$/i.test(given(parameter)));

/** Settings that were looked at but have no field of their own. */
function withoutPlace(given: Given<PostgresParameter>) {
  return [
    ...(given('host') !== '' && given('hostAddress') !== ''
      ? [{ name: 'hostaddr', reason: 'the host name is used instead' }]
      : []),
    ...(given('channelBinding') !== ''
      ? [{ name: 'channel_binding', reason: 'used whenever the server offers it over TLS' }]
      : []),
    ...(given('gssEncryption') !== '' ? [{ name: 'gssencmode', reason: 'Kerberos is not supported' }] : []),
  ];
}
