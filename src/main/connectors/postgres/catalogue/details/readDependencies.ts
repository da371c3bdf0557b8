import { z } from 'zod';
import {
  dependencySchema,
  maxDependencies,
  type NodeDependencies,
  type NodeRef,
} from '../../../../../shared/model/schemaTree.ts';
import type { QueryOptions, SqlConnection } from '../../../Connection.ts';
import { runCatalogueStatement } from '../../../sql/askCatalogue.ts';
import { argumentTypes, isMadeType, relationKind, routineKind, typeKind } from '../objectNames.ts';
import { jsonCell, parseOnlyRow } from '../resultRows.ts';
import { isObjectKind, namesOf } from './describeObject.ts';
import { roleName } from './detailSql.ts';
import { objectSql } from './objectSql.ts';

const catalogueId = (name: string): string => `'pg_catalog.${name}'::pg_catalog.regclass`;

/** What belongs to a node of the tree but has dependencies of its own: the catalogue, how it is found, and its name. */
const partsOfRelations = [
  { catalogue: 'pg_rewrite', relation: 'p.ev_class', name: 'NULL' },
  {
    catalogue: 'pg_attrdef',
    relation: 'p.adrelid',
    name: `(SELECT a.attname FROM pg_catalog.pg_attribute a WHERE a.attrelid = p.adrelid AND a.attnum = p.adnum)`,
  },
  { catalogue: 'pg_constraint', relation: 'p.conrelid', name: 'p.conname' },
  { catalogue: 'pg_trigger', relation: 'p.tgrelid', name: 'p.tgname' },
  { catalogue: 'pg_policy', relation: 'p.polrelid', name: 'p.polname' },
  { catalogue: 'pg_statistic_ext', relation: 'p.stxrelid', name: 'p.stxname' },
] as const;

/** The node itself, and everything that belongs to it. */
const partsQuery = `
  SELECT r.classid, r.objid FROM root r
   UNION SELECT ${catalogueId('pg_class')}, i.indexrelid FROM root r JOIN pg_catalog.pg_index i ON i.indrelid = r.objid
          WHERE r.classid = ${catalogueId('pg_class')}
   ${partsOfRelations
     .map(
       ({ catalogue, relation }) => `UNION SELECT ${catalogueId(catalogue)}, p.oid
           FROM root r JOIN pg_catalog.${catalogue} p ON ${relation} = r.objid WHERE r.classid = ${catalogueId('pg_class')}`,
     )
     .join('\n   ')}
   UNION SELECT ${catalogueId('pg_constraint')}, k.oid FROM root r JOIN pg_catalog.pg_constraint k ON k.contypid = r.objid
          WHERE r.classid = ${catalogueId('pg_type')}
   UNION SELECT ${catalogueId('pg_class')}, t.typrelid FROM root r JOIN pg_catalog.pg_type t ON t.oid = r.objid
          WHERE r.classid = ${catalogueId('pg_type')} AND t.typrelid <> 0
   UNION SELECT ${catalogueId('pg_type')}, k.oid
           FROM root r
           JOIN pg_catalog.pg_type t ON t.oid = r.objid AND r.classid = ${catalogueId('pg_type')}
                                     OR t.typrelid = r.objid AND r.classid = ${catalogueId('pg_class')}
           JOIN pg_catalog.pg_type k ON k.oid IN (t.oid, t.typarray)
   UNION SELECT ${catalogueId('pg_publication_rel')}, p.oid FROM root r JOIN pg_catalog.pg_publication_rel p ON p.prpubid = r.objid
          WHERE r.classid = ${catalogueId('pg_publication')}`;

