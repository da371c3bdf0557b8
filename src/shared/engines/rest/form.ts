import type { Pair, Resource } from '../../model/resources.ts';
import { trimmedText } from '../../model/visibleText.ts';
import { type EngineForm, type FormValues, numberOf } from '../form.ts';
import { tlsFields, tlsOf, tlsValues } from '../tlsForm.ts';
import type { RestAuth, RestConfig } from './config.ts';

export const restFieldKeys = [
  'baseUrl',
  'auth',
  'keyPlace',
  'keyName',
  'apiKey',
  'user',
  'password',
  'token',
  'authorizationUrl',
  'tokenUrl',
  'clientId',
  'clientSecret',
  'scopes',
  'audience',
  'clientAuthentication',
  'codeAuthentication',
  'redirectPort',
  'refreshToken',
  'sessionUser',
  'loginPath',
  'loginBody',
  'tokenSelector',
  'tokenHeader',
  'tokenPrefix',
  'host',
  'tlsMode',
  'caPem',
  'headers',
  'query',
  'variables',
  'proxyUrl',
  'rateRequests',
  'rateSeconds',
  'maxRetries',
  'maxResponseMb',
  'keepsCookies',
  'resources',
] as const;
export type RestFieldKey = (typeof restFieldKeys)[number];

type Values = FormValues<RestFieldKey>;

export const authTypes = [
  'none',
  'api-key',
  'basic',
  'bearer',
  'oauth-client',
  'oauth-code',
  'session',
] as const satisfies readonly RestAuth['type'][];
export type RestAuthType = (typeof authTypes)[number];

