import type { PostgresLimitKey } from '../../../../shared/engines/postgres/families.ts';

/** How a server is built that speaks the protocol of PostgreSQL, as far as it has to be asked in another way. */
export interface PostgresBuild {
  readonly name: 'postgres' | 'cockroachdb' | 'redshift';
  /** As it is shown. */
  readonly product: string;
  /**
   * It has no catalogue like that of PostgreSQL 12: it is asked for what stands in `information_schema`, one statement in a
   * transaction, without savepoints and without settings of its own.
   */
  readonly isPlain: boolean;
  /** Whether a primary key keeps rows apart, or is only a hint for the planner. */
  readonly enforcesKeys: boolean;
  /** What is switched off. */
  readonly limits: readonly PostgresLimitKey[];
}

const builds = {
  postgres: { name: 'postgres', product: 'PostgreSQL', isPlain: false, enforcesKeys: true, limits: [] },
  cockroachdb: {
    name: 'cockroachdb',
    product: 'CockroachDB',
    isPlain: true,
    enforcesKeys: true,
    limits: ['catalogue', 'definitions', 'activity', 'estimates', 'writing'],
  },
  redshift: {
    name: 'redshift',
    product: 'Amazon Redshift',
    isPlain: true,
    enforcesKeys: false,
    limits: ['catalogue', 'definitions', 'activity', 'estimates', 'writing'],
  },
} as const satisfies Record<string, PostgresBuild>;

/** What the server reports at log-in, by name. */
export type Statuses = ReadonlyMap<string, string>;

/** How the server is built, by what it reports at log-in: each of these has a parameter that no other one has. */
export function buildOf(statuses: Statuses): PostgresBuild {
  if (statuses.has('crdb_version')) return builds.cockroachdb;
  if (statuses.has('padb_version')) return builds.redshift;
  return builds.postgres;
}

/** @param name of a build, as a session has it */
export function buildNamed(name: string): PostgresBuild {
  return Object.values<PostgresBuild>(builds).find((build) => build.name === name) ?? builds.postgres;
}
