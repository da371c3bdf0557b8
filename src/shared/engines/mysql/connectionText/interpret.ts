import type { ConnectionContents } from '../../../connectionText/reading.ts';
import { contentsOf } from '../../../connectionText/values/contentsOf.ts';
import { readName } from '../../../connectionText/values/readFields.ts';
import { readTls, type TlsReading } from '../../../connectionText/values/readTls.ts';
import { type Gathered, type Given, givenIn } from '../../../connectionText/vocabulary.ts';
import { isLoopback } from '../../../model/tlsDefault.ts';
import { hostLinesOf } from '../../hostsForm.ts';
import { mysqlConfigSchema } from '../config.ts';
import type { MysqlFieldKey } from '../form.ts';
import { type Place, readPlace } from './readPlace.ts';
import type { MysqlParameter } from './vocabularies.ts';

const { database: databaseSchema, user: userSchema } = mysqlConfigSchema.shape;

/** Words for a switch that is off; every other one is on. */
const isOff = (value: string): boolean => /^(?:false|0|off|no|none|disabled|)$/i.test(value);

/**
 * What the settings of a text make of a data source.
 * @throws ConnectionTextRefused
 */
export function interpret(gathered: Gathered<MysqlParameter>): ConnectionContents {
  const given = givenIn(gathered);
  const notes: string[] = [];
  const place = readPlace(given, notes);
  const login = readLogin(given);
  const database = readName('database', databaseSchema.unwrap(), given('database'));
  const tls = tlsOf(given, place, notes);
  const values: Partial<Record<MysqlFieldKey, string>> = {
    ...place,
    ...{ database, user: login.user, tlsMode: tls.mode, caPem: '', ...tls.values },
    ...(given('compression') !== '' && { compression: isOff(given('compression')) ? '' : 'on' }),
  };
  const isSocket = place.transport === 'socket';
  const named = {
    transport: isSocket,
    host: !isSocket,
    port: !isSocket && given('port') !== '',
    otherHosts: place.otherHosts !== '',
    balanceHosts: place.balanceHosts !== '',
    socketPath: isSocket,
    database: database !== '',
    user: login.user !== '',
    tlsMode: tls.named,
    ...Object.fromEntries(Object.keys(tls.values).map((key) => [key, true])),
    compression: given('compression') !== '',
  };
  const secrets = { password: login.password, passphrase: tls.passphrase };
  return contentsOf(gathered, { values, named, ...secrets, leftOut: [], unused: tls.unused, notes });
}

/** Container images have a password of `root` beside that of the user; it counts where no other user is named. */
function readLogin(given: Given<MysqlParameter>): { readonly user: string; readonly password: string } {
  const rootPassword = given('rootPassword');
  const user = given('user') || (rootPassword === '' ? '' : 'root');
  const password = given('password') || (user === 'root' ? rootPassword : '');
  return { user: readName('user', userSchema, user), password };
}

/** Of several hosts the least safe one decides what is needed where the text says nothing. */
function tlsOf(given: Given<MysqlParameter>, place: Place, notes: string[]): TlsReading {
  const hosts = [place.host, ...hostLinesOf(place.otherHosts).map((line) => line.host)];
  const host = hosts.find((each) => !isLoopback(each)) ?? place.host;
  const { transport } = place;
  const needed = isOff(given('tlsRequired')) ? 'disable' : 'encrypt';
  if (transport === 'tcp') return readTls(given, host, notes, needed);
  const { mode, named } = readTls(given, host, [], needed);
  if (named && mode !== 'disable') {
    notes.push('A local socket is not encrypted: what is sent over it does not leave this computer.');
  }
  return { mode: 'disable', named, values: {}, passphrase: '', unused: [] };
}
