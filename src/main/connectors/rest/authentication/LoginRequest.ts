import type { RestAuth } from '../../../../shared/engines/rest/config.ts';
import { selected, smallJson } from '../errors/apiWords.ts';
import { type LoginAnswer, loginRefusedError, tokenMissingError } from '../errors/loginErrors.ts';
import { sendable } from './sendable.ts';
import type { ObtainedToken, TokenSource } from './TokenAuthentication.ts';

type SessionAuth = Extract<RestAuth, { type: 'session' }>;

/** Sends a log-in request, without any credentials beside its body. */
export type SendLogin = (path: string, body: Buffer, signal: AbortSignal) => Promise<LoginAnswer>;

/** Tokens from a log-in request of the API itself. */
export class LoginRequest implements TokenSource {
  readonly #auth: SessionAuth;
  readonly #options: {
    readonly secret: (field: string) => Promise<string | null>;
    readonly sendLogin: SendLogin;
  };

  constructor(
    auth: SessionAuth,
    options: {
      readonly secret: (field: string) => Promise<string | null>;
      readonly sendLogin: SendLogin;
    },
  ) {
    this.#auth = auth;
    this.#options = options;
  }

  async secrets(): Promise<readonly (string | null)[]> {
    return [await this.#options.secret('password')];
  }

  async obtain([password]: readonly (string | null)[], signal: AbortSignal): Promise<ObtainedToken> {
    const { loginPath, loginBody, tokenSelector, user } = this.#auth;
    const body = loginText(loginBody, user, password ?? '');
    const answer = await this.#options.sendLogin(loginPath, Buffer.from(body, 'utf8'), signal);
    if (answer.status >= 300) throw loginRefusedError(answer);
    const value = selected(smallJson(answer.body), tokenSelector);
    if ((typeof value !== 'string' && typeof value !== 'number') || value === '') {
      throw tokenMissingError(tokenSelector, answer);
    }
    return { value: sendable(String(value), 'token'), lifetimeMs: null, replacedSecret: null };
  }

  keepReplaced(): Promise<void> {
    return Promise.resolve();
  }
}

/** The body with user and secret in their places, as JSON wants them. What a value holds is never read as a template. */
export function loginText(template: string, user: string, secret: string): string {
  const values: Readonly<Record<string, string>> = { user, secret };
  return template.replace(/\{\{\s*(user|secret)\s*\}\}/g, (_whole, name: string) =>
    JSON.stringify(values[name] ?? '').slice(1, -1),
  );
}
