import type { RestAuth } from '../../../../shared/engines/rest/config.ts';
import { missingSecretError, signInNeededError } from '../errors/loginErrors.ts';
import { oauthError } from '../errors/oauthErrors.ts';
import type { ObtainedToken, TokenSource } from './TokenAuthentication.ts';
import type { TokenFetch } from './tokenFetch.ts';

export type OauthAuth = Extract<RestAuth, { type: 'oauth-client' | 'oauth-code' }>;

type Oauth = typeof import('oauth4webapi');

/** Loaded with the first token. */
export const loadOauth = (): Promise<Oauth> => import('oauth4webapi');

export interface OauthTokensOptions {
  readonly fetch: TokenFetch;
  readonly secret: (field: string) => Promise<string | null>;
  readonly replaceSecret: ((field: string, value: string) => Promise<void>) | null;
}

/** Tokens of an OAuth 2 server: by the client's own secret, or by what a person's sign-in has left. */
export class OauthTokens implements TokenSource {
  readonly #auth: OauthAuth;
  readonly #options: OauthTokensOptions;

  constructor(auth: OauthAuth, options: OauthTokensOptions) {
    this.#auth = auth;
    this.#options = options;
  }

  /** The refresh token first, if it is by sign-in. */
  async secrets(): Promise<readonly (string | null)[]> {
    const { secret } = this.#options;
    const { type, clientAuthentication } = this.#auth;
    if (type === 'oauth-client') {
      const clientSecret = await secret('clientSecret');
      if (clientSecret === null) throw missingSecretError('client secret');
      return [clientSecret];
    }
    const refreshToken = await secret('refreshToken');
    if (refreshToken === null) throw signInNeededError();
    return [refreshToken, clientAuthentication === 'none' ? null : await secret('clientSecret')];
  }

  async obtain(secrets: readonly (string | null)[], signal: AbortSignal): Promise<ObtainedToken> {
    try {
      return this.#auth.type === 'oauth-client'
        ? await this.#byClient(secrets, signal)
        : await this.#byRefresh(secrets, signal);
    } catch (error) {
      throw oauthError(error, signal);
    }
  }

  async keepReplaced(secret: string): Promise<void> {
    await this.#options.replaceSecret?.('refreshToken', secret);
  }

  async #byClient([clientSecret]: readonly (string | null)[], signal: AbortSignal): Promise<ObtainedToken> {
    const oauth = await loadOauth();
    const auth = this.#auth;
    const parameters = new URLSearchParams();
    if (auth.scopes !== '') parameters.set('scope', auth.scopes);
    if (auth.type === 'oauth-client' && auth.audience !== '') parameters.set('audience', auth.audience);
    const { server, client, proof, options } = clientOf(
      oauth,
      auth,
      clientSecret ?? null,
      this.#options.fetch,
    );
    const response = await oauth.clientCredentialsGrantRequest(server, client, proof, parameters, {
      ...options,
      signal,
    });
    const token = await oauth.processClientCredentialsResponse(server, client, response);
    return { value: token.access_token, lifetimeMs: lifetimeMs(token.expires_in), replacedSecret: null };
  }

  async #byRefresh(
    [refreshToken, clientSecret]: readonly (string | null)[],
    signal: AbortSignal,
  ): Promise<ObtainedToken> {
    const oauth = await loadOauth();
    const { server, client, proof, options } = clientOf(
      oauth,
      this.#auth,
      clientSecret ?? null,
      this.#options.fetch,
    );
    const response = await oauth.refreshTokenGrantRequest(server, client, proof, refreshToken ?? '', {
      ...options,
      signal,
    });
    const token = await oauth.processRefreshTokenResponse(server, client, response);
    const next = token.refresh_token ?? null;
    return {
      value: token.access_token,
      lifetimeMs: lifetimeMs(token.expires_in),
      replacedSecret: next === refreshToken ? null : next,
    };
  }
}

const lifetimeMs = (seconds: number | undefined): number | null =>
  seconds === undefined ? null : seconds * 1_000;

/** What the library needs to know of server and client. */
export function clientOf(oauth: Oauth, auth: OauthAuth, clientSecret: string | null, fetch: TokenFetch) {
  const server = { issuer: new URL(auth.tokenUrl).origin, token_endpoint: auth.tokenUrl };
  const client = { client_id: auth.clientId };
  return {
    server,
    client,
    proof: proofOf(oauth, auth, clientSecret),
    // Whether plain HTTP is safe is decided where the request is sent.
    options: { [oauth.customFetch]: fetch, [oauth.allowInsecureRequests]: true },
  };
}

function proofOf(oauth: Oauth, { clientAuthentication }: OauthAuth, secret: string | null) {
  if (clientAuthentication === 'none') return oauth.None();
  if (secret === null) throw missingSecretError('client secret');
  return clientAuthentication === 'post' ? oauth.ClientSecretPost(secret) : oauth.ClientSecretBasic(secret);
}
