import { createHash, randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type ApiServer, json, type SeenRequest } from './ApiServer.ts';

interface Grant {
  readonly redirectUri: string;
  readonly challenge: string;
}

/**
 * A local OAuth 2 server: an authorisation page that lets everybody in and sends them back, and a token endpoint with
 * client credentials, codes with PKCE and refresh tokens that are good for one use.
 */
export class AuthorizationServer {
  readonly #server: ApiServer;
  readonly #grants = new Map<string, Grant>();
  readonly #refreshTokens = new Set<string>();
  /** Access tokens that were given, in order. */
  readonly tokens: string[] = [];
  /** Refresh tokens that were given, in order. */
  readonly givenRefreshTokens: string[] = [];
  /** Refused with this `error`, at the page and at the endpoint; null: nobody is refused. */
  error: string | null = null;
  /** Seconds. */
  expiresIn = 3_600;
  givesRefreshTokens = true;
  readonly clientId = 'the client';
  readonly clientSecret = 's3cret of: the/client';

  /** @param server answers as this one from now on */
  constructor(server: ApiServer) {
    this.#server = server;
    server.answer = (request, response) => this.#answer(request, response);
  }

  get authorizationUrl(): string {
    return `${this.#server.origin}/authorize`;
  }

  get tokenUrl(): string {
    return `${this.#server.origin}/token`;
  }

  /** What the token endpoint was asked, as forms. */
  get asked(): readonly URLSearchParams[] {
    const posts = this.#server.seen.filter(({ method }) => method === 'POST');
    return posts.map(({ body }) => new URLSearchParams(body));
  }

  /** A refresh token that is good for one use. */
  newRefreshToken(): string {
    const token = `refresh-${randomUUID()}`;
    this.#refreshTokens.add(token);
    this.givenRefreshTokens.push(token);
    return token;
  }

  #answer(request: SeenRequest, response: ServerResponse): void {
    const url = new URL(request.url, this.#server.origin);
    if (url.pathname === '/authorize') this.#authorize(url, response);
    else this.#giveToken(request, response);
  }

  #authorize({ searchParams }: URL, response: ServerResponse): void {
    const redirectUri = searchParams.get('redirect_uri') ?? '';
    const back = new URL(redirectUri);
    back.searchParams.set('state', searchParams.get('state') ?? '');
    back.searchParams.set('iss', 'https://issuer.test');
    if (this.error === null) {
      const code = randomUUID();
      this.#grants.set(code, { redirectUri, challenge: searchParams.get('code_challenge') ?? '' });
      back.searchParams.set('code', code);
    } else {
      back.searchParams.set('error', this.error);
      back.searchParams.set('error_description', 'You said no.');
    }
    response.writeHead(302, { Location: back.href }).end();
  }

  #giveToken(request: SeenRequest, response: ServerResponse): void {
    const form = new URLSearchParams(request.body);
    const error = this.error ?? this.#refusalOf(request, form);
    if (error !== null) {
      const description = `Refused: ${error}, not ${form.get('client_secret') ?? ''}`;
      json(
        { error, error_description: description },
        {},
        error === 'invalid_client' ? 401 : 400,
      )(request, response);
      return;
    }
    const token = `access-${randomUUID()}`;
    this.tokens.push(token);
    const isPersonal = form.get('grant_type') !== 'client_credentials' && this.givesRefreshTokens;
    const answer = {
      ...{
        access_token: token,
        token_type: 'Bearer',
        expires_in: this.expiresIn,
        id_token: 'not.checked.here',
      },
      ...(isPersonal && { refresh_token: this.newRefreshToken() }),
    };
    json(answer)(request, response);
  }

  #refusalOf(request: SeenRequest, form: URLSearchParams): string | null {
    switch (form.get('grant_type')) {
      case 'client_credentials':
        return this.#isClient(request, form) ? null : 'invalid_client';
      case 'refresh_token':
        return this.#refreshTokens.delete(form.get('refresh_token') ?? '') ? null : 'invalid_grant';
      case 'authorization_code': {
        const code = form.get('code') ?? '';
        const grant = this.#grants.get(code);
        this.#grants.delete(code);
        const challenge = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url');
        const isRight = grant?.challenge === challenge && grant.redirectUri === form.get('redirect_uri');
        return isRight ? null : 'invalid_grant';
      }
      default:
        return 'unsupported_grant_type';
    }
  }

  #isClient({ headers }: SeenRequest, form: URLSearchParams): boolean {
    const encoded = (text: string) => new URLSearchParams([['', text]]).toString().slice(1);
    const basic = Buffer.from(`${encoded(this.clientId)}:${encoded(this.clientSecret)}`).toString('base64');
    if (form.get('client_secret') === this.clientSecret) return form.get('client_id') === this.clientId;
    return headers.authorization === `Basic ${basic}`;
  }
}
