import { z } from 'zod';
import type { PostgresLimitKey } from '../../../../shared/engines/postgres/families.ts';
import type { ServerFamily } from '../../../../shared/model/testReport.ts';
import { cleanText } from '../../../base/cleanText.ts';
import type { SessionServer } from '../../Connection.ts';
import { textCell } from '../../sql/askCatalogue.ts';
import { jsonCell } from '../catalogue/resultRows.ts';
import { buildNamed } from './builds.ts';
import { spreadsReads } from './poolers.ts';

/** Extensions that make another product of a server, by the name they have there. */
const extensions: Readonly<Record<string, string>> = {
  timescaledb: 'TimescaleDB',
  citus: 'Citus',
};

const hasSetting = (name: string): string => `pg_catalog.current_setting('${name}', true) IS NOT NULL`;
const hasRole = (name: string): string => `pg_catalog.to_regrole('${name}') IS NOT NULL`;

/** Hosts of servers, by what is there on each of theirs and nowhere else. The first that fits counts. */
const hosts: readonly (readonly [name: string, sign: string])[] = [
  ['Amazon Aurora', "pg_catalog.to_regproc('pg_catalog.aurora_version') IS NOT NULL"],
  ['Amazon RDS', `${hasSetting('rds.extensions')} OR ${hasRole('rds_superuser')}`],
  ['Google AlloyDB', hasRole('alloydbsuperuser')],
  ['Google Cloud SQL', `${hasSetting('cloudsql.iam_authentication')} OR ${hasRole('cloudsqlsuperuser')}`],
  ['Azure Database for PostgreSQL', `${hasSetting('azure.extensions')} OR ${hasRole('azure_pg_admin')}`],
  ['Supabase', hasRole('supabase_admin')],
  ['Neon', hasSetting('neon.timeline_id')],
];

/** What there is to ask, together with the facts about the server. */
export const familyFacts = {
  host: {
    sql: `CASE ${hosts.map(([name, sign]) => `WHEN ${sign} THEN '${name}'`).join('\n  ')} END`,
    cell: textCell,
  },
  extensions: {
    sql: `(SELECT pg_catalog.json_object_agg(extname, extversion) FROM pg_catalog.pg_extension
            WHERE extname IN (${Object.keys(extensions)
              .map((name) => `'${name}'`)
              .join(', ')}))`,
    cell: jsonCell(z.record(z.string(), z.string())),
  },
} as const;

/** What is known of a server when its family is told. */
export interface FamilySigns {
  /** What `version()` says. */
  readonly version: string | null;
  /** As PostgreSQL's own number. */
  readonly versionNumber: string | null;
  readonly host: string | null;
  readonly extensions: Readonly<Record<string, string>> | null;
  readonly server: SessionServer;
}

/** Products by what `version()` says of them, with their own version in it. */
const products: readonly (readonly [name: string, version: RegExp, isPart: boolean])[] = [
  ['CockroachDB', /^CockroachDB \S+ v([\w.-]+)/, false],
  ['Amazon Redshift', /\bRedshift ([\d.]+)/, false],
  ['YugabyteDB', /-YB-([\d.]+)/, false],
  ['Greenplum', /\(Greenplum Database ([\d.]+)/, false],
  ['EDB Postgres Advanced Server', /\(EnterpriseDB Advanced Server ([\d.]+)/, true],
];

export interface DescribedFamily {
  readonly product: string | null;
  readonly versionNumber: string | null;
  readonly family: ServerFamily;
}

const protocol = 'PostgreSQL';

/** Product, version and family of a server, by what it says itself. */
export function describeFamily(signs: FamilySigns): DescribedFamily {
  const { version, versionNumber, server } = signs;
  const build = buildNamed(server.build);
  const found = products
    .map(([name, pattern, isPart]) => ({ name, isPart, own: pattern.exec(version ?? '')?.[1] ?? null }))
    .find(({ own }) => own !== null);
  const other = found?.isPart === false ? found : null;
  const usual = build.isPlain ? build.product : (/^[A-Za-z]+/.exec(version ?? '')?.[0] ?? null);
  const parts = [
    ...(found?.isPart === true ? [{ name: found.name, version: found.own }] : []),
    ...Object.entries(signs.extensions ?? {}).flatMap(([name, own]) => {
      const shown = extensions[name];
      return shown === undefined ? [] : [{ name: shown, version: cleanText(own, 40) }];
    }),
    ...(signs.host === null ? [] : [{ name: cleanText(signs.host, 40), version: null }]),
    ...(server.pooler === null
      ? []
      : [{ name: server.pooler.name ?? 'a connection pooler', version: server.pooler.version ?? null }]),
  ];
  return {
    product: other?.name ?? usual,
    versionNumber: other?.own ?? (build.isPlain ? null : versionNumber),
    family: {
      protocol: other === null && !build.isPlain ? null : protocol,
      parts,
      limits: [...build.limits, ...limitsOf(server)],
    },
  };
}

function limitsOf({ pooler, keepsTimeLimits }: SessionServer): PostgresLimitKey[] {
  const state = { transaction: ['sessionState'], unknown: ['perhapsSessionState'], session: [] } as const;
  return [
    ...(pooler === null ? [] : state[pooler.lends]),
    ...(spreadsReads(pooler) ? (['spreadReads'] as const) : []),
    ...(keepsTimeLimits ? [] : (['timeLimits'] as const)),
  ];
}
