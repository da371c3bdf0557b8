import { trimmedText } from '../../model/visibleText.ts';
import { type FormField, type FormValues, numberOf } from '../form.ts';
import type { RestAuth } from './config.ts';

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
  'caFile',
  'clientCertificate',
  'clientCertificatePath',
  'clientKeyPath',
  'clientKeyPassphrase',
  'tlsMinVersion',
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

export type RestValues = FormValues<RestFieldKey>;

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

/** A field is shown with these kinds of authentication. */
const withAuth =
  (...types: RestAuthType[]) =>
  ({ auth }: RestValues): boolean =>
    types.some((type) => type === auth);

/** How requests show who sends them: the fields of each kind. */
export const authFields: readonly FormField<RestFieldKey>[] = [
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
];

/** What they hold of a configuration. */
export function authValues(auth: RestAuth): Partial<RestValues> {
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

/** What they make; not checked yet. */
export function authOf(values: RestValues): RestAuth {
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
