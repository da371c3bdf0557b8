import type { PostgresNodeFactKey } from '../../../../../shared/engines/postgres/facts.ts';
import type { NodeListKey } from '../../../../../shared/model/nodeLists.ts';
import { maxListRows } from '../../../../../shared/model/schemaTree.ts';

/** Facts by key, each an SQL expression for its text or number; NULL is left out. */
export type FactsSql = Partial<Readonly<Record<PostgresNodeFactKey, string>>>;

/** JSON of facts. */
export const factsSql = (facts: FactsSql): string =>
  `pg_catalog.json_build_object(${Object.entries(facts)
    .map(([key, sql]) => `'${key}', ${sql}`)
    .join(', ')})`;

/**
 * JSON of one list of a node.
 * @param cells expressions for the columns of the list, in their order, each text or NULL
 * @param from the rest of the query, from FROM on
 */
export const listSql = (
  key: NodeListKey,
  cells: readonly string[],
  from: string,
  orderBy: string,
): string => `(
  SELECT pg_catalog.json_build_object('key', '${key}', 'total', pg_catalog.count(*), 'rows',
           coalesce(pg_catalog.json_agg(q.cells ORDER BY q.place) FILTER (WHERE q.place <= ${maxListRows}), '[]'))
    FROM (SELECT pg_catalog.json_build_array(${cells.join(', ')}) AS cells,
                 pg_catalog.row_number() OVER (ORDER BY ${orderBy}) AS place
            ${from}) q)`;

/** The extension that an object came with, or NULL. */
export const extensionOf = (catalogue: string, id: string): string => `(
  SELECT e.extname FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
   WHERE d.classid = 'pg_catalog.${catalogue}'::pg_catalog.regclass AND d.objid = ${id}
     AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e')`;

/** And not from pg_roles, which hosts that share a server take the right to read away. */
export const roleName = (id: string): string => `pg_catalog.pg_get_userbyid(${id})`;

const grantee = `CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE ${roleName('g.grantee')} END`;

/** Rights as lines of one role, with what it may give on; that an owner may is known. */
const rightsOf = (owner: string): string =>
  `pg_catalog.string_agg(g.privilege_type || CASE WHEN g.is_grantable AND g.grantee <> ${owner}
     THEN ' WITH GRANT OPTION' ELSE '' END, ', ' ORDER BY g.privilege_type)`;

/** Who may do what with an object; a letter for its kind as `acldefault` has it. */
export const privilegesList = (acl: string, kind: string, owner: string): string =>
  listSql(
    'privileges',
    ['p.role', 'p.rights', 'NULL', 'p.grantor'],
    `FROM (SELECT ${grantee} AS role, ${rightsOf(owner)} AS rights, ${roleName('g.grantor')} AS grantor
             FROM pg_catalog.aclexplode(coalesce(${acl}, pg_catalog.acldefault('${kind}', ${owner}))) g
            GROUP BY g.grantee, g.grantor) p`,
    'p.role, p.grantor',
  );

/** As `privilegesList` of a relation `c`, with the rights on single columns. */
export const relationPrivileges = listSql(
  'privileges',
  ['p.role', 'p.rights', 'p.columns', 'p.grantor'],
  `FROM (SELECT ${grantee} AS role, ${rightsOf('c.relowner')} AS rights, NULL AS columns, ${roleName('g.grantor')} AS grantor
           FROM pg_catalog.aclexplode(coalesce(c.relacl, pg_catalog.acldefault('r', c.relowner))) g
          GROUP BY g.grantee, g.grantor
          UNION ALL
         SELECT ${grantee}, g.privilege_type, pg_catalog.string_agg(a.attname, ', ' ORDER BY a.attnum), ${roleName('g.grantor')}
           FROM pg_catalog.pg_attribute a, pg_catalog.aclexplode(a.attacl) g
          WHERE a.attrelid = c.oid AND NOT a.attisdropped
          GROUP BY g.grantee, g.grantor, g.privilege_type) p`,
  'p.role, p.columns IS NOT NULL, p.rights, p.grantor',
);

/** When a trigger `t` runs, in the words of its definition. */
export const triggerRuns = `pg_catalog.concat(
  CASE WHEN t.tgtype & 2 <> 0 THEN 'BEFORE ' WHEN t.tgtype & 64 <> 0 THEN 'INSTEAD OF ' ELSE 'AFTER ' END,
  pg_catalog.concat_ws(' OR ',
    CASE WHEN t.tgtype & 4 <> 0 THEN 'INSERT' END, CASE WHEN t.tgtype & 16 <> 0 THEN 'UPDATE' END,
    CASE WHEN t.tgtype & 8 <> 0 THEN 'DELETE' END, CASE WHEN t.tgtype & 32 <> 0 THEN 'TRUNCATE' END),
  CASE WHEN t.tgtype & 1 <> 0 THEN ' FOR EACH ROW' ELSE ' FOR EACH STATEMENT' END)`;

/** Whether a trigger or event trigger runs, by the column that says it. */
export const triggerStatus = (column: string): string =>
  `CASE ${column} WHEN 'O' THEN 'ENABLED' WHEN 'D' THEN 'DISABLED' WHEN 'R' THEN 'REPLICA' ELSE 'ALWAYS' END`;

/** The command of a policy `o`. */
export const policyCommand = `CASE o.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
  WHEN 'd' THEN 'DELETE' ELSE 'ALL' END`;

/** Whom a policy `o` is for. */
export const policyRoles = `(
  SELECT pg_catalog.string_agg(CASE r WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(${roleName('r')}) END, ', ')
    FROM pg_catalog.unnest(o.polroles) r)`;

/** `schema.name` of a relation, type or routine by its oid, quoted where it has to be. */
export const qualified = (schemaId: string, name: string): string =>
  `(SELECT pg_catalog.format('%I.%I', n.nspname, ${name}) FROM pg_catalog.pg_namespace n WHERE n.oid = ${schemaId})`;

/** Options as people write them, or NULL. */
export const optionsText = (options: string): string => `pg_catalog.array_to_string(${options}, ', ')`;
