import type { RestConfig } from '../../../../shared/engines/rest/config.ts';
import type { ApiRegistry } from '../client/ApiRegistry.ts';
import type { Redactor } from '../client/Redactor.ts';
import type { Authentication, Credentials } from './Authentication.ts';
import type { AccessToken, TokenKeeper } from './TokenKeeper.ts';

/** Where tokens come from. */
export interface TokenSource {
  /** The secrets that it needs, asked for when a token is needed. @throws PASSWORD_REQUIRED */
  secrets(): Promise<readonly (string | null)[]>;
  /**
   * Obtains a token.
   * @param secrets as `secrets` gave them, the first one replaced by what the server has given in its place
   * @throws AUTH_FAILED and the like, or the signal's reason
   */
  obtain(secrets: readonly (string | null)[], signal: AbortSignal): Promise<ObtainedToken>;
  /** Keeps what replaces the first secret, for the next start of the app. */
  keepReplaced(secret: string): Promise<void>;
}

export interface ObtainedToken extends AccessToken {
  /** What replaces the first secret from now on; null when it stays. */
  readonly replacedSecret: string | null;
}

interface Held {
  readonly keeper: TokenKeeper;
  readonly secrets: readonly (string | null)[];
}

/** Shows who asks by a token that is obtained when it is needed, and again when the API does not take it any more. */
export class TokenAuthentication implements Authentication {
  readonly #config: RestConfig;
  readonly #registry: ApiRegistry;
  readonly #redactor: Redactor;
  readonly #source: TokenSource;
  readonly #header: { readonly name: string; readonly prefix: string };
  #held: Promise<Held> | null = null;
  /** The keeper and token of the last credentials, to tell which one was refused. */
  readonly #given = new WeakMap<Credentials, { readonly keeper: TokenKeeper; readonly token: string }>();
  /** What this connection knows to be kept in place of its first secret. */
  #keptSecret: string | null = null;

  constructor(
    options: { readonly config: RestConfig; readonly registry: ApiRegistry; readonly redactor: Redactor },
    source: TokenSource,
    header: { readonly name: string; readonly prefix: string },
  ) {
    this.#config = options.config;
    this.#registry = options.registry;
    this.#redactor = options.redactor;
    this.#source = source;
    this.#header = header;
  }

  async credentials(signal: AbortSignal): Promise<Credentials> {
    const { keeper, secrets } = await this.#hold();
    const token = await keeper.token(
      (limited, latest) => this.#obtain(keeper, secrets, latest, limited),
      signal,
    );
    this.#redactor.add(token);
    await this.#keepLatest(keeper, secrets);
    const { name, prefix } = this.#header;
    const credentials: Credentials = {
      headers: [[name, prefix === '' ? token : `${prefix} ${token}`]],
      query: [],
    };
    this.#given.set(credentials, { keeper, token });
    return credentials;
  }

  refused(credentials: Credentials): boolean {
    const given = this.#given.get(credentials);
    if (given === undefined) return false;
    given.keeper.refused(given.token);
    return true;
  }

  #hold(): Promise<Held> {
    this.#held ??= this.#ask().catch((error: unknown) => {
      this.#held = null;
      throw error;
    });
    return this.#held;
  }

  async #ask(): Promise<Held> {
    const secrets = await this.#source.secrets();
    for (const secret of secrets) this.#redactor.add(secret);
    return { secrets, keeper: this.#registry.tokensOf(this.#config, secrets) };
  }

  async #obtain(
    keeper: TokenKeeper,
    secrets: readonly (string | null)[],
    latest: string | null,
    signal: AbortSignal,
  ): Promise<AccessToken> {
    const [first = null, ...others] = secrets;
    const token = await this.#source.obtain([latest ?? first, ...others], signal);
    this.#redactor.add(token.value);
    const { replacedSecret } = token;
    if (replacedSecret !== null) {
      this.#redactor.add(replacedSecret);
      keeper.latestSecret = replacedSecret;
      this.#registry.renamed(this.#config, [replacedSecret, ...others], keeper);
    }
    return token;
  }

  /** The one that the vault has is worth nothing once the server has replaced it, whichever connection it told. */
  async #keepLatest(
    { latestSecret }: TokenKeeper,
    [first = null]: readonly (string | null)[],
  ): Promise<void> {
    if (latestSecret === null || latestSecret === first || latestSecret === this.#keptSecret) return;
    this.#keptSecret = latestSecret;
    try {
      await this.#source.keepReplaced(latestSecret);
    } catch {
      // The vault may be locked: the token is good all the same, and the next request tries again.
      this.#keptSecret = null;
    }
  }
}
