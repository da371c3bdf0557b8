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
  const values: Partial<Record<PostgresFieldKey, string>> = {
    ...{ ...places, database, user },
    ...{ tlsMode: tls.mode, caPem: '' },
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
  };
  const own = { values, named, password: given('password'), leftOut: withoutPlace(given), notes };
  return contentsOf(gathered, own);
}

/** Of several hosts the least safe one decides what is needed where the text says nothing. */
function tlsOf(given: Given<PostgresParameter>, places: Places, notes: string[]): TlsReading {
  const needed = asksForEncryption(given) ? 'encrypt' : 'disable';
  if (places.transport === 'tcp') {
    const hosts = [places.host, ...hostLinesOf(places.otherHosts).map(({ host }) => host)];
    return readTls(given, hosts.find((host) => !isLoopback(host)) ?? places.host, notes, needed);
  }
  const { mode, named } = readTls(given, places.host, [], needed);
  if (named && mode !== 'disable') {
    notes.push('A local socket is not encrypted: what is sent over it does not leave this computer.');
  }
  return { mode: 'disable', named };
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
    ...(given('service') !== ''
      ? [{ name: 'service', reason: 'files named in pasted text are not read' }]
      : []),
    ...(given('channelBinding') !== ''
      ? [{ name: 'channel_binding', reason: 'used whenever the server offers it over TLS' }]
      : []),
    ...(given('gssEncryption') !== '' ? [{ name: 'gssencmode', reason: 'Kerberos is not supported' }] : []),
  ];
}
