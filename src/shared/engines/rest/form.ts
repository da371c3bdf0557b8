import type { Pair, Resource } from '../../model/resources.ts';
import { trimmedText } from '../../model/visibleText.ts';
import { type EngineForm, numberOf } from '../form.ts';
import { newTlsValues, tlsFields, tlsOf, tlsValues } from '../tlsForm.ts';
import { authFields, authOf, authValues, type RestFieldKey, type RestValues } from './authFields.ts';
import type { RestConfig } from './config.ts';

const newValues: RestValues = {
  baseUrl: 'https://',
  auth: 'none',
  keyPlace: 'header',
  keyName: 'X-API-Key',
  apiKey: '',
  user: '',
  password: '',
  token: '',
  authorizationUrl: '',
  tokenUrl: '',
  clientId: '',
  clientSecret: '',
  scopes: '',
  audience: '',
  clientAuthentication: 'basic',
  codeAuthentication: 'none',
  redirectPort: '',
  refreshToken: '',
  sessionUser: '',
  loginPath: '/login',
  loginBody: '{"username": "{{ user }}", "password": "{{ secret }}"}',
  tokenSelector: 'token',
  tokenHeader: 'Authorization',
  tokenPrefix: 'Bearer',
  host: '',
  ...newTlsValues,
  tlsMode: 'verify-full',
  headers: '',
  query: '',
  variables: '',
  proxyUrl: '',
  rateRequests: '',
  rateSeconds: '1',
  maxRetries: '5',
  maxResponseMb: '64',
  keepsCookies: '',
  resources: '[]',
};

const isEncrypted = ({ baseUrl }: RestValues): boolean => /^https:/i.test(baseUrl.trim());

/** One `name: value` a line, as headers are written. */
const linesOf = (pairs: readonly Pair[]): string =>
  pairs.map(({ name, value }) => `${name}: ${value}`).join('\n');

/** A line without a colon is a name without a value; the schema says what is wrong with it. */
function pairsOf(text: string): Pair[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      const name = colon < 0 ? line : line.slice(0, colon);
      return { name: name.trim(), value: colon < 0 ? '' : line.slice(colon + 1).trim() };
    });
}

export const restForm: EngineForm<RestConfig, RestFieldKey> = {
  sections: [
    {
      key: 'address',
      fields: [{ key: 'baseUrl', widget: { type: 'text' }, path: 'baseUrl', isRequired: true, columns: 12 }],
    },
    {
      key: 'authentication',
      fields: authFields,
    },
    {
      key: 'encryption',
      // Checked in full unless a person says otherwise: what is reached over https has a certificate.
      fields: tlsFields<RestFieldKey>({ isShown: isEncrypted }).map(({ suggest: _, ...field }) => field),
    },
    {
      key: 'requests',
      fields: [
        { key: 'headers', widget: { type: 'lines' }, path: 'headers', columns: 12 },
        { key: 'query', widget: { type: 'lines' }, path: 'query', columns: 12 },
        { key: 'variables', widget: { type: 'lines' }, path: 'variables', columns: 12 },
        { key: 'rateRequests', widget: { type: 'number' }, path: 'rateLimit.requests', columns: 4 },
        {
          key: 'rateSeconds',
          widget: { type: 'number' },
          path: 'rateLimit.seconds',
          columns: 4,
          isShown: ({ rateRequests }) => rateRequests.trim() !== '',
        },
        { key: 'maxRetries', widget: { type: 'number' }, path: 'maxRetries', columns: 4 },
        { key: 'maxResponseMb', widget: { type: 'number' }, path: 'maxResponseMb', columns: 4 },
        { key: 'proxyUrl', widget: { type: 'text' }, path: 'proxyUrl', columns: 12 },
        { key: 'keepsCookies', widget: { type: 'switch' }, path: 'keepsCookies' },
      ],
    },
  ],
  valuesOf(config) {
    if (config === null) return newValues;
    const { rateLimit, tls } = config;
    return {
      ...newValues,
      ...authValues(config.auth),
      ...tlsValues(tls),
      baseUrl: config.baseUrl,
      host: hostOf(config.baseUrl),
      headers: linesOf(config.headers),
      query: linesOf(config.query),
      variables: linesOf(config.variables),
      proxyUrl: config.proxyUrl ?? '',
      rateRequests: rateLimit === null ? '' : String(rateLimit.requests),
      rateSeconds: String(rateLimit?.seconds ?? 1),
      maxRetries: String(config.maxRetries),
      maxResponseMb: String(config.maxResponseMb),
      keepsCookies: config.keepsCookies ? 'on' : '',
      resources: JSON.stringify(config.resources),
    };
  },
  configOf(values) {
    const rate = values.rateRequests.trim();
    return {
      baseUrl: trimmedText(values.baseUrl).replace(/\/+$/, ''),
      headers: pairsOf(values.headers),
      query: pairsOf(values.query),
      variables: pairsOf(values.variables),
      auth: authOf(values),
      tls: isEncrypted(values) ? tlsOf(values) : { mode: 'disable', caPem: null },
      proxyUrl: trimmedText(values.proxyUrl) === '' ? null : trimmedText(values.proxyUrl),
      rateLimit: rate === '' ? null : { requests: numberOf(rate), seconds: numberOf(values.rateSeconds) },
      maxRetries: numberOf(values.maxRetries),
      maxResponseMb: numberOf(values.maxResponseMb),
      keepsCookies: values.keepsCookies === 'on',
      resources: JSON.parse(values.resources) as Resource[],
    };
  },
};

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : '');
