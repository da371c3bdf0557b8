import type { RestAuthType, RestFieldKey } from '../../../shared/engines/rest/authFields.ts';
import type { RestNodeFactKey, RestServerFactKey } from '../../../shared/engines/rest/facts.ts';
import type { EngineText } from './EngineText.ts';
import { type TlsOptions, tlsText } from './tlsText.ts';

const clientAuthentication = {
  basic: { label: 'Basic header', help: null },
  post: { label: 'Request body', help: null },
};

const authNames = new Map([
  ['none', 'None'],
  ['api-key', 'API key'],
  ['basic', 'User and password'],
  ['bearer', 'Bearer token'],
  ['oauth-client', 'OAuth 2, client credentials'],
  ['oauth-code', 'OAuth 2, signed in'],
  ['session', 'Log-in request'],
]);

const pageNames = new Map([
  ['none', 'One answer'],
  ['page', 'By number'],
  ['offset', 'By offset'],
  ['cursor', 'By cursor'],
  ['next-url', 'By address in the answer'],
  ['link', 'By Link header'],
]);

const originNames = new Map([
  ['document', 'From the document'],
  ['inferred', 'Inferred from a sample'],
  ['personal', 'Set by hand'],
]);

export const restText = {
  card: {
    name: 'REST API',
    message: 'An HTTP API that answers JSON, with or without an OpenAPI document.',
  },
  suggestedName: ({ baseUrl }) => (URL.canParse(baseUrl) ? new URL(baseUrl).hostname : ''),
  connectionText: {
    placeholder: 'https://api.example.com/v1',
    hint: 'A URL or a curl command. The field is cleared once it has been read.',
  },
  fields: {
    baseUrl: { label: 'Base URL', help: 'What all paths begin with, such as https://api.example.com/v1.' },
    auth: {
      label: 'Authentication',
      help: null,
      options: {
        none: { label: 'None', help: null },
        'api-key': { label: 'API key', help: null },
        basic: { label: 'User and password', help: 'HTTP basic authentication.' },
        bearer: { label: 'Bearer token', help: null },
        'oauth-client': {
          label: 'OAuth 2: client credentials',
          help: 'Mooring gets a token with the client’s own secret.',
        },
        'oauth-code': {
          label: 'OAuth 2: sign in',
          help: 'You sign in at the server in your browser. Mooring never sees your password.',
        },
        session: { label: 'Log-in request', help: 'A first request answers a token for the others.' },
      },
    },
    keyPlace: {
      label: 'Send it as',
      help: null,
      options: {
        header: { label: 'Header', help: null },
        query: { label: 'Query parameter', help: 'Ends up in the logs of servers and proxies.' },
      },
    },
    keyName: { label: 'Name', help: null },
    apiKey: { label: 'API key', help: null },
    user: { label: 'User', help: null },
    password: { label: 'Password', help: null },
    token: { label: 'Token', help: null },
    authorizationUrl: { label: 'Authorization URL', help: null },
    tokenUrl: { label: 'Token URL', help: null },
    clientId: { label: 'Client ID', help: null },
    clientSecret: { label: 'Client secret', help: null },
    scopes: { label: 'Scopes', help: 'Separated by blanks.' },
    audience: { label: 'Audience', help: null, whenEmpty: 'None' },
    clientAuthentication: { label: 'Send the secret in', help: null, options: clientAuthentication },
    codeAuthentication: {
      label: 'Client secret',
      help: null,
      options: { none: { label: 'None', help: 'A public client with PKCE.' }, ...clientAuthentication },
    },
    redirectPort: {
      label: 'Redirect port',
      help: 'The port of http://127.0.0.1 that is registered as redirect.',
      whenEmpty: 'Any',
    },
    refreshToken: { label: 'Sign-in', help: null },
    sessionUser: { label: 'User', help: null },
    loginPath: { label: 'Log-in path', help: null },
    loginBody: { label: 'Log-in body', help: 'JSON; {{ user }} and {{ secret }} are replaced.' },
    tokenSelector: { label: 'Token selector', help: 'Where the token stands in the answer (JMESPath).' },
    tokenHeader: { label: 'Token header', help: null },
    tokenPrefix: { label: 'Before the token', help: null, whenEmpty: 'Nothing' },
    host: { label: 'Host', help: null },
    ...tlsText,
    headers: {
      label: 'Headers',
      help: 'One a line, such as Accept-Language: en. For keys and tokens choose an authentication: they are kept in the vault.',
      whenEmpty: 'None',
    },
    query: {
      label: 'Query parameters',
      help: 'Sent with every request, one a line: name: value.',
      whenEmpty: 'None',
    },
    variables: {
      label: 'Variables',
      help: 'For {{ config.name }} in resources, one a line: name: value.',
      whenEmpty: 'None',
    },
    proxyUrl: { label: 'Proxy', help: null, whenEmpty: 'None' },
    rateRequests: { label: 'Most requests', help: null, whenEmpty: 'No limit' },
    rateSeconds: { label: 'In seconds', help: null },
    maxRetries: { label: 'Retries', help: 'Of requests that may be sent again.' },
    maxResponseMb: { label: 'Largest answer in MB', help: null },
    keepsCookies: {
      label: 'Keep cookies',
      help: 'Only for this data source, and only until Mooring is closed.',
    },
    resources: { label: 'Resources', help: null },
  },
  unused: {
    encryption: 'Plain http is not encrypted: whoever is on the way reads everything, also the key.',
  },
  stages: () => ({
    dns: 'Look up the host',
    tcp: 'Reach the port',
    tls: 'Encrypt the connection',
    auth: 'Authenticate',
    schema: 'Read the first page',
  }),
  serverFacts: {
    baseUrl: 'Base URL',
    authentication: { label: 'Authentication', show: (type) => authNames.get(type) ?? type },
    protocol: 'Protocol',
    resourceCount: 'Resources',
    rateLimit: 'Rate limit',
    remaining: 'Requests left',
  },
  nodeFacts: {
    request: 'Request',
    records: 'Records',
    pagination: { label: 'Pages', show: (type) => pageNames.get(type) ?? type },
    parent: 'For each',
    incremental: 'Incremental by',
    pushedFilters: 'Filters of the API',
    columnsFrom: {
      label: 'Columns',
      show: (origins) =>
        origins
          .split(', ')
          .map((origin) => originNames.get(origin) ?? origin)
          .join(', '),
    },
  },
  serverLimits: {},
} satisfies EngineText<
  RestFieldKey,
  TlsOptions & {
    auth: RestAuthType;
    keyPlace: 'header' | 'query';
    clientAuthentication: 'basic' | 'post';
    codeAuthentication: 'none' | 'basic' | 'post';
  },
  RestServerFactKey,
  RestNodeFactKey
>;
