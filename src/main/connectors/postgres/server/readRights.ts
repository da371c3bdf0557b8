import { z } from 'zod';
import {
  type RightsInput,
  type RightsPage,
  rightsPerPage,
  roleRightSchema,
} from '../../../../shared/model/roleRights.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { numberCell, runCatalogueStatement, textCell } from '../../sql/askCatalogue.ts';
import { roleName } from '../catalogue/details/detailSql.ts';
import { argumentTypes, isMadeType, routineKind, typeKind } from '../catalogue/objectNames.ts';
import { flagCell, parseRows } from '../catalogue/resultRows.ts';

/**
 * The role with the name $1, and every role whose rights it has without asking for them: itself, those that it is a
 * member of and inherits from, and the one that stands for the owner of the database. Since PostgreSQL 16 each membership
 * says by itself whether it is inherited.
 */
const holders = `
WITH RECURSIVE asked AS (
  SELECT r.oid, r.rolsuper FROM pg_catalog.pg_roles r WHERE r.rolname = $1
),
edge (member, role) AS (
  SELECT m.member, m.roleid
    FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles r ON r.oid = m.member
   WHERE coalesce((pg_catalog.to_jsonb(m) ->> 'inherit_option')::pg_catalog.bool, r.rolinherit)
   UNION
  SELECT d.datdba, r.oid FROM pg_catalog.pg_database d, pg_catalog.pg_roles r
   WHERE d.datname = pg_catalog.current_database() AND r.rolname = 'pg_database_owner'
),
holder (oid) AS (
  SELECT a.oid FROM asked a
   UNION
  SELECT e.role FROM holder h JOIN edge e ON e.member = h.oid
)`;

const overallQuery = `${holders}
SELECT 'everything', NULL FROM asked a WHERE a.rolsuper
 UNION ALL
SELECT CASE r.rolname WHEN 'pg_read_all_data' THEN 'read' WHEN 'pg_write_all_data' THEN 'write' ELSE 'maintain' END, r.rolname
  FROM holder h JOIN pg_catalog.pg_roles r ON r.oid = h.oid
 WHERE r.rolname IN ('pg_read_all_data', 'pg_write_all_data', 'pg_maintain')`;

const overallRow = z.tuple([z.enum(['everything', 'read', 'write', 'maintain']), textCell.nullable()]);

const isOfPeople = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

/**
 * Rights on what everybody may use unless somebody has said otherwise: routines and types. Where nobody has, only the
 * owner's are told; those of everybody would hide all else.
 */
const saidRights = (acl: string, kind: 'f' | 'T', owner: string): string =>
  `(SELECT a.* FROM pg_catalog.aclexplode(coalesce(${acl}, pg_catalog.acldefault('${kind}', ${owner}))) a
     WHERE ${acl} IS NOT NULL OR a.grantee <> 0)`;

