import { mayBePlain } from '../../model/tlsModes.ts';
import { trimmedText } from '../../model/visibleText.ts';
import { type EngineForm, type FormField, type FormValues, numberOf } from '../form.ts';
import { type NetworkKey, networkOf, networkSection, networkValues } from '../networkForm.ts';
import { newTlsValues, type TlsKey, tlsFields, tlsOf, tlsValues } from '../tlsForm.ts';
import type { PostgresConfig } from './config.ts';

export type PostgresFieldKey =
  | 'host'
  | 'port'
  | 'database'
  | 'user'
  | 'password'
  | TlsKey
  | PostgresTlsKey
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

const newTlsChoices: FormValues<PostgresTlsKey> = {
  channelBinding: 'prefer',
  tlsNegotiation: 'request',
  sni: 'sent',
};

const newValues = {
  ...{ host: 'localhost', port: '5432', database: '', user: '', password: '' },
  ...newTlsValues,
  ...newTlsChoices,
  tlsMode: 'disable',
};

const mayEncrypt = ({ tlsMode }: FormValues<'tlsMode'>) => tlsMode !== 'disable';
const alwaysEncrypts = ({ tlsMode }: FormValues<'tlsMode'>) =>
  postgresTlsModes.some((mode) => mode === tlsMode && !mayBePlain(mode));

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
    {
      key: 'address',
      fields: [
        { key: 'host', widget: { type: 'text' }, path: 'host', isRequired: true, columns: 6 },
        { key: 'port', widget: { type: 'number' }, path: 'port', isRequired: true, columns: 2 },
        { key: 'database', widget: { type: 'text' }, path: 'database', isRequired: true, columns: 4 },
      ],
    },
    {
      key: 'authentication',
      fields: [
        { key: 'user', widget: { type: 'text' }, path: 'user', isRequired: true },
        { key: 'password', widget: { type: 'secret' }, path: 'password' },
      ],
    },
    {
      key: 'encryption',
      fields: [...tlsFields<PostgresFieldKey>({ modes: postgresTlsModes }), ...ownTlsFields],
    },
    networkSection<PostgresFieldKey>(),
  ],
  valuesOf(config) {
    if (config === null) return { ...newValues, ...networkValues(undefined) };
    const { host, port, database, user, tls, network, channelBinding, tlsNegotiation } = config;
    const own = { host, port: String(port), database, user, password: '' };
    const choices = {
      channelBinding: channelBinding ?? newTlsChoices.channelBinding,
      tlsNegotiation: tlsNegotiation ?? newTlsChoices.tlsNegotiation,
      sni: tls.sni === false ? 'none' : newTlsChoices.sni,
    };
    return { ...own, ...tlsValues(tls), ...choices, ...networkValues(network) };
  },
  configOf(values) {
    const tls = tlsOf(values);
    return {
      host: trimmedText(values.host),
      port: numberOf(values.port),
      database: trimmedText(values.database),
      user: trimmedText(values.user),
      tls: mayEncrypt(values) && values.sni === 'none' ? { ...tls, sni: false } : tls,
      ...networkOf(values),
      ...(alwaysEncrypts(values) && values.tlsNegotiation === 'direct' && { tlsNegotiation: 'direct' }),
      ...channelBindingOf(values),
    };
  },
};

function channelBindingOf(values: FormValues<PostgresFieldKey>): Pick<PostgresConfig, 'channelBinding'> {
  const { channelBinding } = values;
  const isChosen = mayEncrypt(values) && (channelBinding === 'require' || channelBinding === 'disable');
  return isChosen ? { channelBinding } : {};
}