/** For an end of a dependency, what stands in the tree for it, and through which part of that it depends. */
const treeObject = (e: string): string => `
  SELECT ${catalogueId('pg_class')} AS classid, coalesce(i.indrelid, c.oid) AS objid,
         CASE WHEN i.indrelid IS NOT NULL THEN c.relname ELSE (
           SELECT a.attname FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = c.oid AND a.attnum = ${e}.objsubid AND ${e}.objsubid > 0) END AS through
    FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
   WHERE ${e}.classid = ${catalogueId('pg_class')} AND c.oid = ${e}.objid AND c.relkind <> 'c'
   ${partsOfRelations
     .map(
       ({ catalogue, relation, name }) => `UNION ALL SELECT ${catalogueId('pg_class')}, ${relation}, ${name}
    FROM pg_catalog.${catalogue} p WHERE ${e}.classid = ${catalogueId(catalogue)} AND p.oid = ${e}.objid AND ${relation} <> 0`,
     )
     .join('\n   ')}
   UNION ALL SELECT ${catalogueId('pg_type')}, k.contypid, k.conname
    FROM pg_catalog.pg_constraint k WHERE ${e}.classid = ${catalogueId('pg_constraint')} AND k.oid = ${e}.objid AND k.contypid <> 0
   UNION ALL SELECT ${catalogueId('pg_publication')}, r.prpubid, NULL
    FROM pg_catalog.pg_publication_rel r WHERE ${e}.classid = ${catalogueId('pg_publication_rel')} AND r.oid = ${e}.objid
   UNION ALL SELECT ${catalogueId('pg_type')}, c.reltype, NULL
    FROM pg_catalog.pg_class c WHERE ${e}.classid = ${catalogueId('pg_class')} AND c.oid = ${e}.objid AND c.relkind = 'c'
   UNION ALL
  SELECT CASE WHEN k.relkind <> 'c' THEN ${catalogueId('pg_class')} ELSE ${catalogueId('pg_type')} END,
         CASE WHEN k.relkind <> 'c' THEN k.oid ELSE made.oid END, NULL
    FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_type made ON made.oid = coalesce((SELECT x.oid FROM pg_catalog.pg_type x WHERE x.typarray = t.oid), t.oid)
    LEFT JOIN pg_catalog.pg_class k ON k.oid = made.typrelid
   WHERE ${e}.classid = ${catalogueId('pg_type')} AND t.oid = ${e}.objid
   UNION ALL SELECT ${e}.classid, ${e}.objid, NULL
   WHERE ${e}.classid IN (${['pg_proc', 'pg_extension', 'pg_foreign_server', 'pg_publication', 'pg_event_trigger'].map(catalogueId).join(', ')})`;

const isOfPeople = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

const databaseNode = (kind: string, catalogue: string, name: string): string => `
  UNION ALL SELECT '${kind}', '', o.${name}, NULL FROM pg_catalog.${catalogue} o WHERE x.classid = ${catalogueId(catalogue)} AND o.oid = x.objid`;

/** The reference of an object `x` of the tree; no row for one of the system, or of a kind that the tree does not have. */
const nodeRef = `
  SELECT CASE c.relkind WHEN 'S' THEN 'sequence' ELSE ${relationKind} END AS kind,
         n.nspname AS schema, c.relname AS name, NULL AS qualifier
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE x.classid = ${catalogueId('pg_class')} AND c.oid = x.objid AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND ${isOfPeople}
   UNION ALL
  SELECT ${routineKind}, n.nspname, p.proname, ${argumentTypes}
    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
   WHERE x.classid = ${catalogueId('pg_proc')} AND p.oid = x.objid AND ${isOfPeople}
   UNION ALL
  SELECT ${typeKind}, n.nspname, t.typname, NULL
    FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
   WHERE x.classid = ${catalogueId('pg_type')} AND t.oid = x.objid AND ${isMadeType} AND ${isOfPeople}
   ${databaseNode('extension', 'pg_extension', 'extname')}
   ${databaseNode('foreign-server', 'pg_foreign_server', 'srvname')}
   ${databaseNode('publication', 'pg_publication', 'pubname')}
   ${databaseNode('event-trigger', 'pg_event_trigger', 'evtname')}`;

/** What a role is for other roles, and what it owns or has rights on in this database. */
const roleDependenciesQuery = `
WITH root (oid) AS (SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = $1),
edge AS (
  SELECT d.classid, d.objid, CASE d.deptype WHEN 'o' THEN 'OWNER' WHEN 'r' THEN 'POLICY' ELSE 'PRIVILEGES' END AS through
    FROM pg_catalog.pg_shdepend d JOIN root r ON d.refobjid = r.oid
   WHERE d.refclassid = ${catalogueId('pg_authid')}
     AND d.dbid = (SELECT b.oid FROM pg_catalog.pg_database b WHERE b.datname = pg_catalog.current_database())
),
found AS (
  SELECT 'usedBy' AS direction, f.kind, f.schema, f.name, f.qualifier,
         pg_catalog.string_agg(DISTINCT e.through, ', ') AS through
    FROM edge e
   CROSS JOIN LATERAL (SELECT e.classid, e.objid, 0 AS objsubid) far
   CROSS JOIN LATERAL (${treeObject('far')}) x
   CROSS JOIN LATERAL (${nodeRef}) f
   GROUP BY f.kind, f.schema, f.name, f.qualifier
   UNION ALL
  SELECT DISTINCT 'uses', 'role', '', ${roleName('m.roleid')}, NULL, NULL
    FROM pg_catalog.pg_auth_members m JOIN root r ON m.member = r.oid
   UNION ALL
  SELECT DISTINCT 'usedBy', 'role', '', ${roleName('m.member')}, NULL, NULL
    FROM pg_catalog.pg_auth_members m JOIN root r ON m.roleid = r.oid
)
SELECT pg_catalog.json_build_object(${['uses', 'usedBy'].map(directionSql).join(', ')})`;

