import type { ConnectionContents } from '../../../connectionText/reading.ts';
import { contentsOf } from '../../../connectionText/values/contentsOf.ts';
import { readName } from '../../../connectionText/values/readFields.ts';
import { readTls, type TlsReading } from '../../../connectionText/values/readTls.ts';
import { type Gathered, type Given, givenIn } from '../../../connectionText/vocabulary.ts';
import { isLoopback } from '../../../model/tlsDefault.ts';
import { hostLinesOf } from '../../hostsForm.ts';
import { postgresConfigSchema } from '../config.ts';
import type { PostgresFieldKey } from '../form.ts';
import { type Places, readPlaces } from './readPlaces.ts';
import type { PostgresParameter } from './vocabularies.ts';

const { database: databaseSchema, user: userSchema } = postgresConfigSchema.shape;

/**
 * What the settings of a text make of a data source.
 * @throws ConnectionTextRefused
 */
export function interpret(gathered: Gathered<PostgresParameter>): ConnectionContents {
  const given = givenIn(gathered);
  const notes: string[] = [];
  const places = readPlaces(given, notes);
  const user = readName('user', userSchema, given('user'));
  // As libpq and everybody after it.
  const database = readName('database', databaseSchema, given('database')) || user;
  const tls = tlsOf(given, places, notes);
  const choices = tls.mode === 'disable' ? {} : tlsChoices(given);
  const values: Partial<Record<PostgresFieldKey, string>> = {
    ...{ ...places, database, user },
    ...{ tlsMode: tls.mode, caPem: '', ...tls.values, ...choices },
  };
  const isSocket = places.transport === 'socket';
  const named = {
    transport: isSocket,
    host: !isSocket,
    socketFolder: isSocket,
    port: given('port') !== '',
    otherHosts: places.otherHosts !== '',
    targetSession: places.targetSession !== 'any',
    balanceHosts: places.balanceHosts !== '',
    database: given('database') !== '',
    user: user !== '',
    tlsMode: tls.named,
    ...allNamed({ ...tls.values, ...choices }),
  };
  const secrets = { password: given('password'), passphrase: tls.passphrase };
  const own = { values, named, ...secrets, leftOut: withoutPlace(given), unused: tls.unused, notes };
  return contentsOf(gathered, own);
}

/** Of several hosts the least safe one decides what is needed where the text says nothing. */
function tlsOf(given: Given<PostgresParameter>, places: Places, notes: string[]): TlsReading {
  const needed = asksForEncryption(given) ? 'encrypt' : 'disable';
  if (places.transport === 'tcp') {
    const hosts = [places.host, ...hostLinesOf(places.otherHosts).map(({ host }) => host)];
    return readTls(given, hosts.find((host) => !isLoopback(host)) ?? places.host, notes, needed);
  }
  const { mode, named, ...files } = readTls(given, places.host, [], needed);
  if (named && mode !== 'disable') {
    notes.push('A local socket is not encrypted: what is sent over it does not leave this computer.');
  }
  return { ...files, mode: 'disable', named, values: {} };
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
    ...(given('service') !== ''
      ? [{ name: 'service', reason: 'files named in pasted text are not read' }]
      : []),
    ...(given('gssEncryption') !== '' ? [{ name: 'gssencmode', reason: 'Kerberos is not supported' }] : []),
  ];
}
