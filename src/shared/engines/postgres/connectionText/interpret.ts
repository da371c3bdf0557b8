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
  const choices = tls.mode === 'disable' ? {} : tlsChoices(given);
  const values: Partial<Record<PostgresFieldKey, string>> = {
    ...{ host, port, database, user },
    ...{ tlsMode: tls.mode, caPem: '', ...tls.values, ...choices },
  };
  const named = {
    host: true,
    port: given('port') !== '',
    database: given('database') !== '',
    user: user !== '',
    tlsMode: tls.named,
    ...allNamed({ ...tls.values, ...choices }),
  };
  const secrets = { password: given('password'), passphrase: tls.passphrase };
  const own = { values, named, ...secrets, leftOut: withoutPlace(given), unused: tls.unused, notes };
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
  isDirect(given) ||
  (['channelBinding', 'gssEncryption'] as const).some((parameter) => /^require$/i.test(given(parameter)));

const isDirect = (given: Given<PostgresParameter>) => /^direct$/i.test(given('tlsNegotiation'));

/** What only PostgreSQL has of TLS, as far as it is not what Mooring does anyway. */
function tlsChoices(given: Given<PostgresParameter>): Partial<Record<PostgresFieldKey, string>> {
  const channelBinding = given('channelBinding').toLowerCase();
  return {
    ...(/^(?:require|disable)$/.test(channelBinding) && { channelBinding }),
    ...(isDirect(given) && { tlsNegotiation: 'direct' }),
    ...(given('sni') === '0' && { sni: 'none' }),
  };
}

const allNamed = (values: Readonly<Record<string, string>>): Record<string, boolean> =>
  Object.fromEntries(Object.keys(values).map((key) => [key, true]));

/** Settings that were looked at but have no field of their own. */
function withoutPlace(given: Given<PostgresParameter>) {
  return [
    ...(given('host') !== '' && given('hostAddress') !== ''
      ? [{ name: 'hostaddr', reason: 'the host name is used instead' }]
      : []),
    ...(given('gssEncryption') !== '' ? [{ name: 'gssencmode', reason: 'Kerberos is not supported' }] : []),
  ];
}
