import type { MysqlLimitKey } from '../../../../shared/engines/mysql/families.ts';

/** How a server is built that speaks the protocol of MySQL, as far as it has to be asked in another way. */
export interface MysqlBuild {
  readonly name: 'usual' | 'tidb' | 'vitess';
  /** As it is shown; null: as the server calls itself. */
  readonly product: string | null;
  /** Whether a session or transaction can be made read-only. TiDB refuses the words. */
  readonly hasReadOnly: boolean;
  /** Whether it has procedures, functions, triggers and events. */
  readonly hasRoutines: boolean;
  /** Whether it shows its sessions as MySQL does. */
  readonly hasActivity: boolean;
  /** What is switched off. */
  readonly limits: readonly MysqlLimitKey[];
}

const builds = {
  usual: {
    name: 'usual',
    product: null,
    ...{ hasReadOnly: true, hasRoutines: true, hasActivity: true },
    limits: [],
  },
  tidb: {
    name: 'tidb',
    product: 'TiDB',
    ...{ hasReadOnly: false, hasRoutines: false, hasActivity: false },
    limits: ['routines', 'readOnly', 'activity'],
  },
  vitess: {
    name: 'vitess',
    product: 'Vitess',
    ...{ hasReadOnly: true, hasRoutines: false, hasActivity: false },
    limits: ['routines', 'foreignKeys', 'activity'],
  },
} as const satisfies Record<string, MysqlBuild>;

/** How the server is built, by the version of its greeting: `8.0.11-TiDB-v8.5.1`, `8.0.40-Vitess`. */
export function buildOf(version: string): MysqlBuild {
  if (/-tidb-/i.test(version)) return builds.tidb;
  return /-vitess\b/i.test(version) ? builds.vitess : builds.usual;
}

/** @param name of a build, as a session has it */
export function buildNamed(name: string): MysqlBuild {
  return Object.values<MysqlBuild>(builds).find((build) => build.name === name) ?? builds.usual;
}
