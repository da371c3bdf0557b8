import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import { AppError } from '../../../base/AppError.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import type { EncodedRows } from '../../RowStream.ts';
import { runToEnd } from '../../sql/runToEnd.ts';
import type {
  NameRules,
  PrepareOptions,
  TableWriter,
  WritableTable,
  WriteFailure,
  WriteTarget,
  WriteWords,
} from '../../TableWriter.ts';
import { buildNamed } from '../family/builds.ts';
import { postgresDialect, quoteRelation } from '../postgresDialect.ts';
import { CopyText } from './CopyText.ts';
import { describeTable } from './describeTable.ts';
import { judgeFailure } from './judgeFailure.ts';
import { postgresWriteWords } from './writeWords.ts';

/** How values are read, and that the server sets no limit; until the end of the transaction. */
const settings: Readonly<Record<string, string>> = {
  client_encoding: 'UTF8',
  standard_conforming_strings: 'on',
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  extra_float_digits: '1',
  // Fragments are XML, too.
  xmloption: 'content',
  statement_timeout: '0',
};

const settingsQuery = (values: Readonly<Record<string, string>>) =>
  `SELECT ${Object.entries(values)
    .map(([name, value]) => `pg_catalog.set_config('${name}', '${value}', true)`)
    .join(', ')}`;

const idleLimit = (ms: number) => ({ idle_in_transaction_session_timeout: String(Math.round(ms)) });

function notWritten(product: string): AppError {
  return new AppError('UNSUPPORTED', {
    title: `Pipelines cannot write to ${product}`,
    causes: [`${product} speaks the protocol of PostgreSQL, but not all of what Mooring loads rows with.`],
    fixes: ['Write to files, and load them with the commands of the server.'],
  });
}

/** Writes to tables of PostgreSQL, by COPY. */
export class PostgresTableWriter implements TableWriter {
  readonly names: NameRules = { maxLength: 63, unit: 'bytes', ignoresCase: false };
  readonly words: WriteWords = postgresWriteWords;

  async prepare(connection: SqlConnection, { idleLimitMs, ...options }: PrepareOptions): Promise<void> {
    // What such a server does not know would fail the transaction; it is only read from.
    if (buildNamed(connection.server.build).isPlain) return;
    // Before anything else in the transaction: others than this may read, or write, what was there a while ago.
    await connection.query({ text: 'SET TRANSACTION ISOLATION LEVEL READ COMMITTED' }, options);
    const all = idleLimitMs === undefined ? settings : { ...settings, ...idleLimit(idleLimitMs) };
    await connection.query({ text: settingsQuery(all) }, options);
    // A constraint that is checked at the end would be broken when nobody knows by which row.
    await connection.query({ text: 'SET CONSTRAINTS ALL IMMEDIATE' }, options);
  }

  async describe(
    connection: SqlConnection,
    relation: RelationRef,
    options: QueryOptions,
  ): Promise<WritableTable | null> {
    const { isPlain, product } = buildNamed(connection.server.build);
    if (isPlain) throw notWritten(product);
    return describeTable(connection, relation, options);
  }

  async load(
    connection: SqlConnection,
    { relation, columns }: WriteTarget,
    rows: EncodedRows,
    options: QueryOptions,
  ): Promise<void> {
    if (rows.starts.length === 0) return;
    const names = columns.map(({ name }) => postgresDialect.quoteIdentifier(name)).join(', ');
    const text = `COPY ${quoteRelation(relation)} (${names}) FROM STDIN (FORMAT text, ENCODING 'UTF8')`;
    const copy = new CopyText(rows, columns.length);
    await runToEnd(connection, text, { ...options, copyFrom: async () => copy.next() });
  }

  judge(error: unknown): WriteFailure {
    return judgeFailure(error);
  }
}
