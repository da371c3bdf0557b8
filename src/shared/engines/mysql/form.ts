import { trimmedText } from '../../model/visibleText.ts';
import { type EngineForm, type FormValues, numberOf } from '../form.ts';
import {
  type HostsKey,
  hostChoicesOf,
  hostsFields,
  hostsValues,
  newHostsValues,
  tlsModeForHosts,
} from '../hostsForm.ts';
import { type NetworkKey, networkOf, networkSection, networkValues } from '../networkForm.ts';
import { type PasswordKey, passwordFields, passwordSourceOf, passwordValues } from '../passwordForm.ts';
import { newTlsValues, type TlsKey, tlsFields, tlsOf, tlsValues } from '../tlsForm.ts';
import type { MysqlConfig } from './config.ts';
import { targetSessions } from './hosts.ts';

export type MysqlFieldKey =
  | 'transport'
  | 'host'
  | 'port'
  | 'socketPath'
  | 'database'
  | 'user'
  | HostsKey
  | TlsKey
  | 'timeZone'
  | 'compression'
  | PasswordKey
  | NetworkKey;

/** The client's words, from the safest to the least safe: `PREFERRED` is the one that may fall back. */
const mysqlTlsModes = ['verify-full', 'verify-ca', 'encrypt', 'prefer', 'disable'] as const;

const transports = ['tcp', 'socket'] as const;
export type MysqlTransport = (typeof transports)[number];

const overTcp = ({ transport }: FormValues<'transport'>) => transport === 'tcp';
const overSocket = ({ transport }: FormValues<'transport'>) => transport === 'socket';

const usualPort = '3306';

const newValues: FormValues<MysqlFieldKey> = {
  transport: 'tcp',
  host: 'localhost',
  port: usualPort,
  socketPath: '',
  database: '',
  user: '',
  ...newHostsValues,
  ...passwordValues(undefined),
  ...newTlsValues,
  tlsMode: 'disable',
  timeZone: '',
  compression: '',
  ...networkValues(undefined),
};

const orNull = (text: string): string | null => (trimmedText(text) === '' ? null : trimmedText(text));

export const mysqlForm: EngineForm<MysqlConfig, MysqlFieldKey> = {
  sections: [
    {
      key: 'address',
      fields: [
        {
          key: 'transport',
          widget: { type: 'choice', options: transports },
          path: 'transport',
          columns: 12,
        },
        {
          key: 'host',
          widget: { type: 'text' },
          path: 'host',
          isRequired: true,
          columns: 6,
          isShown: overTcp,
        },
        {
          key: 'port',
          widget: { type: 'number' },
          path: 'port',
          isRequired: true,
          columns: 2,
          isShown: overTcp,
        },
        {
          key: 'socketPath',
          widget: { type: 'text' },
          path: 'socketPath',
          isRequired: true,
          columns: 8,
          isShown: overSocket,
        },
        { key: 'database', widget: { type: 'text' }, path: 'database', columns: 4 },
        ...hostsFields<MysqlFieldKey>({ usualPort, targets: targetSessions, isShown: overTcp }),
      ],
    },
    {
      key: 'authentication',
      fields: [{ key: 'user', widget: { type: 'text' }, path: 'user', isRequired: true }, ...passwordFields],
    },
    {
      key: 'encryption',
      fields: tlsFields<MysqlFieldKey>({ modes: mysqlTlsModes, isShown: overTcp }).map((field) =>
        field.key === 'tlsMode' ? { ...field, suggest: tlsModeForHosts } : field,
      ),
    },
    networkSection<MysqlFieldKey>(overTcp),
    {
      key: 'session',
      fields: [
        { key: 'timeZone', widget: { type: 'text' }, path: 'timeZone' },
        { key: 'compression', widget: { type: 'switch' }, path: 'compression' },
      ],
    },
  ],
  valuesOf(config) {
    if (config === null) return newValues;
    const { host, port, socketPath, database, user, tls, timeZone, compression, network } = config;
    return {
      transport: socketPath === null ? 'tcp' : 'socket',
      host,
      port: String(port),
      socketPath: socketPath ?? '',
      database: database ?? '',
      user,
      ...hostsValues(config),
      ...passwordValues(config.passwordSource),
      ...tlsValues(tls),
      timeZone: timeZone ?? '',
      compression: compression ? 'on' : '',
      ...networkValues(network),
    };
  },
  configOf(values) {
    const isSocket = overSocket(values);
    return {
      // What is not shown does not count; the model wants a host and a port all the same.
      host: isSocket ? newValues.host : trimmedText(values.host),
      port: isSocket ? numberOf(newValues.port) : numberOf(values.port),
      socketPath: isSocket ? trimmedText(values.socketPath) : null,
      database: orNull(values.database),
      user: trimmedText(values.user),
      tls: isSocket ? { mode: 'disable', caPem: null } : tlsOf(values),
      timeZone: orNull(values.timeZone),
      compression: values.compression === 'on',
      ...(isSocket ? {} : { ...networkOf(values), ...hostChoicesOf(values, targetSessions) }),
      ...passwordSourceOf(values),
    };
  },
};