const newValues: Values = {
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
  tlsMode: 'verify-full',
  caPem: '',
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

/** A field is shown with these kinds of authentication. */
const withAuth =
  (...types: RestAuthType[]) =>
  ({ auth }: Values): boolean =>
    types.some((type) => type === auth);

const isEncrypted = ({ baseUrl }: Values): boolean => /^https:/i.test(baseUrl.trim());

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
      fields: [
        { key: 'auth', widget: { type: 'choice', options: authTypes }, path: 'auth.type', columns: 12 },
        {
          key: 'keyPlace',
          widget: { type: 'choice', options: ['header', 'query'] },
          path: 'auth.place',
          isShown: withAuth('api-key'),
        },
        {
          key: 'keyName',
          widget: { type: 'text' },
          path: 'auth.name',
          isRequired: true,
          isShown: withAuth('api-key'),
        },
        {
          key: 'apiKey',
          widget: { type: 'secret' },
          path: 'apiKey',
          columns: 12,
          isShown: withAuth('api-key'),
        },
        {
          key: 'user',
          widget: { type: 'text' },
          path: 'auth.user',
          isRequired: true,
          isShown: withAuth('basic'),
        },
        { key: 'sessionUser', widget: { type: 'text' }, path: 'auth.user', isShown: withAuth('session') },
        {
          key: 'password',
          widget: { type: 'secret' },
          path: 'password',
          isShown: withAuth('basic', 'session'),
        },
        { key: 'token', widget: { type: 'secret' }, path: 'token', columns: 12, isShown: withAuth('bearer') },
        {
          key: 'authorizationUrl',
          widget: { type: 'text' },
          path: 'auth.authorizationUrl',
          isRequired: true,
          columns: 12,
          isShown: withAuth('oauth-code'),
        },
        {
          key: 'tokenUrl',
          widget: { type: 'text' },
          path: 'auth.tokenUrl',
          isRequired: true,
          columns: 12,
          isShown: withAuth('oauth-client', 'oauth-code'),
        },
        {
          key: 'clientId',
          widget: { type: 'text' },
          path: 'auth.clientId',
          isRequired: true,
          isShown: withAuth('oauth-client', 'oauth-code'),
        },
        {
          key: 'clientSecret',
          widget: { type: 'secret' },
          path: 'clientSecret',
          isShown: (values) =>
            values.auth === 'oauth-client' ||
            (values.auth === 'oauth-code' && values.codeAuthentication !== 'none'),
        },
        {
          key: 'clientAuthentication',
          widget: { type: 'choice', options: ['basic', 'post'] },
          path: 'auth.clientAuthentication',
          isShown: withAuth('oauth-client'),
        },
        {
          key: 'codeAuthentication',
          widget: { type: 'choice', options: ['none', 'basic', 'post'] },
          path: 'auth.clientAuthentication',
          isShown: withAuth('oauth-code'),
        },
        {
          key: 'scopes',
          widget: { type: 'text' },
          path: 'auth.scopes',
          isShown: withAuth('oauth-client', 'oauth-code'),
        },
        {
          key: 'audience',
          widget: { type: 'text' },
          path: 'auth.audience',
          isShown: withAuth('oauth-client'),
        },
        {
          key: 'redirectPort',
          widget: { type: 'number' },
          path: 'auth.redirectPort',
          isShown: withAuth('oauth-code'),
        },
        {
          key: 'refreshToken',
          widget: { type: 'sign-in' },
          path: 'refreshToken',
          columns: 12,
          isShown: withAuth('oauth-code'),
        },
        {
          key: 'loginPath',
          widget: { type: 'text' },
          path: 'auth.loginPath',
          isRequired: true,
          columns: 12,
          isShown: withAuth('session'),
        },
        {
          key: 'loginBody',
          widget: { type: 'lines' },
          path: 'auth.loginBody',
          columns: 12,
          isShown: withAuth('session'),
        },
        {
          key: 'tokenSelector',
          widget: { type: 'text' },
          path: 'auth.tokenSelector',
          isRequired: true,
          columns: 4,
          isShown: withAuth('session'),
        },
        {
          key: 'tokenHeader',
          widget: { type: 'text' },
          path: 'auth.headerName',
          isRequired: true,
          columns: 4,
          isShown: withAuth('session'),
        },
        {
          key: 'tokenPrefix',
          widget: { type: 'text' },
          path: 'auth.headerPrefix',
          columns: 4,
          isShown: withAuth('session'),
        },
      ],
    },
    {
      key: 'encryption',
      // Checked in full unless a person says otherwise: what is reached over https has a certificate.
      fields: tlsFields<RestFieldKey>(isEncrypted).map(({ suggest: _, ...field }) => field),
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

function authValues(auth: RestAuth): Partial<Values> {
  switch (auth.type) {
    case 'none':
    case 'bearer':
      return { auth: auth.type };
    case 'api-key':
      return { auth: auth.type, keyPlace: auth.place, keyName: auth.name };
    case 'basic':
      return { auth: auth.type, user: auth.user };
    case 'oauth-client': {
      const { type, tokenUrl, clientId, scopes, audience, clientAuthentication } = auth;
      return { auth: type, tokenUrl, clientId, scopes, audience, clientAuthentication };
    }
    case 'oauth-code': {
      const { type, authorizationUrl, tokenUrl, clientId, scopes, clientAuthentication, redirectPort } = auth;
      return {
        ...{ auth: type, authorizationUrl, tokenUrl, clientId, scopes },
        codeAuthentication: clientAuthentication,
        redirectPort: redirectPort === 0 ? '' : String(redirectPort),
      };
    }
    case 'session': {
      const { type, user, loginPath, loginBody, tokenSelector, headerName, headerPrefix } = auth;
      return {
        ...{ auth: type, sessionUser: user, loginPath, loginBody, tokenSelector },
        ...{ tokenHeader: headerName, tokenPrefix: headerPrefix },
      };
    }
  }
}

function authOf(values: Values): RestAuth {
  const text = (key: RestFieldKey): string => trimmedText(values[key]);
  switch (authTypes.find((type) => type === values.auth) ?? 'none') {
    case 'none':
      return { type: 'none' };
    case 'bearer':
      return { type: 'bearer' };
    case 'api-key':
      return {
        type: 'api-key',
        place: values.keyPlace === 'query' ? 'query' : 'header',
        name: text('keyName'),
      };
    case 'basic':
      return { type: 'basic', user: text('user') };
    case 'oauth-client':
      return {
        type: 'oauth-client',
        tokenUrl: text('tokenUrl'),
        clientId: text('clientId'),
        scopes: text('scopes'),
        audience: text('audience'),
        clientAuthentication: values.clientAuthentication === 'post' ? 'post' : 'basic',
      };
    case 'oauth-code':
      return {
        type: 'oauth-code',
        authorizationUrl: text('authorizationUrl'),
        tokenUrl: text('tokenUrl'),
        clientId: text('clientId'),
        scopes: text('scopes'),
        clientAuthentication:
          (['basic', 'post'] as const).find((way) => way === values.codeAuthentication) ?? 'none',
        redirectPort: text('redirectPort') === '' ? 0 : numberOf(values.redirectPort),
      };
    case 'session':
      return {
        type: 'session',
        user: text('sessionUser'),
        loginPath: text('loginPath'),
        loginBody: values.loginBody,
        tokenSelector: text('tokenSelector'),
        headerName: text('tokenHeader'),
        headerPrefix: text('tokenPrefix'),
      };
  }
}
