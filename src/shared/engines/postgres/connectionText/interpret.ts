import { ConnectionTextRefused } from '../../../connectionText/ConnectionTextRefused.ts';
import { type ConnectionReading, type TextPart, textParts } from '../../../connectionText/reading.ts';
import type { Gathered } from '../../../connectionText/vocabulary.ts';
import { dataSourceFieldsSchema, passwordTextSchema } from '../../../model/dataSource.ts';
import { checkedField } from './checkedField.ts';
import { readHost } from './readHost.ts';
import { readLimits } from './readLimits.ts';
import { type Given, readTls } from './readTls.ts';
import type { PostgresParameter } from './vocabularies.ts';

const defaultPort = 5_432;

/**
 * What the settings of a text make of a data source.
 * @param form the spelling of the text
 * @throws ConnectionTextRefused
 */
export function interpret(gathered: Gathered<PostgresParameter>, form: string): ConnectionReading {
  const { parameters, unknownCount } = gathered;
  const given: Given = (parameter) => parameters.get(parameter)?.value ?? '';
  const notes: string[] = [];
  const host = readHost(given('host') || given('hostAddress'), notes);
  const port = readPort(given('port'));
  const user = readName('user', given('user'));
  // As libpq and everybody after it.
  const database = readName('database', given('database')) || user;
  const tls = readTls(given, host, notes);
  const limits = readLimits(parameters, notes);
  const password = readPassword(given('password'));
  const readOnly = /^(?:true|on|yes|1)$/i.test(given('readOnly'));
  if (unknownCount > 0) notes.push(unknownNote(unknownCount));
  const isTaken: Record<TextPart, boolean> = {
    host: true,
    port: given('port') !== '',
    database: given('database') !== '',
    user: user !== '',
    password: password !== null,
    tls: tls.named,
    timeouts: Object.keys(limits.timeouts).length > 0,
    pool: Object.keys(limits.pool).length > 0,
    readOnly,
  };
  return {
    ok: true,
    form,
    taken: new Set(textParts.filter((part) => isTaken[part])),
    fields: { host, port, database, user, tls: { mode: tls.mode, caPem: null }, ...limits, readOnly },
    password,
    leftOut: [...gathered.leftOut, ...withoutPlace(given)],
    notes,
  };
}

const unknownNote = (count: number) =>
  count === 1 ? 'One unknown setting was left out.' : `${count} unknown settings were left out.`;

/** Settings that were looked at but have no field of their own. */
function withoutPlace(given: Given) {
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

/** @throws ConnectionTextRefused */
function readName(field: 'user' | 'database', text: string): string {
  return text.trim() === '' ? '' : checkedField(field, text);
}

function readPort(text: string): number {
  if (text === '') return defaultPort;
  const port = dataSourceFieldsSchema.shape.port.safeParse(
    /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN,
  );
  if (port.success) return port.data;
  throw new ConnectionTextRefused(
    'The port is not a number between 1 and 65535',
    `PostgreSQL usually uses ${defaultPort}. If it is part of the password, write : as %3A and @ as %40.`,
  );
}

function readPassword(value: string): string | null {
  if (value === '') return null;
  const result = passwordTextSchema.safeParse(value);
  if (result.success) return value;
  throw new ConnectionTextRefused(
    result.error.issues[0]?.message ?? 'The password cannot be used',
    'Leave out the password and enter it in its own field.',
  );
}
