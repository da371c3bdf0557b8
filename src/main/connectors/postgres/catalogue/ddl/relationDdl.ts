import { policyCommand, policyRoles } from '../details/detailSql.ts';
import { isMadeTrigger } from '../objectNames.ts';
import {
  columnGrants,
  commentStatement,
  grantStatements,
  lineBreak,
  linesOf,
  ownerStatement,
} from './ddlSql.ts';
import { accessMethod, createTable, storageOptions, tablespaceClause } from './tableBody.ts';

const word = `CASE c.relkind WHEN 'v' THEN 'VIEW ' WHEN 'm' THEN 'MATERIALIZED VIEW ' WHEN 'f' THEN 'FOREIGN TABLE '
    ELSE 'TABLE ' END`;
const target = `${word} || q.name`;

const query = "pg_catalog.rtrim(pg_catalog.pg_get_viewdef(c.oid), ';')";

const createView = `CASE c.relkind
    WHEN 'v' THEN pg_catalog.concat('CREATE VIEW ', q.name, ${storageOptions}, ' AS', ${lineBreak}, ${query})
    ELSE pg_catalog.concat('CREATE MATERIALIZED VIEW ', q.name, ${accessMethod}, ${storageOptions}, ${tablespaceClause}, ' AS',
           ${lineBreak}, ${query}, CASE WHEN NOT c.relispopulated THEN ${lineBreak} || 'WITH NO DATA' END) END`;

/** What CREATE TABLE of older servers cannot say, and what a child changes of what it inherits. */
const columnStatements = linesOf(`
  SELECT a.attnum AS place, pg_catalog.format('ALTER %s ALTER COLUMN %I %s', ${target}, a.attname, s.change) AS line
    FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid AND k.contype = 'n' AND k.conkey[1] = a.attnum
   CROSS JOIN LATERAL (VALUES
     (CASE WHEN a.attstorage <> t.typstorage AND c.relkind IN ('r', 'p', 'm') THEN 'SET STORAGE ' || CASE a.attstorage
        WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END),
     (CASE pg_catalog.to_jsonb(a) ->> 'attcompression' WHEN 'p' THEN 'SET COMPRESSION pglz' WHEN 'l' THEN 'SET COMPRESSION lz4' END),
     (CASE WHEN a.attstattarget >= 0 THEN 'SET STATISTICS ' || a.attstattarget END),
     ('SET (' || pg_catalog.array_to_string(a.attoptions, ', ') || ')'),
     (CASE WHEN c.relkind = 'v' OR NOT a.attislocal AND NOT c.relispartition AND a.attgenerated = ''
           THEN 'SET DEFAULT ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid) END),
     (CASE WHEN NOT a.attislocal AND NOT c.relispartition AND a.attnotnull AND coalesce(k.conislocal, true)
           THEN 'SET NOT NULL' END)
   ) AS s (change)
   WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND s.change IS NOT NULL`);

const indexes = linesOf(`
  SELECT 0 AS place, pg_catalog.pg_get_indexdef(i.indexrelid) AS line
    FROM pg_catalog.pg_index i
   WHERE i.indrelid = c.oid AND NOT EXISTS (
           SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
   UNION ALL
  SELECT 1, pg_catalog.format('ALTER %s CLUSTER ON %I', ${target}, x.relname)
    FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
   WHERE i.indrelid = c.oid AND i.indisclustered
   UNION ALL
  SELECT 2, pg_catalog.format('ALTER %s REPLICA IDENTITY %s', ${target}, CASE c.relreplident
           WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING' ELSE (
             SELECT pg_catalog.format('USING INDEX %I', x.relname)
               FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
              WHERE i.indrelid = c.oid AND i.indisreplident) END)
   WHERE c.relkind IN ('r', 'p') AND c.relreplident IN ('f', 'n', 'i')
   UNION ALL
  SELECT 3, pg_catalog.pg_get_statisticsobjdef(s.oid) FROM pg_catalog.pg_statistic_ext s WHERE s.stxrelid = c.oid`);

const attach = `(
  SELECT pg_catalog.format('ALTER TABLE ONLY %I.%I ATTACH PARTITION %s %s', n.nspname, p.relname, q.name,
           pg_catalog.pg_get_expr(c.relpartbound, c.oid))
    FROM pg_catalog.pg_inherits i
    JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
    JOIN pg_catalog.pg_namespace n ON n.oid = p.relnamespace
   WHERE i.inhrelid = c.oid AND c.relispartition)`;

/** Foreign keys, and what is not checked for the rows that are there. A copy of another table's constraint comes with that. */
const laterConstraints = linesOf(`
  SELECT 0 AS place, pg_catalog.format('ALTER %s ADD CONSTRAINT %I %s', ${target}, k.conname, pg_catalog.pg_get_constraintdef(k.oid)) AS line
    FROM pg_catalog.pg_constraint k
   WHERE k.conrelid = c.oid AND k.conparentid = 0 AND k.conislocal
     AND (k.contype = 'f' OR k.contype IN ('c', 'n') AND NOT k.convalidated)`);

