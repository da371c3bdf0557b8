import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
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
} from '../../TableWriter.ts';
import { perProduct } from '../catalogue/catalogueSql.ts';
import { describeTable } from './describeTable.ts';
import { loadRows } from './loadRows.ts';
import { judgeFailure } from './refusedRows.ts';
import { mysqlWriteWords } from './writeWords.ts';

/**
 * Strict, so that a value which does not fit is refused; a division by zero too, by which `upsertFrom` fails. A zero is a
 * zero also in an AUTO_INCREMENT column. Zero dates are values like others: they come from servers of the same kind only.
 */
const writingModes =
  'STRICT_ALL_TABLES,STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION';
/** How people's queries are read, which stays as it is. None of our own statements depends on it. */
const readingModes = [
  ...['ANSI_QUOTES', 'PIPES_AS_CONCAT', 'NO_BACKSLASH_ESCAPES', 'IGNORE_SPACE'],
  ...['HIGH_NOT_PRECEDENCE', 'ONLY_FULL_GROUP_BY', 'REAL_AS_FLOAT', 'NO_UNSIGNED_SUBTRACTION'],
];
const kept = readingModes.map((mode) => `IF(FIND_IN_SET('${mode}', @@SESSION.sql_mode), ',${mode}', '')`);
const sqlMode = `CONCAT('${writingModes}', ${kept.join(', ')})`;

/** Warnings are how LOAD DATA says that it changed a value: they must be kept. */
const settings = [
  `sql_mode = ${sqlMode}`,
  "time_zone = '+00:00'",
  'foreign_key_checks = 1',
  'unique_checks = 1',
  'sql_safe_updates = 0',
  'sql_big_selects = 1',
  'sql_auto_is_null = 0',
  'sql_notes = 1',
  'max_error_count = 64',
];

const prepareText = `SET ${settings.map((setting) => `SESSION ${setting}`).join(', ')}, `;
const mariadbSettings = 'SESSION check_constraint_checks = 1, SESSION max_statement_time = 0';

/** MySQL has no limit for a transaction alone: `wait_timeout` would end sessions between two batches, too. */
const idleSetting = (ms: number): string => `, SESSION idle_transaction_timeout = ${Math.ceil(ms / 1_000)}`;

/** Writes to tables of MySQL and MariaDB. */
export class MysqlTableWriter implements TableWriter {
  readonly names: NameRules = { maxLength: 64, unit: 'characters', ignoresCase: true };
  readonly words = mysqlWriteWords;

  prepare(connection: SqlConnection, { idleLimitMs, ...options }: PrepareOptions): Promise<void> {
    const ofProduct = perProduct({
      mysql: 'SESSION max_execution_time = 0',
      mariadb: mariadbSettings + (idleLimitMs === undefined ? '' : idleSetting(idleLimitMs)),
    });
    return runToEnd(connection, prepareText + ofProduct, options);
  }

  describe(
    connection: SqlConnection,
    relation: RelationRef,
    options: QueryOptions,
  ): Promise<WritableTable | null> {
    return describeTable(connection, relation, options);
  }

  load(
    connection: SqlConnection,
    target: WriteTarget,
    rows: EncodedRows,
    options: QueryOptions,
  ): Promise<void> {
    return loadRows(connection, target, rows, options);
  }

  judge(error: unknown): WriteFailure {
    return judgeFailure(error);
  }
}
