import { tlsSecretFields } from '../../model/tlsModes.ts';
import type { Engine } from '../Engine.ts';
import type { RestFieldKey } from './authFields.ts';
import type { RestConfig } from './config.ts';
import { restForm } from './form.ts';

/** The most important ones first. */
export const restSecretFields = [
  ...(['apiKey', 'password', 'token', 'clientSecret', 'refreshToken'] as const),
  ...tlsSecretFields,
] as const;
export type RestSecretField = (typeof restSecretFields)[number];

const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

function placeOf(baseUrl: string): { host: string; port: number } {
  if (!URL.canParse(baseUrl)) return { host: '', port: 0 };
  const { hostname, port, protocol } = new URL(baseUrl);
  return { host: hostname, port: port === '' ? (defaultPorts[protocol] ?? 0) : Number(port) };
}

/** Whom the secrets of an authentication go to beside the API itself. */
function otherReceivers({ auth, proxyUrl, baseUrl }: RestConfig) {
  return [
    // What is sent without TLS, a proxy reads.
    { label: 'Proxy', value: /^http:/i.test(baseUrl) ? (proxyUrl ?? '') : '' },
    { label: 'Token URL', value: 'tokenUrl' in auth ? auth.tokenUrl : '' },
    { label: 'Authorization URL', value: 'authorizationUrl' in auth ? auth.authorizationUrl : '' },
    { label: 'User', value: 'user' in auth ? auth.user : '' },
  ];
}

export const restEngine: Engine<RestConfig, RestSecretField, RestFieldKey> = {
  label: 'REST API',
  capabilities: {
    sql: false,
    readOnly: true,
    pool: false,
    activity: false,
    databases: false,
    serverSettings: false,
    write: false,
    requests: true,
    regexSearch: false,
    diagrams: false,
  },
  secretFields: restSecretFields,
  endpoint: (config) => ({
    place: placeOf(config.baseUrl),
    names: [
      { label: 'Protocol', value: /^http:/i.test(config.baseUrl) ? 'http' : 'https' },
      ...otherReceivers(config),
    ],
    tls: /^https:/i.test(config.baseUrl) ? config.tls : null,
  }),
  addressText: ({ baseUrl }) => baseUrl.replace(/^https?:\/\//i, ''),
  user: ({ auth }) => ('user' in auth && auth.user !== '' ? auth.user : null),
  defaultSchema: () => null,
  inDatabase: null,
  // Its rows are copied as standard SQL, for whatever database they go to.
  quote: (name) => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`),
  quoteValue: (text) => `'${text.replaceAll("'", "''")}'`,
  form: restForm,
  resources: {
    of: ({ resources }) => resources,
    with: (config, resources) => ({ ...config, resources: [...resources] }),
  },
};
