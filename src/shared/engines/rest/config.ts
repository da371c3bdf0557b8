import { z } from 'zod';
import { plainText } from '../../model/fieldText.ts';
import { pairSchema, resourcesSchema } from '../../model/resources.ts';
import { tlsSettingsSchema } from '../../model/tls.ts';

const maxUrlLength = 2_000;

/** @param what its name in messages */
const httpUrl = (what: string) =>
  plainText(what)
    .max(maxUrlLength, { error: `${what} is longer than ${maxUrlLength} characters` })
    .refine((text) => isHttpUrl(text), {
      error: `${what} must be an address that begins with https:// or http://`,
    })
    .refine((text) => !hasLogin(text), { error: `${what} must not contain a user or a password` });

const parsed = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);

function isHttpUrl(text: string): boolean {
  const url = parsed(text);
  return url !== null && /^https?:$/.test(url.protocol) && /^https?:\/\//i.test(text) && !text.includes('{');
}

function hasLogin(text: string): boolean {
  const url = parsed(text);
  return url !== null && (url.username !== '' || url.password !== '');
}

/** HTTP's own tokens: whatever else stands in a header's name ends it, or begins another one. */
const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/, { error: 'Not the name of a header' });

/** What they hold is secret, or our own business. */
const secretHeaders = new Set(['authorization', 'proxy-authorization', 'cookie', 'host', 'content-length']);

const clientId = plainText('Client ID').min(1, { error: 'Client ID is required' }).max(1_000);
const scopes = plainText('Scopes').max(2_000);

/** A whole number, with one message for all that can be wrong with it. */
function wholeNumber(what: string, min: number, max: number) {
  const error = `${what} must be a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

const secondsError = 'Seconds must be a number from 0.1 to 86400';

/** How requests show who sends them. What is secret of it is in the vault, under the names of `secretFields`. */
export const authSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  /** Secret: `apiKey`. */
  z.strictObject({
    type: z.literal('api-key'),
    place: z.enum(['header', 'query']),
    name: headerName,
  }),
  /** Secret: `password`. */
  z.strictObject({
    type: z.literal('basic'),
    user: plainText('User').min(1, { error: 'User is required' }).max(500),
  }),
  /** Secret: `token`. */
  z.strictObject({ type: z.literal('bearer') }),
  /** RFC 6749, 4.4. Secret: `clientSecret`. */
  z.strictObject({
    type: z.literal('oauth-client'),
    tokenUrl: httpUrl('Token URL'),
    clientId,
    scopes,
    audience: plainText('Audience').max(1_000),
    /** How the client shows its secret to the token endpoint. */
    clientAuthentication: z.enum(['basic', 'post']),
  }),
  /** RFC 6749, 4.1 with PKCE (RFC 7636). Secrets: `refreshToken`, obtained by signing in, and `clientSecret` if any. */
  z.strictObject({
    type: z.literal('oauth-code'),
    authorizationUrl: httpUrl('Authorization URL'),
    tokenUrl: httpUrl('Token URL'),
    clientId,
    scopes,
    clientAuthentication: z.enum(['none', 'basic', 'post']),
    /** The port of the redirect to this computer that is registered with the server; 0: any. */
    redirectPort: z.int().min(0).max(65_535),
  }),
  /** A token from a log-in request. Secret: `password`, as `{{ secret }}` in the body. */
  z.strictObject({
    type: z.literal('session'),
    user: plainText('User').max(500),
    /** Behind the base URL. */
    loginPath: plainText('Log-in path').min(1, { error: 'Log-in path is required' }).max(2_000),
    /** A template of JSON with `{{ user }}` and `{{ secret }}`. */
    loginBody: z.string().max(10_000),
    /** JMESPath to the token in the answer. */
    tokenSelector: plainText('Token selector').min(1, { error: 'Token selector is required' }).max(500),
    headerName,
    /** Before the token, such as `Bearer`; empty for none. */
    headerPrefix: plainText('Prefix').max(100),
  }),
]);
export type RestAuth = z.infer<typeof authSchema>;

/** Where an API is, who asks, how often, and what it has to read; no secret is in here. */
export const restConfigSchema = z.strictObject({
  baseUrl: httpUrl('Base URL').refine((text) => !/[?#]/.test(text), {
    error: 'Base URL must not contain a query or a fragment',
  }),
  /** Sent with every request. */
  headers: z
    .array(
      z.strictObject({
        ...pairSchema.shape,
        name: headerName.refine((name) => !secretHeaders.has(name.toLowerCase()), {
          error: 'This header belongs to the authentication, where the vault keeps it',
        }),
      }),
    )
    .max(100),
  query: z.array(pairSchema).max(100),
  auth: authSchema,
  /** Counts for `https` only. */
  tls: tlsSettingsSchema.refine(({ mode }) => !/^(?:allow|prefer)$/.test(mode), {
    error: 'HTTP does not have this TLS mode',
    path: ['mode'],
  }),
  /** An HTTP proxy without a log-in; null for none. */
  proxyUrl: httpUrl('Proxy').nullable(),
  /** Null: as often as the API allows. */
  rateLimit: z
    .strictObject({
      requests: wholeNumber('Most requests', 1, 100_000),
      seconds: z
        .number({ error: secondsError })
        .min(0.1, { error: secondsError })
        .max(86_400, { error: secondsError }),
    })
    .nullable(),
  /** Of a request that may be sent again. */
  maxRetries: wholeNumber('Retries', 0, 20),
  keepsCookies: z.boolean(),
  /** Largest answer, unpacked, in MB. */
  maxResponseMb: wholeNumber('Largest answer', 1, 2_048),
  /** Values for `{{ config.… }}`. */
  variables: z.array(pairSchema).max(100),
  resources: resourcesSchema,
});
export type RestConfig = z.infer<typeof restConfigSchema>;