/** What there are rights on, each with all that were given; columns apart. */
const granted = `
  SELECT '' AS schema, d.datname AS object, 'database' AS kind, d.datdba AS owner, NULL::pg_catalog.oid AS namespace,
         g.grantee, g.privilege_type AS privilege, g.is_grantable
    FROM pg_catalog.pg_database d
   CROSS JOIN LATERAL pg_catalog.aclexplode(coalesce(d.datacl, pg_catalog.acldefault('d', d.datdba))) g
   WHERE d.datname = pg_catalog.current_database()
   UNION ALL
  SELECT n.nspname, NULL, 'schema', n.nspowner, NULL, g.grantee, g.privilege_type, g.is_grantable
    FROM pg_catalog.pg_namespace n
   CROSS JOIN LATERAL pg_catalog.aclexplode(coalesce(n.nspacl, pg_catalog.acldefault('n', n.nspowner))) g
   WHERE ${isOfPeople}
   UNION ALL
  SELECT n.nspname, c.relname, k.kind, c.relowner, n.oid, g.grantee, g.privilege, g.is_grantable
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   CROSS JOIN LATERAL (SELECT CASE c.relkind WHEN 'p' THEN 'partitioned-table' WHEN 'v' THEN 'view'
           WHEN 'm' THEN 'materialized-view' WHEN 'f' THEN 'foreign-table' WHEN 'S' THEN 'sequence' ELSE 'table' END AS kind) k
   CROSS JOIN LATERAL (
     SELECT a.grantee, a.privilege_type AS privilege, a.is_grantable
       FROM pg_catalog.aclexplode(coalesce(c.relacl,
              pg_catalog.acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::pg_catalog."char", c.relowner))) a
      UNION ALL
     SELECT x.grantee, x.privilege_type || ' (' || pg_catalog.string_agg(t.attname, ', ' ORDER BY t.attnum) || ')', x.is_grantable
       FROM pg_catalog.pg_attribute t CROSS JOIN LATERAL pg_catalog.aclexplode(t.attacl) x
      WHERE t.attrelid = c.oid AND t.attacl IS NOT NULL AND NOT t.attisdropped
      GROUP BY x.grantee, x.privilege_type, x.is_grantable) g
   WHERE ${isOfPeople} AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
   UNION ALL
  SELECT n.nspname, p.proname || '(' || ${argumentTypes} || ')', ${routineKind}, p.proowner, n.oid,
         g.grantee, g.privilege_type, g.is_grantable
    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
   CROSS JOIN LATERAL ${saidRights('p.proacl', 'f', 'p.proowner')} g
   WHERE ${isOfPeople}
   UNION ALL
  SELECT n.nspname, t.typname, ${typeKind}, t.typowner, n.oid, g.grantee, g.privilege_type, g.is_grantable
    FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
   CROSS JOIN LATERAL ${saidRights('t.typacl', 'T', 't.typowner')} g
   WHERE ${isOfPeople} AND ${isMadeType}
   UNION ALL
  SELECT '', s.srvname, 'foreign-server', s.srvowner, NULL, g.grantee, g.privilege_type, g.is_grantable
    FROM pg_catalog.pg_foreign_server s
   CROSS JOIN LATERAL pg_catalog.aclexplode(coalesce(s.srvacl, pg_catalog.acldefault('S', s.srvowner))) g`;

/** A page of what is granted to those roles, or to everybody: $2 is searched for, $3 rows come before. */
const rightsQuery = `${holders},
granted AS (${granted})
SELECT pg_catalog.count(*) OVER (), o.schema, o.object, o.kind,
       pg_catalog.string_agg(o.privilege || CASE WHEN o.is_grantable AND o.grantee <> o.owner THEN ' WITH GRANT OPTION' ELSE '' END,
         ', ' ORDER BY o.privilege),
       CASE o.grantee WHEN 0 THEN 'public' WHEN a.oid THEN 'own' ELSE 'role' END,
       CASE WHEN o.grantee NOT IN (0, a.oid) THEN ${roleName('o.grantee')} END,
       o.grantee = o.owner,
       coalesce(pg_catalog.has_schema_privilege(a.oid, o.namespace, 'USAGE'), true)
  FROM granted o CROSS JOIN asked a
 WHERE (o.grantee = 0 OR o.grantee IN (SELECT h.oid FROM holder h))
   AND ($2 = '' OR pg_catalog.strpos(pg_catalog.lower(pg_catalog.concat_ws('.', nullif(o.schema, ''), o.object)), pg_catalog.lower($2)) > 0)
 GROUP BY o.schema, o.object, o.kind, o.owner, o.namespace, o.grantee, a.oid
 ORDER BY o.schema, o.object NULLS FIRST, o.grantee = 0, o.grantee <> a.oid, 7
 LIMIT ${rightsPerPage} OFFSET $3::pg_catalog.int8`;

const { kind, origin } = roleRightSchema.shape;
const rightRow = z.tuple([
  numberCell,
  textCell,
  textCell.nullable(),
  kind,
  textCell,
  origin,
  textCell.nullable(),
  flagCell,
  flagCell,
]);

/**
 * What a role may do with this database, its schemas and what has rows in them, as the server would decide it: with what
 * everybody may do and what it inherits. Rights on everything are told apart.
 */
export async function readRights(
  connection: SqlConnection,
  { role, search, offset }: Omit<RightsInput, 'id'>,
  options: QueryOptions,
): Promise<RightsPage> {
  const overall = await runCatalogueStatement(
    connection,
    { text: overallQuery, values: [role.name] },
    options,
  );
  const statement = { text: rightsQuery, values: [role.name, search, offset] };
  const found = parseRows(await runCatalogueStatement(connection, statement, options), rightRow);
  return {
    total: found[0]?.[0] ?? offset,
    rights: found.map(([, schema, object, what, privileges, from, through, isOwner, isReachable]) => ({
      ...{ schema, object, kind: what, privileges, origin: from, through, isOwner, isReachable },
    })),
    overall: parseRows(overall, overallRow).map(([right, through]) => ({ right, through })),
  };
}
