import { postgresServerFactKeys } from '../../../../shared/engines/postgres/facts.ts';
import type { Fact } from '../../../../shared/model/fact.ts';
import type { ServerInfo } from '../../../../shared/model/testReport.ts';
import { cleanText } from '../../../base/cleanText.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { type Answers, askCatalogue, numberCell, type Question, textCell } from '../../sql/askCatalogue.ts';
import { describeFamily, familyFacts } from '../family/describeFamily.ts';
import { flagCell } from './resultRows.ts';

const setting = (name: string): string => `pg_catalog.current_setting('${name}', true)`;

/** What there is to know about a server and this session. */
export const serverFacts = {
  ...familyFacts,
  version: { sql: 'pg_catalog.version()', cell: textCell },
  versionNumber: { sql: setting('server_version'), cell: textCell },
  database: { sql: 'pg_catalog.current_database()', cell: textCell },
  user: { sql: 'current_user', cell: textCell },
  timeZone: { sql: setting('TimeZone'), cell: textCell },
  serverEncoding: { sql: setting('server_encoding'), cell: textCell },
  clientEncoding: { sql: setting('client_encoding'), cell: textCell },
  readOnly: {
    sql: `pg_catalog.pg_is_in_recovery() OR ${setting('default_transaction_read_only')}::pg_catalog.bool`,
    cell: flagCell,
  },
  // And not from pg_roles: hosts that share a server take the right to read it away.
  isSuperuser: { sql: `${setting('is_superuser')}::pg_catalog.bool`, cell: flagCell },
  reachesServer: {
    sql: ['pg_write_server_files', 'pg_execute_server_program']
      .map((role) => `pg_catalog.pg_has_role('${role}', 'USAGE')`)
      .join(' OR '),
    cell: flagCell,
  },
  serverAddress: { sql: 'pg_catalog.host(pg_catalog.inet_server_addr())', cell: textCell },
  serverPort: { sql: 'pg_catalog.inet_server_port()', cell: numberCell },
  startedAt: {
    sql: `pg_catalog.floor(pg_catalog.date_part('epoch', pg_catalog.pg_postmaster_start_time()) * 1000)`,
    cell: numberCell,
  },
} as const;

const maxTextLength = 200;

function textFact(text: string | null): Fact['value'] {
  return text === null ? null : { type: 'text', text: cleanText(text, maxTextLength) };
}

/** Asks for the facts, with others; and where it shows by them that something is in between, what that is. */
export async function askServer<Questions extends Readonly<Record<string, Question>>>(
  connection: SqlConnection,
  questions: Questions & typeof serverFacts,
  options: QueryOptions,
): Promise<Answers<Questions & typeof serverFacts>> {
  await connection.examineServer(options);
  const answers = await askCatalogue(connection, questions, options);
  const { serverAddress: address, serverPort: port }: Answers<typeof serverFacts> = answers;
  await connection.examineServer({ ...options, servedAt: { address, port } });
  return answers;
}

/** What the server says about itself and this session. */
export async function describeServer(connection: SqlConnection, options: QueryOptions): Promise<ServerInfo> {
  return serverInfoOf(await askServer(connection, serverFacts, options), connection);
}

/** The answers as they are shown. */
export function serverInfoOf(facts: Answers<typeof serverFacts>, connection: SqlConnection): ServerInfo {
  const { version, versionNumber } = facts;
  return {
    ...describeFamily({
      version,
      // Distributions append their own: `15.18 (Debian 15.18-0+deb12u1)`.
      versionNumber:
        versionNumber === null ? null : cleanText(versionNumber.split(' ')[0] ?? '', maxTextLength),
      host: facts.host,
      extensions: facts.extensions,
      server: connection.server,
    }),
    readOnly: facts.readOnly,
    isSuperuser: facts.isSuperuser,
    reachesServer: facts.reachesServer,
    startedAt: facts.startedAt,
    tls: connection.tls,
    facts: postgresServerFactKeys.map((key) => ({
      key,
      value: textFact(key === 'reached' ? (connection.reached ?? null) : facts[key]),
    })),
  };
}
