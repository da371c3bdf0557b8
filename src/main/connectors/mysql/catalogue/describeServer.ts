import type { MysqlServerFactKey } from '../../../../shared/engines/mysql/facts.ts';
import type { Fact } from '../../../../shared/model/fact.ts';
import type { ServerInfo } from '../../../../shared/model/testReport.ts';
import { cleanText } from '../../../base/cleanText.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import {
  type Answers,
  askCatalogue,
  numberCell,
  runCatalogueStatement,
  textCell,
  unlessRefused,
} from '../../sql/askCatalogue.ts';
import { describeFamily } from '../family/describeFamily.ts';
import { flagCell } from './catalogueRows.ts';
import { perProduct } from './catalogueSql.ts';

/**
 * Whether the account has one of these privileges on everything: NULL when it does not have it itself but has roles, whose
 * privileges only an administrator sees, and when the server tells nothing about the account.
 */
function hasPrivilege(...privileges: readonly string[]): string {
  const names = privileges.map((privilege) => `'${privilege}'`).join(', ');
  return `(SELECT IF(COALESCE(SUM(PRIVILEGE_TYPE IN (${names})), 0) > 0, 1,
                     IF(COUNT(*) = 0 OR COALESCE(NULLIF(CURRENT_ROLE(), 'NONE'), '') <> '', NULL, 0))
             FROM information_schema.USER_PRIVILEGES WHERE GRANTEE = ${ownGrantee})`;
}

/** `'ann'@'%'`: the user may contain an @, the host does not. */
const ownGrantee = `CONCAT('''', LEFT(CURRENT_USER(), CHAR_LENGTH(CURRENT_USER())
                     - CHAR_LENGTH(SUBSTRING_INDEX(CURRENT_USER(), '@', -1)) - 1),
                     '''@''', SUBSTRING_INDEX(CURRENT_USER(), '@', -1), '''')`;

/** What there is to know about a server and this session. */
const questions = {
  version: { sql: '@@version', cell: textCell },
  versionComment: { sql: '@@version_comment', cell: textCell },
  baseFolder: { sql: '@@global.basedir', cell: textCell },
  isMysql: { sql: perProduct({ mysql: '1', mariadb: '0' }), cell: flagCell },
  database: { sql: 'DATABASE()', cell: textCell },
  user: { sql: 'CURRENT_USER()', cell: textCell },
  timeZone: {
    sql: "IF(@@session.time_zone = 'SYSTEM', CONCAT('SYSTEM (', @@system_time_zone, ')'), @@session.time_zone)",
    cell: textCell,
  },
  characterSet: { sql: '@@global.character_set_server', cell: textCell },
  collation: { sql: '@@global.collation_server', cell: textCell },
  sqlMode: { sql: '@@global.sql_mode', cell: textCell },
  storageEngine: { sql: '@@global.default_storage_engine', cell: textCell },
  lowerCaseTableNames: { sql: '@@lower_case_table_names', cell: textCell },
  maxAllowedPacket: { sql: '@@session.max_allowed_packet', cell: numberCell },
  isSessionReadOnly: {
    sql: perProduct({ mysql: '@@session.transaction_read_only', mariadb: '@@session.tx_read_only' }),
    cell: flagCell,
  },
  isServerReadOnly: { sql: '@@global.read_only', cell: flagCell },
  isServerReadOnlyForAll: {
    sql: perProduct({ mysql: '@@global.super_read_only', mariadb: '@@global.innodb_read_only' }),
    cell: flagCell,
  },
  /** Whether `read_only` is not for this account. */
  writesAnyway: {
    sql: perProduct({
      mysql: hasPrivilege('SUPER', 'CONNECTION_ADMIN'),
      mariadb: hasPrivilege('READ_ONLY ADMIN', 'READ ONLY ADMIN'),
    }),
    cell: flagCell,
  },
  // Who may act in the name of others can do what they can.
  isSuperuser: { sql: hasPrivilege('SUPER', 'SET_USER_ID', 'SET_ANY_DEFINER', 'SET USER'), cell: flagCell },
  reachesServer: { sql: hasPrivilege('FILE'), cell: flagCell },
  /** NULL, also as a word: MySQL lets nobody near its files. To MariaDB that means all of them. */
  isWithoutFiles: {
    sql: perProduct({ mysql: "COALESCE(@@global.secure_file_priv, 'NULL') = 'NULL'", mariadb: '0' }),
    cell: flagCell,
  },
  // Both in whole seconds of the same moment, so that the difference does not change from one statement to the next.
  startedAt: {
    sql: `UNIX_TIMESTAMP() - (SELECT VARIABLE_VALUE
       FROM ${perProduct({ mysql: 'performance_schema.global_status', mariadb: 'information_schema.GLOBAL_STATUS' })}
      WHERE VARIABLE_NAME = 'Uptime')`,
    cell: numberCell,
  },
} as const;

