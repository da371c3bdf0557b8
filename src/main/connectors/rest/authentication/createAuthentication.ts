import type { RestAuth, RestConfig } from '../../../../shared/engines/rest/config.ts';
import type { ApiRegistry } from '../client/ApiRegistry.ts';
import type { Redactor } from '../client/Redactor.ts';
import { missingSecretError } from '../errors/loginErrors.ts';
import { type Authentication, type Credentials, noCredentials } from './Authentication.ts';
import { LoginRequest, type SendLogin } from './LoginRequest.ts';
import { OauthTokens } from './OauthTokens.ts';
import { sendable } from './sendable.ts';
import { TokenAuthentication } from './TokenAuthentication.ts';
import type { TokenFetch } from './tokenFetch.ts';

export interface AuthenticationOptions {
  readonly config: RestConfig;
  readonly registry: ApiRegistry;
  readonly redactor: Redactor;
  /** The value of a secret field; null when there is none. */
  readonly secret: (field: string) => Promise<string | null>;
  readonly replaceSecret: ((field: string, value: string) => Promise<void>) | null;
  /** How the token endpoint is asked. */
  readonly fetch: TokenFetch;
  /** How a log-in request is sent. */
  readonly sendLogin: SendLogin;
}

/** How the requests of a connection show who asks, as its configuration has it. */
export function createAuthentication(options: AuthenticationOptions): Authentication {
  const { config } = options;
  const { auth } = config;
  switch (auth.type) {
    case 'none':
      return fixed(async () => noCredentials);
    case 'api-key':
      return fixed(() => keyCredentials(auth, options));
    case 'basic':
      return fixed(() => basicCredentials(auth, options));
    case 'bearer':
      return fixed(() => bearerCredentials(options));
    case 'oauth-client':
    case 'oauth-code':
      return new TokenAuthentication(options, new OauthTokens(auth, options), {
        name: 'Authorization',
        prefix: 'Bearer',
      });
    case 'session':
      return new TokenAuthentication(options, new LoginRequest(auth, options), {
        name: auth.headerName,
        prefix: auth.headerPrefix,
      });
  }
}

/** Asked for once, when the first request needs them. */
function fixed(make: () => Promise<Credentials>): Authentication {
  let made: Promise<Credentials> | null = null;
  return {
    credentials: () => {
      made ??= make().catch((error: unknown) => {
        made = null;
        throw error;
      });
      return made;
    },
    refused: () => false,
  };
}

async function keyCredentials(
  { place, name }: Extract<RestAuth, { type: 'api-key' }>,
  { redactor, secret }: AuthenticationOptions,
): Promise<Credentials> {
  const key = await secret('apiKey');
  if (key === null) throw missingSecretError('API key');
  redactor.add(key);
  if (place === 'query') return { headers: [], query: [{ name, value: key }] };
  return { headers: [[name, sendable(key, 'API key')]], query: [] };
}

/** RFC 7617, in UTF-8. */
async function basicCredentials(
  { user }: Extract<RestAuth, { type: 'basic' }>,
  { redactor, secret }: AuthenticationOptions,
): Promise<Credentials> {
  // Some APIs take a key as the user and no password at all.
  const password = (await secret('password')) ?? '';
  const proof = Buffer.from(`${user}:${password}`, 'utf8').toString('base64');
  redactor.add(password);
  redactor.add(proof);
  return { headers: [['Authorization', `Basic ${proof}`]], query: [] };
}

async function bearerCredentials({ redactor, secret }: AuthenticationOptions): Promise<Credentials> {
  const token = await secret('token');
  if (token === null) throw missingSecretError('token');
  redactor.add(token);
  return { headers: [['Authorization', `Bearer ${sendable(token, 'token')}`]], query: [] };
}
