import type { ServerFamily } from '../../../../shared/model/testReport.ts';
import type { SessionServer } from '../../Connection.ts';
import { buildNamed } from './builds.ts';

/** What is known of a server when its family is told. */
export interface FamilySigns {
  /** As `@@version` has it. */
  readonly version: string | null;
  readonly comment: string | null;
  /** Where its programs are: hosts of servers have them in places of their own. */
  readonly baseFolder: string | null;
  /** The answer to `SELECT @@version_comment LIMIT 1`, which ProxySQL gives by itself. */
  readonly greeter: string | null;
  readonly server: SessionServer;
}

export interface DescribedFamily {
  readonly product: string | null;
  readonly versionNumber: string | null;
  readonly family: ServerFamily;
}

/** Products by what their version says of them, with their own version in it. */
const ownVersions: Readonly<Record<string, RegExp>> = {
  tidb: /-tidb-v?(\d+(?:\.\d+)*)/i,
  vitess: /-vitess-v?(\d+(?:\.\d+)*)/i,
};

/** Hosts of servers, by what only theirs have. The first that fits counts. */
const hosts: readonly (readonly [name: string, fits: (signs: FamilySigns) => boolean])[] = [
  ['Amazon Aurora', ({ baseFolder }) => /^\/rdsdbbin\/(?:oscar|aurora)/.test(baseFolder ?? '')],
  ['Amazon RDS', ({ baseFolder }) => baseFolder?.startsWith('/rdsdbbin/') === true],
  ['Google Cloud SQL', ({ version }) => /-google\b/i.test(version ?? '')],
  ['Azure Database for MySQL', ({ version }) => /-azure\b/i.test(version ?? '')],
  ['PlanetScale', ({ comment }) => /planetscale/i.test(comment ?? '')],
  ['Galera Cluster', ({ version }) => /-galera\b/i.test(version ?? '')],
];

/** Product, version and family of a server, by what it says itself. */
export function describeFamily(signs: FamilySigns): DescribedFamily {
  const { version, greeter } = signs;
  const build = buildNamed(signs.server.build);
  const own = ownVersions[build.name]?.exec(version ?? '')?.[1] ?? null;
  const host = hosts.find(([, fits]) => fits(signs))?.[0];
  const parts = [
    ...(host === undefined ? [] : [{ name: host, version: null }]),
    ...(/proxysql/i.test(greeter ?? '') ? [{ name: 'ProxySQL', version: null }] : []),
  ];
  return {
    product: build.product ?? (version === null ? null : productOf(version, signs.comment ?? '')),
    versionNumber: own ?? (version === null ? null : (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? null)),
    family: { protocol: build.product === null ? null : 'MySQL', parts, limits: [...build.limits] },
  };
}

/** Names that products have for themselves, the same in all languages. */
function productOf(version: string, comment: string): string {
  if (/mariadb/i.test(version)) return 'MariaDB';
  return /percona/i.test(comment) ? 'Percona Server' : 'MySQL';
}