/** The sequence of a serial column needs its column for nothing but to be dropped with it. */
const isOwnedSequence = `d.deptype = 'a' AND d.classid = ${catalogueId('pg_class')} AND EXISTS (
        SELECT FROM pg_catalog.pg_class s WHERE s.oid = d.objid AND s.relkind = 'S')`;

const dependenciesQuery = (root: string): string => `
WITH root (classid, objid) AS (${root}),
part (classid, objid) AS (${partsQuery}),
edge AS (
  SELECT 'uses' AS direction, d.classid, d.objid, d.objsubid, d.refclassid AS far_class, d.refobjid AS far_id
    FROM pg_catalog.pg_depend d JOIN part p ON p.classid = d.classid AND p.objid = d.objid
   WHERE d.deptype IN ('n', 'a', 'e') AND NOT (${isOwnedSequence})
   UNION ALL
  SELECT 'usedBy', d.classid, d.objid, d.objsubid, d.classid, d.objid
    FROM pg_catalog.pg_depend d JOIN part p ON p.classid = d.refclassid AND p.objid = d.refobjid
   WHERE d.deptype IN ('n', 'a', 'e') AND NOT (${isOwnedSequence})
),
found AS (
  SELECT e.direction, f.kind, f.schema, f.name, f.qualifier, pg_catalog.string_agg(DISTINCT w.through, ', ') AS through
    FROM edge e
   CROSS JOIN LATERAL (SELECT e.far_class AS classid, e.far_id AS objid, 0 AS objsubid) far
   CROSS JOIN LATERAL (${treeObject('far')}) x
   CROSS JOIN LATERAL (${nodeRef}) f
    LEFT JOIN LATERAL (${treeObject('e')}) w ON true
   WHERE NOT EXISTS (SELECT FROM root r WHERE r.classid = x.classid AND r.objid = x.objid)
   GROUP BY e.direction, f.kind, f.schema, f.name, f.qualifier
)
SELECT pg_catalog.json_build_object(${['uses', 'usedBy'].map(directionSql).join(', ')})`;

function directionSql(direction: string): string {
  return `'${direction}', pg_catalog.json_build_object(
    'total', (SELECT pg_catalog.count(*) FROM found WHERE direction = '${direction}'),
    'nodes', (SELECT coalesce(pg_catalog.json_agg(q), '[]') FROM (
       SELECT kind, schema, name, qualifier, through FROM found WHERE direction = '${direction}'
        ORDER BY schema, name, qualifier LIMIT ${maxDependencies}) q))`;
}

const relationRoot = `SELECT ${catalogueId('pg_class')}, c.oid FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`;

function rootOf(node: NodeRef): { readonly root: string; readonly values: readonly string[] } {
  const { kind } = node;
  if (!isObjectKind(kind)) return { root: relationRoot, values: [node.schema, node.name] };
  const { from, where, identity } = objectSql[kind];
  const root = `SELECT ${catalogueId(identity.catalogue)}, ${identity.oid} FROM ${from} WHERE ${where}`;
  return { root, values: namesOf(kind, node) };
}

const foundDirection = z.object({
  total: z.int(),
  nodes: z.array(
    dependencySchema.shape.node
      .extend({ qualifier: z.string().nullable(), through: z.string().nullable() })
      .transform(({ through, qualifier, ...node }) => ({
        node: { ...node, ...(qualifier !== null && { qualifier }) },
        through,
      })),
  ),
});
const dependenciesRow = z.tuple([jsonCell(z.object({ uses: foundDirection, usedBy: foundDirection }))]);

/**
 * What a node needs, and what needs it, as far as the server keeps account: the body of a routine is text to it, unless it
 * is written in standard SQL. What belongs to a table, such as its triggers and foreign keys, is named beside the table.
 */
export async function readDependencies(
  connection: SqlConnection,
  node: NodeRef,
  options: QueryOptions,
): Promise<NodeDependencies> {
  const { root, values } = rootOf(node);
  const text = node.kind === 'role' ? roleDependenciesQuery : dependenciesQuery(root);
  const statement = { text, values };
  const [found] = parseOnlyRow(await runCatalogueStatement(connection, statement, options), dependenciesRow);
  return found;
}
