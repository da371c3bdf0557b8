import type pg from 'pg';
import { richSchemas } from './richSchema.ts';

const schemas = richSchemas.map((name) => `'${name}'`).join(', ');
const inSchemas = (id: string): string =>
  `${id} IN (SELECT oid FROM pg_namespace WHERE nspname IN (${schemas}))`;
/** PostgreSQL 12 has no type for them. */
const collation = (id: string): string =>
  `(SELECT l.collnamespace::regnamespace::text || '.' || l.collname FROM pg_collation l WHERE l.oid = ${id})`;
const sorted = (acl: string): string => `array(SELECT unnest(${acl})::text ORDER BY 1)`;
const ofTable = `c.oid::regclass::text`;

/** Read straight from the catalogues, by names instead of oids, and by nothing that writes definitions for Mooring. */
const queries = {
  relations: `SELECT ${ofTable}, relkind, relpersistence, relowner::regrole, ${sorted('relacl')}, reloptions, relrowsecurity,
      relforcerowsecurity, relreplident, reloftype::regtype, relispartition, relispopulated, pg_get_expr(relpartbound, c.oid),
      CASE WHEN relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
      array(SELECT inhparent::regclass::text FROM pg_inherits WHERE inhrelid = c.oid ORDER BY inhseqno),
      (SELECT reloptions FROM pg_class t WHERE t.oid = c.reltoastrelid)
    FROM pg_class c WHERE ${inSchemas('relnamespace')} AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'i', 'I', 'c')`,
  columns: `SELECT ${ofTable}, row_number() OVER (PARTITION BY c.oid ORDER BY attnum), attname, format_type(atttypid, atttypmod),
      attnotnull, attidentity, attgenerated, pg_get_expr(adbin, adrelid), ${collation('attcollation')}, attstorage,
      attstattarget, attoptions, attfdwoptions, ${sorted('attacl')}, attislocal, attinhcount, to_jsonb(a) ->> 'attcompression'
    FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE ${inSchemas('relnamespace')} AND attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p', 'v', 'm', 'f', 'c')`,
  // The server chooses the names of a foreign key's copies for partitions, and marks keys in one of two ways.
  constraints: `SELECT CASE WHEN contype <> 'f' OR conislocal THEN conname END, contype, conrelid::regclass::text, contypid::regtype::text,
      pg_get_constraintdef(oid), convalidated, conislocal, coninhcount, contype IN ('c', 'n') AND connoinherit, condeferrable, condeferred
    FROM pg_constraint WHERE ${inSchemas('connamespace')}`,
  indexes: `SELECT pg_get_indexdef(indexrelid), indisclustered, indisreplident, indisvalid, indisunique, indisprimary
    FROM pg_index JOIN pg_class c ON c.oid = indrelid WHERE ${inSchemas('relnamespace')}`,
  triggers: `SELECT pg_get_triggerdef(t.oid), tgenabled FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
    WHERE ${inSchemas('relnamespace')} AND NOT tgisinternal`,
  policies: `SELECT polname, polrelid::regclass::text, polcmd, polpermissive, polroles::regrole[]::text,
      pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid) FROM pg_policy`,
  routines: `SELECT p.oid::regprocedure::text, prokind, proowner::regrole, ${sorted('proacl')}, prosrc, provolatile, proparallel,
      prosecdef, proconfig, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid),
      CASE WHEN prokind <> 'a' THEN pg_get_functiondef(p.oid) END,
      (SELECT to_jsonb(a) - 'aggfnoid' FROM pg_aggregate a WHERE aggfnoid = p.oid)
    FROM pg_proc p WHERE ${inSchemas('pronamespace')}`,
  types: `SELECT t.oid::regtype::text, typtype, typowner::regrole, ${sorted('typacl')}, typnotnull, typdefault, ${collation('typcollation')},
      format_type(typbasetype, typtypmod), array(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = t.oid ORDER BY enumsortorder),
      (SELECT format('%s %s', rngsubtype::regtype, rngsubdiff) FROM pg_range WHERE rngtypid = t.oid)
    FROM pg_type t WHERE ${inSchemas('typnamespace')}`,
  sequences: `SELECT seqrelid::regclass::text, seqtypid::regtype, seqstart, seqincrement, seqmax, seqmin, seqcache, seqcycle
    FROM pg_sequence`,
  dependencies: `SELECT pg_describe_object(classid, objid, objsubid), pg_describe_object(refclassid, refobjid, refobjsubid), deptype
    FROM pg_depend WHERE classid = 'pg_class'::regclass AND deptype IN ('a', 'i') AND objid IN (SELECT seqrelid FROM pg_sequence)
      AND refclassid = 'pg_class'::regclass`,
  comments: `SELECT pg_describe_object(classoid, objoid, objsubid), description FROM pg_description
    WHERE pg_describe_object(classoid, objoid, objsubid) ~ 'ich' OR classoid = 'pg_event_trigger'::regclass`,
  rules: `SELECT pg_get_ruledef(r.oid) FROM pg_rewrite r JOIN pg_class c ON c.oid = ev_class WHERE ${inSchemas('relnamespace')}`,
  statistics: `SELECT pg_get_statisticsobjdef(oid) FROM pg_statistic_ext`,
  extensions: `SELECT extname, extnamespace::regnamespace::text, extversion FROM pg_extension`,
  servers: `SELECT srvname, srvtype, srvversion, srvoptions, srvowner::regrole, ${sorted('srvacl')} FROM pg_foreign_server`,
  foreignTables: `SELECT ftrelid::regclass::text, ftoptions FROM pg_foreign_table`,
  publications: `SELECT to_jsonb(p) - 'oid', pubowner::regrole, array(
      SELECT to_jsonb(t)::text FROM pg_publication_tables t WHERE t.pubname = p.pubname ORDER BY 1) FROM pg_publication p`,
  eventTriggers: `SELECT evtname, evtevent, evtowner::regrole, evtfoid::regproc, evtenabled, evttags FROM pg_event_trigger`,
};

/** All of what two databases must have in common, as lines that can be compared. */
export async function catalogueSnapshot(
  client: pg.Client,
): Promise<Readonly<Record<string, readonly string[]>>> {
  await client.query("SET search_path = ''");
  const result: Record<string, readonly string[]> = {};
  for (const [name, text] of Object.entries(queries)) {
    const { rows } = await client.query<unknown[]>({ text, rowMode: 'array' });
    result[name] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return result;
}
