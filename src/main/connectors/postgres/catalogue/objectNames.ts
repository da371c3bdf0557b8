/**
 * The names of what has no rows, a query for each catalogue. Each answers identity, schema, name, kind, qualifier and
 * comment. What PostgreSQL itself consists of is left out: its 3,000 functions and 600 types are in its manual.
 */

const isOwn = (schema: string): string => `${schema} IN (
      SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema')`;

const commentOn = (catalogue: string, id: string): string =>
  `(SELECT d.description FROM pg_catalog.pg_description d
       WHERE d.classoid = 'pg_catalog.${catalogue}'::pg_catalog.regclass AND d.objoid = ${id} AND d.objsubid = 0)`;

/** Whether an object is part of another one, as the sequence of an identity column is. */
export const isPartOf = (catalogue: string, id: string, whole: string, types: string): string => `EXISTS (
       SELECT FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_catalog.${catalogue}'::pg_catalog.regclass AND d.objid = ${id} AND d.objsubid = 0
          AND d.refclassid = 'pg_catalog.${whole}'::pg_catalog.regclass AND d.deptype IN (${types}))`;

/** The kind of a relation `c`. */
export const relationKind = `CASE c.relkind WHEN 'p' THEN 'partitioned-table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized-view'
      ELSE CASE WHEN c.relispartition THEN 'partition' WHEN c.relkind = 'f' THEN 'foreign-table' ELSE 'table' END END`;

/** How the arguments of a routine `p` tell it from others of its name. */
export const argumentTypes = 'pg_catalog.oidvectortypes(p.proargtypes)';

/** The kind of a routine `p`. */
export const routineKind = `CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END`;

/** The kind of a type `t`. */
export const typeKind = `CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' ELSE 'type' END`;

/** Whether a type `t` is one that somebody has made, and no row type, array or multirange that came with something else. */
export const isMadeType = `t.typisdefined AND (t.typtype IN ('e', 'd', 'r')
        OR t.typtype = 'c' AND (SELECT c.relkind = 'c' FROM pg_catalog.pg_class c WHERE c.oid = t.typrelid)
        OR t.typtype = 'b' AND NOT EXISTS (SELECT FROM pg_catalog.pg_type e WHERE e.typarray = t.oid))`;

/** Whether a trigger `t` is one that somebody has made on its table, and no part of a foreign key or of a partition. */
export const isMadeTrigger = `NOT t.tgisinternal AND NOT ${isPartOf('pg_trigger', 't.oid', 'pg_trigger', "'P', 'S', 'I'")}`;

export const schemaObjectNames: readonly string[] = [
  `SELECT c.oid::pg_catalog.text, c.relnamespace, c.relname, 'sequence', NULL, ${commentOn('pg_class', 'c.oid')}
     FROM pg_catalog.pg_class c
    WHERE c.relkind = 'S' AND NOT ${isPartOf('pg_class', 'c.oid', 'pg_class', "'i'")}`,
  `SELECT 'routine ' || p.oid, p.pronamespace, p.proname, ${routineKind}, ${argumentTypes}, ${commentOn('pg_proc', 'p.oid')}
     FROM pg_catalog.pg_proc p
    WHERE ${isOwn('p.pronamespace')} AND NOT ${isPartOf('pg_proc', 'p.oid', 'pg_type', "'i'")}`,
  `SELECT 'type ' || t.oid, t.typnamespace, t.typname, ${typeKind}, NULL, ${commentOn('pg_type', 't.oid')}
     FROM pg_catalog.pg_type t
    WHERE ${isOwn('t.typnamespace')} AND ${isMadeType}`,
  `SELECT 'trigger ' || t.oid, c.relnamespace, t.tgname, 'trigger', c.relname, ${commentOn('pg_trigger', 't.oid')}
     FROM pg_catalog.pg_trigger t
     JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
    WHERE ${isMadeTrigger}`,
  `SELECT 'policy ' || o.oid, c.relnamespace, o.polname, 'policy', c.relname, ${commentOn('pg_policy', 'o.oid')}
     FROM pg_catalog.pg_policy o
     JOIN pg_catalog.pg_class c ON c.oid = o.polrelid`,
];

/** More than anybody looks through. */
const maxRoles = 5_000;

/**
 * Roles, in a query by themselves: hosts that share a server take the right to read them away. Without those that
 * PostgreSQL brings along, which are in its manual.
 */
export const roleNames = `
SELECT 'role ' || r.oid, 0, r.rolname, 'role', NULL, pg_catalog.shobj_description(r.oid, 'pg_authid'), NULL, NULL, NULL, NULL
  FROM pg_catalog.pg_roles r
 WHERE r.rolname !~ '^pg_'
 ORDER BY r.rolname
 LIMIT ${maxRoles}`;

/** What belongs to no schema: where it is listed, and which column has its name. */
export const databaseObjects = [
  { kind: 'extension', catalogue: 'pg_extension', name: 'extname' },
  { kind: 'foreign-server', catalogue: 'pg_foreign_server', name: 'srvname' },
  { kind: 'publication', catalogue: 'pg_publication', name: 'pubname' },
  { kind: 'event-trigger', catalogue: 'pg_event_trigger', name: 'evtname' },
] as const;

export const databaseObjectNames: readonly string[] = databaseObjects.map(
  ({ kind, catalogue, name }) =>
    `SELECT '${kind} ' || o.oid, 0, o.${name}, '${kind}', NULL, ${commentOn(catalogue, 'o.oid')}
     FROM pg_catalog.${catalogue} o`,
);
