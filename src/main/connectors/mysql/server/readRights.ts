import { z } from 'zod';
import {
  type RightsInput,
  type RightsPage,
  type RoleRight,
  rightsPerPage,
} from '../../../../shared/model/roleRights.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { numberCell, textCell } from '../../sql/askCatalogue.ts';
import { type Account, accountOf, quoteAccount, readMemberships, rolesOf } from '../catalogue/accounts.ts';
import { askRows } from '../catalogue/catalogueRows.ts';

const giveable = `IF(p.IS_GRANTABLE = 'YES', ' WITH GRANT OPTION', '')`;

/** Grantee, schema, object and privilege of what was granted, from the widest to the narrowest. */
const granted = `
SELECT p.GRANTEE, '' AS SCHEMA_NAME, NULL AS OBJECT_NAME, CONCAT(p.PRIVILEGE_TYPE, ${giveable}) AS PRIVILEGE
  FROM information_schema.USER_PRIVILEGES p WHERE p.PRIVILEGE_TYPE <> 'USAGE'
 UNION ALL
SELECT p.GRANTEE, p.TABLE_SCHEMA, NULL, CONCAT(p.PRIVILEGE_TYPE, ${giveable}) FROM information_schema.SCHEMA_PRIVILEGES p
 UNION ALL
SELECT p.GRANTEE, p.TABLE_SCHEMA, p.TABLE_NAME, CONCAT(p.PRIVILEGE_TYPE, ${giveable}) FROM information_schema.TABLE_PRIVILEGES p
 UNION ALL
SELECT p.GRANTEE, p.TABLE_SCHEMA, p.TABLE_NAME,
       CONCAT(p.PRIVILEGE_TYPE, ' (', GROUP_CONCAT(p.COLUMN_NAME ORDER BY p.COLUMN_NAME SEPARATOR ', '), ')', ${giveable})
  FROM information_schema.COLUMN_PRIVILEGES p
 GROUP BY p.GRANTEE, p.TABLE_SCHEMA, p.TABLE_NAME, p.PRIVILEGE_TYPE, p.IS_GRANTABLE`;

/** As the dictionary spells a grantee: the names are not escaped. */
const granteeOf = ({ user, host }: Account): string => `'${user}'@'${host}'`;

const rightRow = z.tuple([numberCell, textCell, textCell, textCell.nullable(), textCell]);

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
  const text = `
SELECT COUNT(*) OVER (), g.GRANTEE, g.SCHEMA_NAME, g.OBJECT_NAME, GROUP_CONCAT(g.PRIVILEGE ORDER BY g.PRIVILEGE SEPARATOR ', ')
  FROM (${granted}) g
 WHERE g.GRANTEE IN (${holders.map(() => '?').join(', ')})
   AND (? = '' OR LOCATE(LOWER(?), LOWER(CONCAT_WS('.', NULLIF(g.SCHEMA_NAME, ''), g.OBJECT_NAME))) > 0)
 GROUP BY g.GRANTEE, g.SCHEMA_NAME, g.OBJECT_NAME
 ORDER BY g.SCHEMA_NAME, g.OBJECT_NAME, g.GRANTEE
 LIMIT ${rightsPerPage} OFFSET ${Math.trunc(offset)}`;
  const values = [...holders.map(granteeOf), search, search];
  const rows = await askRows(connection, { text, values }, rightRow, options);
  const byGrantee = new Map(holders.map((holder) => [granteeOf(holder), holder]));
  const own = granteeOf(accountOf(role));
  return {
    total: rows[0]?.[0] ?? offset,
    rights: rows.map(([, grantee, schema, object, privileges]): RoleRight => {
      const isOwn = grantee === own;
      const holder = byGrantee.get(grantee);
      return {
        ...{ schema, object, privileges, kind: kindOf(schema, object) },
        origin: isOwn ? 'own' : 'role',
        through: isOwn || holder === undefined ? null : quoteAccount(holder),
        ...{ isOwner: false, isReachable: true },
      };
    }),
    overall: [],
  };
}

function kindOf(schema: string, object: string | null): RoleRight['kind'] {
  if (object !== null) return 'table';
  return schema === '' ? 'server' : 'schema';
}
