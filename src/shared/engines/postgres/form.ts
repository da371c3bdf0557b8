import { mayBePlain } from '../../model/tlsModes.ts';
import { trimmedText } from '../../model/visibleText.ts';
import { type EngineForm, type FormField, type FormValues, numberOf } from '../form.ts';
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
import type { PostgresConfig } from './config.ts';
import { targetSessions } from './hosts.ts';

export type PostgresFieldKey =
  | 'transport'
  | 'host'
  | 'port'
  | 'socketFolder'
  | 'database'
  | HostsKey
  | 'user'
  | TlsKey
  | PostgresTlsKey
  | PasswordKey
  | NetworkKey;

/** What only PostgreSQL has of TLS. */
type PostgresTlsKey = 'channelBinding' | 'tlsNegotiation' | 'sni';

/** As libpq has them, from the safest to the least safe. */
const postgresTlsModes = ['verify-full', 'verify-ca', 'encrypt', 'prefer', 'allow', 'disable'] as const;
const channelBindings = ['prefer', 'require', 'disable'] as const;
export type ChannelBindingChoice = (typeof channelBindings)[number];
const tlsNegotiations = ['request', 'direct'] as const;
export type TlsNegotiation = (typeof tlsNegotiations)[number];
const serverNames = ['sent', 'none'] as const;
export type ServerNameChoice = (typeof serverNames)[number];

const transports = ['tcp', 'socket'] as const;
export type PostgresTransport = (typeof transports)[number];

type Values = FormValues<PostgresFieldKey>;

const overTcp = ({ transport }: Pick<Values, 'transport'>) => transport === 'tcp';
const overSocket = ({ transport }: Pick<Values, 'transport'>) => transport === 'socket';
const usualPort = '5432';

const newTlsChoices: FormValues<PostgresTlsKey> = {
  channelBinding: 'prefer',
  tlsNegotiation: 'request',
  sni: 'sent',
};

const newValues = {
  ...{ transport: 'tcp', host: 'localhost', port: usualPort, socketFolder: '', database: '', user: '' },
  ...newHostsValues,
  ...newTlsValues,
  ...newTlsChoices,
  tlsMode: 'disable',
};

const addressFields: EngineForm<PostgresConfig, PostgresFieldKey>['sections'][number]['fields'] = [
  { key: 'transport', widget: { type: 'choice', options: transports }, path: 'transport', columns: 12 },
  { key: 'host', widget: { type: 'text' }, path: 'host', isRequired: true, columns: 6, isShown: overTcp },
  {
    ...{ key: 'socketFolder', widget: { type: 'text' }, path: 'socketFolder', isRequired: true, columns: 6 },
    isShown: overSocket,
  },
  { key: 'port', widget: { type: 'number' }, path: 'port', isRequired: true, columns: 2 },
  { key: 'database', widget: { type: 'text' }, path: 'database', isRequired: true, columns: 4 },
  ...hostsFields<PostgresFieldKey>({ usualPort, targets: targetSessions, isShown: overTcp }),
];

const mayEncrypt = (values: Values) => overTcp(values) && values.tlsMode !== 'disable';
const alwaysEncrypts = (values: Values) =>
  overTcp(values) && postgresTlsModes.some((mode) => mode === values.tlsMode && !mayBePlain(mode));

const ownTlsFields: readonly FormField<PostgresFieldKey>[] = [
  {
    ...{ key: 'channelBinding', widget: { type: 'choice', options: channelBindings } },
    ...{ path: 'channelBinding', isAdvanced: true, isShown: mayEncrypt },
  },
  {
    ...{ key: 'tlsNegotiation', widget: { type: 'choice', options: tlsNegotiations } },
    ...{ path: 'tlsNegotiation', isAdvanced: true, isShown: alwaysEncrypts },
  },
  {
    ...{ key: 'sni', widget: { type: 'choice', options: serverNames } },
    ...{ path: 'tls.sni', isAdvanced: true, isShown: mayEncrypt },
  },
];

export const postgresForm: EngineForm<PostgresConfig, PostgresFieldKey> = {
  sections: [
    { key: 'address', fields: addressFields },
    {
      key: 'authentication',
      fields: [{ key: 'user', widget: { type: 'text' }, path: 'user', isRequired: true }, ...passwordFields],
    },
    {
      key: 'encryption',
      fields: [
        ...tlsFields<PostgresFieldKey>({ modes: postgresTlsModes, isShown: overTcp }).map((field) =>
          field.key === 'tlsMode' ? { ...field, suggest: tlsModeForHosts } : field,
        ),
        ...ownTlsFields,
      ],
    },
    networkSection<PostgresFieldKey>(overTcp),
  ],
  valuesOf(config) {
    if (config === null) return { ...newValues, ...passwordValues(undefined), ...networkValues(undefined) };
    const { host, port, database, user, tls, network, socketFolder } = config;
    return {
      transport: socketFolder === undefined ? 'tcp' : 'socket',
      ...{ host, port: String(port), socketFolder: socketFolder ?? '', database, user },
      ...hostsValues(config),
      ...passwordValues(config.passwordSource),
      ...tlsValues(tls),
      channelBinding: config.channelBinding ?? newTlsChoices.channelBinding,
      tlsNegotiation: config.tlsNegotiation ?? newTlsChoices.tlsNegotiation,
      sni: tls.sni === false ? 'none' : newTlsChoices.sni,
      ...networkValues(network),
    };
  },
  configOf(values) {
    const common = {
      port: numberOf(values.port),
      database: trimmedText(values.database),
      user: trimmedText(values.user),
      ...passwordSourceOf(values),
    };
    // What is not shown does not count; the model wants a host all the same.
    if (overSocket(values)) {
      const socketFolder = trimmedText(values.socketFolder);
      return { ...common, host: newValues.host, socketFolder, tls: { mode: 'disable', caPem: null } };
    }
    const tls = tlsOf(values);
    return {
      ...common,
      host: trimmedText(values.host),
      tls: mayEncrypt(values) && values.sni === 'none' ? { ...tls, sni: false } : tls,
      ...networkOf(values),
      ...(alwaysEncrypts(values) && values.tlsNegotiation === 'direct' && { tlsNegotiation: 'direct' }),
      ...channelBindingOf(values),
      ...hostChoicesOf(values, targetSessions),
    };
  },
};

function channelBindingOf(values: FormValues<PostgresFieldKey>): Pick<PostgresConfig, 'channelBinding'> {
  const { channelBinding } = values;
  const isChosen = mayEncrypt(values) && (channelBinding === 'require' || channelBinding === 'disable');
  return isChosen ? { channelBinding } : {};
}
