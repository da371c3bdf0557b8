import { mysqlWords } from '../../src/main/connectors/mysql/errors/connectFailures.ts';
import { knownFailures as mysqlFailures } from '../../src/main/connectors/mysql/errors/knownFailures.ts';
import { loginFailures as mysqlLogins } from '../../src/main/connectors/mysql/errors/loginFailures.ts';
import type {
  ConnectSubject,
  EngineWords,
  Explain,
} from '../../src/main/connectors/network/failures/connectSubject.ts';
import { networkFailures } from '../../src/main/connectors/network/failures/networkFailures.ts';
import { knownFailures as postgresFailures } from '../../src/main/connectors/postgres/errors/knownFailures.ts';
import { loginFailures as postgresLogins } from '../../src/main/connectors/postgres/errors/loginFailures.ts';
import { engineWords as postgresWords } from '../../src/main/connectors/postgres/wire/postgresService.ts';
import type { KnownFailure } from '../../src/main/connectors/sql/knownFailure.ts';
import { errorActionLabel } from '../../src/renderer/text/errorActions.ts';
import type { EngineKind } from '../../src/shared/engines/settings.ts';
import type { ErrorAction } from '../../src/shared/errors/errorActions.ts';

/** The tables of docs/errors.md, as the code has it. */

const cell = (text: string): string => text.replaceAll('|', '\\|');
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const offers = (actions: readonly ErrorAction[], kind: EngineKind): string =>
  actions.map((action) => errorActionLabel(action, kind)).join(' · ');

function statementTable(failures: ReadonlyMap<string | number, KnownFailure>, kind: EngineKind): string {
  return [
    '| Code | Mooring says | When | Offers |',
    '|---|---|---|---|',
    ...[...failures]
      .sort(([left], [right]) => (kind === 'mysql' ? Number(left) - Number(right) : left < right ? -1 : 1))
      .map(([code, { title, causes, actions = [] }]) =>
        row(`\`${code}\``, title, causes[0] ?? '', offers(actions, kind)),
      ),
  ].join('\n');
}

const subjectOf = (engine: EngineWords): ConnectSubject => ({
  engine,
  place: { host: 'db.example.com', port: 4711 },
  user: 'ann',
  database: 'shop',
  tls: { mode: 'disable', caPem: null },
  connectMs: 30_000,
  during: 'during log-in',
  words: 'The server said this.',
  certificate: null,
  service: null,
  otherEngine: null,
});

function connectTable(
  failures: Readonly<Record<string, Explain>>,
  engine: EngineWords,
  kind: EngineKind,
): string {
  return [
    '| Code | Mooring says | When | Offers |',
    '|---|---|---|---|',
    ...Object.values(failures).map((explain) => {
      const { code, title, causes, actions = [] } = explain(subjectOf(engine));
      return row(`\`${code}\``, title, causes[0] ?? '', offers(actions, kind));
    }),
  ].join('\n');
}

export const errorTables = (): readonly string[] => [
  connectTable(networkFailures, postgresWords, 'postgres'),
  connectTable(postgresLogins, postgresWords, 'postgres'),
  statementTable(postgresFailures, 'postgres'),
  connectTable(mysqlLogins, mysqlWords, 'mysql'),
  statementTable(mysqlFailures, 'mysql'),
];
