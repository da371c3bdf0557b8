import { createHash } from 'node:crypto';
import type { RestConfig } from '../../../../shared/engines/rest/config.ts';
import { restEngine } from '../../../../shared/engines/rest/engine.ts';
import type { Clock } from '../../../base/Clock.ts';
import { TokenKeeper } from '../authentication/TokenKeeper.ts';
import { CookieJar } from './CookieJar.ts';
import { ApiPace } from './pacing/ApiPace.ts';

/** More APIs than a person has; the least recently used is forgotten. */
const maxKept = 300;

/** What the connections of one API share while the app runs: its pace, its tokens and the cookies of a data source. */
export class ApiRegistry {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #paces = new Map<string, ApiPace>();
  readonly #tokens = new Map<string, TokenKeeper>();
  readonly #jars = new Map<string, CookieJar>();

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /** The pace of the API of a configuration, with the rate of this one. */
  paceOf(config: RestConfig): ApiPace {
    const key = JSON.stringify(restEngine.endpoint(config).place);
    const pace = kept(this.#paces, key, () => new ApiPace(this.#clock, this.#random));
    pace.configure(config.rateLimit);
    return pace;
  }

  /**
   * Who keeps the token that these secrets obtain. Another secret has another keeper: a wrong one is not hidden by the
   * token of a right one.
   */
  tokensOf(config: RestConfig, secrets: readonly (string | null)[]): TokenKeeper {
    return kept(this.#tokens, tokenKey(config, secrets), () => new TokenKeeper(this.#clock));
  }

  /** A server has replaced the secret: the same keeper is found by the new one. */
  renamed(config: RestConfig, secrets: readonly (string | null)[], keeper: TokenKeeper): void {
    kept(this.#tokens, tokenKey(config, secrets), () => keeper);
  }

  /** The cookies of a data source; a draft has its own. */
  jarOf(sourceId: string | null): CookieJar {
    if (sourceId === null) return new CookieJar(this.#clock);
    return kept(this.#jars, sourceId, () => new CookieJar(this.#clock));
  }
}

/** No secret can be read from it. */
function tokenKey(config: RestConfig, secrets: readonly (string | null)[]): string {
  const what = JSON.stringify([restEngine.endpoint(config), config.auth, secrets]);
  return createHash('sha256').update(what).digest('base64');
}

function kept<Value>(all: Map<string, Value>, key: string, make: () => Value): Value {
  const value = all.get(key) ?? make();
  all.delete(key);
  all.set(key, value);
  const [oldest] = all.keys();
  if (all.size > maxKept && oldest !== undefined) all.delete(oldest);
  return value;
}