const maxTextLength = 200;
/** All SQL modes together. */
const maxModesLength = 600;

type ServerAnswers = Answers<typeof questions> & { readonly greeter: string | null };

/** To this very text ProxySQL gives an answer of its own. It is asked only where the greeting was not that of the server. */
const greeterQuery = 'SELECT @@version_comment LIMIT 1';

/** What the server says about itself and this session. */
export async function askAboutServer(
  connection: SqlConnection,
  options: QueryOptions,
): Promise<ServerAnswers> {
  const answers = await askCatalogue(connection, questions, options);
  if (answers.version === connection.server.greeting) return { ...answers, greeter: null };
  const greeter = await unlessRefused(connection, options, async () => {
    const { rows } = await runCatalogueStatement(connection, { text: greeterQuery }, options);
    return rows[0]?.[0] ?? null;
  });
  return { ...answers, greeter };
}

/** The answers as they are shown. */
export function serverInfoOf(answers: ServerAnswers, connection: SqlConnection): ServerInfo {
  const { version, versionComment: comment, baseFolder, greeter, isSuperuser, startedAt } = answers;
  return {
    ...describeFamily({ version, comment, baseFolder, greeter, server: connection.server }),
    readOnly: isReadOnly(answers),
    isSuperuser,
    reachesServer: answers.isWithoutFiles === true ? false : answers.reachesServer,
    startedAt: startedAt === null ? null : Math.round(startedAt) * 1_000,
    tls: connection.tls,
    facts: factsOf(answers),
  };
}

function isReadOnly({
  isSessionReadOnly,
  isServerReadOnly,
  isServerReadOnlyForAll,
  writesAnyway,
}: ServerAnswers): boolean | null {
  if (isSessionReadOnly === true || isServerReadOnlyForAll === true) return true;
  if (isServerReadOnly === true) return writesAnyway === null ? null : !writesAnyway;
  return isSessionReadOnly === null || isServerReadOnly === null ? null : false;
}

function factsOf(answers: ServerAnswers): (Fact & { readonly key: MysqlServerFactKey })[] {
  const { version, versionComment, maxAllowedPacket } = answers;
  const text = (key: MysqlServerFactKey, value: string | null, maxLength = maxTextLength) => ({
    key,
    value: value === null ? null : ({ type: 'text', text: cleanText(value, maxLength) } as const),
  });
  return [
    text('version', version === null ? null : `${version} ${versionComment ?? ''}`),
    text('database', answers.database),
    text('user', answers.user),
    text('timeZone', answers.timeZone),
    text('characterSet', answers.characterSet),
    text('collation', answers.collation),
    text('sqlMode', answers.sqlMode, maxModesLength),
    text('storageEngine', answers.storageEngine),
    text('lowerCaseTableNames', answers.lowerCaseTableNames),
    {
      key: 'maxAllowedPacket',
      value: maxAllowedPacket === null ? null : { type: 'bytes', count: maxAllowedPacket },
    },
  ];
}
