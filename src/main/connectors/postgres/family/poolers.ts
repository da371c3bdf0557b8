import type { SessionPooler } from '../../Connection.ts';
import type { PostgresBuild } from './builds.ts';

/** What a log-in shows of a pooler. */
export interface PoolerSigns {
  readonly host: string;
  /** Of the key for cancel requests; null when there was none. */
  readonly processId: number | null;
  /** Settings of the startup message were refused that every PostgreSQL knows. */
  readonly refusesSettings: boolean;
  readonly build: PostgresBuild;
}

/** Hosts at which nothing but a pooler answers. Only a hint at its name. */
const hosts: readonly (readonly [host: RegExp, name: string])[] = [
  [/\.pooler\.supabase\.com$/i, 'Supabase pooler'],
  [/-pooler\.[\w.-]+\.neon\.(?:tech|build)$/i, 'Neon pooler'],
  [/\.proxy-[\w]+\.[\w-]+\.rds\.amazonaws\.com$/i, 'RDS Proxy'],
];

const pgpoolName = 'Pgpool-II';

/** The largest process id of Linux; those of other systems are smaller. A pooler makes one up of 32 random bits. */
const largestProcessId = 2 ** 22;

/**
 * The pooler in front of the server, before anybody has asked how it lends; null when nothing shows one. CockroachDB and
 * Redshift have no processes for their sessions, so that their keys say nothing.
 */
export function poolerOf({ host, processId, refusesSettings, build }: PoolerSigns): SessionPooler | null {
  const known = hosts.find(([pattern]) => pattern.test(host))?.[1];
  if (known !== undefined) return { name: known, lends: 'unknown' };
  if (build.isPlain) return null;
  if (refusesSettings) return { name: 'PgBouncer', lends: 'unknown' };
  const isMadeUp = processId !== null && (processId <= 0 || processId > largestProcessId);
  return isMadeUp ? { name: null, lends: 'unknown' } : null;
}

/**
 * How a pooler lends the sessions of the server, by which of them answered: two of ours in turn, each idle in between. One
 * that answers two of ours, or another one than before, was lent for a transaction only.
 */
export function lendingOf(first: readonly number[], second: readonly number[]): SessionPooler['lends'] {
  if (first.length === 0) return 'unknown';
  const isChanging = new Set(first).size > 1 || new Set(second).size > 1;
  if (isChanging || second.some((id) => first.includes(id))) return 'transaction';
  return second.length === 0 ? 'unknown' : 'session';
}

/** Pgpool-II by its version, such as `4.3.5 (tamahomeboshi)`: it keeps a session of each of its servers for each of ours. */
export function pgpoolOf(version: unknown): SessionPooler {
  const [number] = /^\d+(?:\.\d+)*/.exec(String(version)) ?? [];
  return { name: pgpoolName, lends: 'session', ...(number !== undefined && { version: number }) };
}

/** Selects are for any of its servers, which may be behind the one that is written to. */
export const spreadsReads = (pooler: SessionPooler | null): boolean => pooler?.name === pgpoolName;