/** The sequences of serial columns go with their columns. */
const ownedSequences = linesOf(`
  SELECT 0 AS place, pg_catalog.format('ALTER SEQUENCE %I.%I OWNED BY %s.%I', n.nspname, s.relname, q.name, a.attname) AS line
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
    JOIN pg_catalog.pg_namespace n ON n.oid = s.relnamespace
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
   WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype = 'a'
     AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = c.oid`);

/** Rules and triggers, and whether they are on. */
const reactions = linesOf(`
  SELECT 0 AS place, pg_catalog.rtrim(pg_catalog.pg_get_ruledef(r.oid), ';') AS line
    FROM pg_catalog.pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN'
   UNION ALL
  SELECT 1, pg_catalog.pg_get_triggerdef(t.oid) FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND ${isMadeTrigger}
   UNION ALL
  SELECT 2, pg_catalog.format('ALTER %s %s TRIGGER %I', ${target}, CASE t.tgenabled WHEN 'D' THEN 'DISABLE'
           WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, t.tgname)
    FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND t.tgenabled <> 'O' AND ${isMadeTrigger}`);

/** A policy `o` of the relation that is called `q.name`. */
export const createPolicy = `pg_catalog.concat('CREATE POLICY ', pg_catalog.quote_ident(o.polname), ' ON ', q.name,
    CASE WHEN NOT o.polpermissive THEN ' AS RESTRICTIVE' END, ' FOR ', ${policyCommand}, ' TO ', ${policyRoles},
    ' USING (' || pg_catalog.pg_get_expr(o.polqual, o.polrelid) || ')',
    ' WITH CHECK (' || pg_catalog.pg_get_expr(o.polwithcheck, o.polrelid) || ')')`;

const rowSecurity = linesOf(`
  SELECT 0 AS place, pg_catalog.format('ALTER %s ENABLE ROW LEVEL SECURITY', ${target}) AS line WHERE c.relrowsecurity
   UNION ALL
  SELECT 1, pg_catalog.format('ALTER %s FORCE ROW LEVEL SECURITY', ${target}) WHERE c.relforcerowsecurity
   UNION ALL
  SELECT 2, ${createPolicy} FROM pg_catalog.pg_policy o WHERE o.polrelid = c.oid`);

/** Comments on what belongs to the relation. @param part what has a name in it, with its catalogue and the word for it */
const partComments = (part: string, catalogue: string, name: string, condition: string): string => `
  SELECT 1 AS place, pg_catalog.format('COMMENT ON ${part} %I ON %s IS %L', p.${name}, q.name, d.description) AS line
    FROM pg_catalog.${catalogue} p
    JOIN pg_catalog.pg_description d ON d.classoid = 'pg_catalog.${catalogue}'::pg_catalog.regclass AND d.objoid = p.oid
   WHERE ${condition}`;

const comments = linesOf(`
  SELECT 0 AS place, pg_catalog.format('COMMENT ON COLUMN %s.%I IS %L', q.name, a.attname, d.description) AS line
    FROM pg_catalog.pg_description d
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid
   WHERE d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objoid = c.oid AND d.objsubid > 0
   UNION ALL ${partComments('CONSTRAINT', 'pg_constraint', 'conname', 'p.conrelid = c.oid')}
   UNION ALL ${partComments('TRIGGER', 'pg_trigger', 'tgname', 'p.tgrelid = c.oid')}
   UNION ALL ${partComments('POLICY', 'pg_policy', 'polname', 'p.polrelid = c.oid')}
   UNION ALL ${partComments('RULE', 'pg_rewrite', 'rulename', 'p.ev_class = c.oid')}
   UNION ALL
  SELECT 2, pg_catalog.format('COMMENT ON INDEX %I.%I IS %L', n.nspname, x.relname, d.description)
    FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace
    JOIN pg_catalog.pg_description d
         ON d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objoid = x.oid AND d.objsubid = 0
   WHERE i.indrelid = c.oid`);

/**
 * Everything that makes a relation what it is, in the order in which it can be run: $1 schema, $2 name. What it needs
 * (types, functions, sequences, parents, tables that it refers to) is not in it.
 */
export const relationDdl = `
SELECT pg_catalog.json_build_array(
  CASE WHEN c.relkind IN ('v', 'm') THEN ${createView} ELSE ${createTable} END,
  ${ownerStatement(target, 'c.relowner')},
  ${columnStatements}, ${indexes}, ${attach}, ${laterConstraints}, ${ownedSequences}, ${reactions}, ${rowSecurity},
  ${commentStatement(target, 'pg_class', 'c.oid')}, ${comments},
  ${grantStatements({ target: "'TABLE ' || q.name", acl: 'c.relacl', kind: 'r', owner: 'c.relowner' })},
  ${columnGrants})
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 CROSS JOIN LATERAL (SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name) q
 WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`;
