import { mysqlEngine } from '../../../../shared/engines/mysql/engine.ts';
import type { RelationRef } from '../../../../shared/model/schemaTree.ts';

/** In backticks only a backtick means anything, in every SQL mode. */
export const quoteName = mysqlEngine.quote;

/** `` `schema`.`relation` ``, so that the current database does not decide which relation is meant. */
export function quoteRelation({ schema, name }: RelationRef): string {
  return `${quoteName(schema)}.${quoteName(name)}`;
}

/**
 * SQL for the two products in one statement: MariaDB skips comments for versions 5.7 to 9.9, and MySQL those with an M.
 * So nobody has to know which product it is before it is asked. Without parameters, which would count in both.
 */
export function perProduct({ mysql, mariadb }: { readonly mysql: string; readonly mariadb: string }): string {
  return `/*!80000 ${mysql} */ /*M! ${mariadb} */`;
}

/** Of the servers themselves, in lower case on every file system. */
const systemSchemas = ['information_schema', 'mysql', 'performance_schema', 'sys'] as const;

/** For `NOT IN`. */
export const systemSchemaList = systemSchemas.map((name) => `'${name}'`).join(', ');

/**
 * Compares a column of the dictionary with a name, which is given twice: the first comparison is the one that the servers
 * look up by, without reading all tables; but for it `orders` is `Orders`, and `uni` is `ünï`.
 */
export function isExactly(column: string): string {
  return `${column} = ? AND CAST(${column} AS BINARY) = ?`;
}

/** The values of two `isExactly`, for a schema and a name in it. */
export function exactValues({ schema, name }: RelationRef): readonly string[] {
  return [schema, schema, name, name];
}

/** Of a row `p` of `mysql.procs_priv`: who was given rights, as the dictionary spells a grantee elsewhere. */
export const routineGrantee = `CONCAT("'", p.User, "'@'", p.Host, "'")`;

/** Of a row `p` of `mysql.procs_priv`: what was given, in the words of the dictionary. */
export const routinePrivileges = `CONCAT(UPPER(REPLACE(TRIM(BOTH ',' FROM REPLACE(CONCAT(',', p.Proc_priv, ','), ',Grant,', ',')), ',', ', ')),
         IF(FIND_IN_SET('Grant', p.Proc_priv), ' WITH GRANT OPTION', ''))`;
