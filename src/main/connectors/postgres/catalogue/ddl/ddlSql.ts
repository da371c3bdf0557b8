import { roleName } from '../details/detailSql.ts';

/*
 * Pieces of queries that write statements. Names in what they write are qualified, because the search path of Mooring's
 * own statements has the catalogue only, and quoted by the server where they have to be.
 */

export const lineBreak = 'pg_catalog.chr(10)';

/** JSON of the lines that a query answers in its column `line`, in order of its column `place`; null for none. */
export const linesOf = (query: string): string =>
  `(SELECT pg_catalog.json_agg(q.line ORDER BY q.place, q.line) FROM (${query}) q)`;

const quotedRole = (id: string): string =>
  `CASE ${id} WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(${roleName(id)}) END`;

/** @param target what it is in a statement, an expression: `'TABLE ' || q.name` */
export const ownerStatement = (target: string, owner: string): string =>
  `pg_catalog.format('ALTER %s OWNER TO %s', ${target}, ${quotedRole(owner)})`;

/** The comment on something itself, or null. @param catalogue where it is, by its oid */
export const commentStatement = (target: string, catalogue: string, id: string): string => `(
  SELECT pg_catalog.format('COMMENT ON %s IS %L', ${target}, d.description) FROM pg_catalog.pg_description d
   WHERE d.classoid = 'pg_catalog.${catalogue}'::pg_catalog.regclass AND d.objoid = ${id} AND d.objsubid = 0)`;

interface Rights {
  readonly target: string;
  readonly acl: string;
  /** As `acldefault` has it. */
  readonly kind: string;
  readonly owner: string;
}

/** What turns the rights that a new object has into those that it has. Without rights of its own, nothing. */
export const grantStatements = ({ target, acl, kind, owner }: Rights): string => {
  const initial = `pg_catalog.aclexplode(pg_catalog.acldefault('${kind}', ${owner}))`;
  return linesOf(`
  SELECT 0 AS place, pg_catalog.format('REVOKE %s ON %s FROM %s',
           pg_catalog.string_agg(i.privilege_type, ', ' ORDER BY i.privilege_type), ${target}, ${quotedRole('i.grantee')}) AS line
    FROM ${initial} i
   WHERE ${acl} IS NOT NULL AND NOT EXISTS (
           SELECT FROM pg_catalog.aclexplode(${acl}) g
            WHERE g.grantee = i.grantee AND g.privilege_type = i.privilege_type)
   GROUP BY i.grantee
   UNION ALL
  SELECT 1, pg_catalog.format('GRANT %s ON %s TO %s%s',
           pg_catalog.string_agg(DISTINCT g.privilege_type, ', ' ORDER BY g.privilege_type), ${target}, ${quotedRole('g.grantee')},
           CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
    FROM pg_catalog.aclexplode(${acl}) g
   WHERE NOT EXISTS (
           SELECT FROM ${initial} i WHERE i.grantee = g.grantee AND i.privilege_type = g.privilege_type)
   GROUP BY g.grantee, g.is_grantable`);
};

/** The rights on single columns of a relation `c`. */
export const columnGrants = linesOf(`
  SELECT 2 AS place, pg_catalog.format('GRANT %s (%I) ON TABLE %s TO %s%s', g.privilege_type, a.attname, q.name, ${quotedRole('g.grantee')},
           CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) AS line
    FROM pg_catalog.pg_attribute a, pg_catalog.aclexplode(a.attacl) g
   WHERE a.attrelid = c.oid AND NOT a.attisdropped`);

/** ` OPTIONS (name 'value')`, or the empty text. */
export const optionsClause = (options: string): string => `coalesce((
  SELECT ' OPTIONS (' || pg_catalog.string_agg(pg_catalog.quote_ident(o.option_name) || ' ' || pg_catalog.quote_literal(o.option_value), ', ') || ')'
    FROM pg_catalog.pg_options_to_table(${options}) o), '')`;

/** ` COLLATE schema.name`, or the empty text for the collation that a type has anyway. */
export const collateClause = (collation: string, usual: string): string => `coalesce((
  SELECT pg_catalog.format(' COLLATE %I.%I', n.nspname, k.collname)
    FROM pg_catalog.pg_collation k JOIN pg_catalog.pg_namespace n ON n.oid = k.collnamespace
   WHERE k.oid = ${collation} AND k.oid <> ${usual}), '')`;

/**
 * The settings of a sequence `s` that differ from those of a new one, as a list of texts. Bounds of a sequence that counts
 * down are always written.
 */
export const sequenceSettings = `
    CASE WHEN s.seqincrement <> 1 THEN 'INCREMENT BY ' || s.seqincrement END,
    CASE WHEN s.seqincrement < 0 OR s.seqmin <> 1 THEN 'MINVALUE ' || s.seqmin END,
    CASE WHEN s.seqincrement < 0 OR s.seqmax <> CASE s.seqtypid
              WHEN 'pg_catalog.int2'::pg_catalog.regtype THEN 32767
              WHEN 'pg_catalog.int4'::pg_catalog.regtype THEN 2147483647
              ELSE 9223372036854775807 END THEN 'MAXVALUE ' || s.seqmax END,
    CASE WHEN s.seqincrement < 0 OR s.seqstart <> s.seqmin THEN 'START WITH ' || s.seqstart END,
    CASE WHEN s.seqcache <> 1 THEN 'CACHE ' || s.seqcache END,
    CASE WHEN s.seqcycle THEN 'CYCLE' END`;
