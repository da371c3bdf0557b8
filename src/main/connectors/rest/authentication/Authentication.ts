import type { Pair } from '../../../../shared/model/resources.ts';
import type { HeaderLines } from '../HeaderLines.ts';

/** What a request carries to show who asks. */
export interface Credentials {
  readonly headers: HeaderLines;
  readonly query: readonly Pair[];
}

/** How the requests of one connection show who asks. */
export interface Authentication {
  /** Obtains what is needed, if it must. @throws PASSWORD_REQUIRED, AUTH_FAILED and the like, or the signal's reason */
  credentials(signal: AbortSignal): Promise<Credentials>;
  /** The API answered 401. @returns whether other credentials can be had now */
  refused(credentials: Credentials): boolean;
}

export const noCredentials: Credentials = { headers: [], query: [] };
