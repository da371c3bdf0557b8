import { z } from 'zod';
import {
  type RightsInput,
  type RightsPage,
  type RoleRight,
  rightsPerPage,
} from '../../../../shared/model/roleRights.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { numberCell, textCell, unlessRefused } from '../../sql/askCatalogue.ts';
import { type Account, accountOf, quoteAccount, readMemberships, rolesOf } from '../catalogue/accounts.ts';
import { askRows } from '../catalogue/catalogueRows.ts';
import { routineGrantee, routinePrivileges } from '../catalogue/catalogueSql.ts';

const giveable = `IF(p.IS_GRANTABLE = 'YES', ' WITH GRANT OPTION', '')`;

/** Grantee, schema, object and privilege of what was granted, from the widest to the narrowest. */
const granted = `
SELECT p.GRANTEE, '' AS SCHEMA_NAME, NULL AS OBJECT_NAME, NULL AS KIND, CONCAT(p.PRIVILEGE_TYPE, ${giveable}) AS PRIVILEGE
  FROM information_schema.USER_PRIVILEGES p WHERE p.PRIVILEGE_TYPE <> 'USAGE'
 UNION ALL
SELECT p.GRANTEE, p.TABLE_SCHEMA, NULL, NULL, CONCAT(p.PRIVILEGE_TYPE, ${giveable}) FROM information_schema.SCHEMA_PRIVILEGES p
 UNION ALL
SELECT p.GRANTEE, p.TABLE_SCHEMA, p.TABLE_NAME, 'table', CONCAT(p.PRIVILEGE_TYPE, ${giveable}) FROM information_schema.TABLE_PRIVILEGES p
 UNION ALL
SELECT p.GRANTEE, p.TABLE_SCHEMA, p.TABLE_NAME, 'table',
       CONCAT(p.PRIVILEGE_TYPE, ' (', GROUP_CONCAT(p.COLUMN_NAME ORDER BY p.COLUMN_NAME SEPARATOR ', '), ')', ${giveable})
  FROM information_schema.COLUMN_PRIVILEGES p
 GROUP BY p.GRANTEE, p.TABLE_SCHEMA, p.TABLE_NAME, p.PRIVILEGE_TYPE, p.IS_GRANTABLE`;

/** Rights on routines stand nowhere else, and are for those who may read the schema \`mysql\`. */
const grantedOnRoutines = `
 UNION ALL
SELECT ${routineGrantee}, p.Db, p.Routine_name, LOWER(p.Routine_type), ${routinePrivileges}
  FROM mysql.procs_priv p WHERE p.Routine_type IN ('FUNCTION', 'PROCEDURE')`;

/** As the dictionary spells a grantee: the names are not escaped. */
const granteeOf = ({ user, host }: Account): string => `'${user}'@'${host}'`;

/** Of an object; null for what is wider. */
const objectKind = z.enum(['table', 'function', 'procedure']).nullable();
const rightRow = z.tuple([numberCell, textCell, textCell, textCell.nullable(), objectKind, textCell]);

/**
 * What was granted to an account and to the roles that it has, as far as this account may see it. A session has the
 * rights of its roles while these are active.
 */
export async function readRights(
  connection: SqlConnection,
  { role, search, offset }: Omit<RightsInput, 'id'>,
  options: QueryOptions,
): Promise<RightsPage> {
  const holders = rolesOf(accountOf(role), await readMemberships(connection, options)).slice(0, 500);
  const textOf = (all: string): string => `
SELECT COUNT(*) OVER (), g.GRANTEE, g.SCHEMA_NAME, g.OBJECT_NAME, g.KIND, GROUP_CONCAT(g.PRIVILEGE ORDER BY g.PRIVILEGE SEPARATOR ', ')
  FROM (${all}) g
 WHERE g.GRANTEE IN (${holders.map(() => '?').join(', ')})
   AND (? = '' OR LOCATE(LOWER(?), LOWER(CONCAT_WS('.', NULLIF(g.SCHEMA_NAME, ''), g.OBJECT_NAME))) > 0)
 GROUP BY g.GRANTEE, g.SCHEMA_NAME, g.OBJECT_NAME, g.KIND
 ORDER BY g.SCHEMA_NAME, g.OBJECT_NAME, g.KIND, g.GRANTEE
 LIMIT ${rightsPerPage} OFFSET ${Math.trunc(offset)}`;
  const values = [...holders.map(granteeOf), search, search];
  const ask = (all: string) => askRows(connection, { text: textOf(all), values }, rightRow, options);
  const rows =
    (await unlessRefused(connection, options, () => ask(granted + grantedOnRoutines))) ??
    (await ask(granted));
  const byGrantee = new Map(holders.map((holder) => [granteeOf(holder), holder]));
  const own = granteeOf(accountOf(role));
  return {
    total: rows[0]?.[0] ?? offset,
    rights: rows.map(([, grantee, schema, object, kind, privileges]): RoleRight => {
      const isOwn = grantee === own;
      const holder = byGrantee.get(grantee);
      return {
        ...{ schema, object, privileges, kind: kind ?? (schema === '' ? 'server' : 'schema') },
        origin: isOwn ? 'own' : 'role',
        through: isOwn || holder === undefined ? null : quoteAccount(holder),
        ...{ isOwner: false, isReachable: true },
      };
    }),
    overall: [],
  };
}
