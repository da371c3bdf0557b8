import type { ObjectKind } from '../details/describeObject.ts';
import { qualified } from '../details/detailSql.ts';
import { objectSql } from '../details/objectSql.ts';
import {
  collateClause,
  commentStatement,
  grantStatements,
  lineBreak,
  linesOf,
  optionsClause,
  ownerStatement,
  sequenceSettings,
} from './ddlSql.ts';
import { createPolicy } from './relationDdl.ts';
import { role } from './roleDdl.ts';

/** The statements of one kind of object, each an expression for text or for JSON of several; NULL is left out. */
interface ObjectDdl {
  /** What it is called in its own statements, an expression: it is `q.name` in them. */
  readonly name: string;
  readonly statements: readonly string[];
}

const sequence: ObjectDdl = {
  name: qualified('c.relnamespace', 'c.relname'),
  statements: [
    `pg_catalog.concat_ws(' ', CASE c.relpersistence WHEN 'u' THEN 'CREATE UNLOGGED SEQUENCE' ELSE 'CREATE SEQUENCE' END, q.name,
       'AS ' || pg_catalog.format_type(s.seqtypid, NULL), ${sequenceSettings})`,
    ownerStatement("'SEQUENCE ' || q.name", 'c.relowner'),
    commentStatement("'SEQUENCE ' || q.name", 'pg_class', 'c.oid'),
    grantStatements({ target: "'SEQUENCE ' || q.name", acl: 'c.relacl', kind: 's', owner: 'c.relowner' }),
  ],
};

const routineName = (list: string): string =>
  `pg_catalog.format('%s(%s)', ${qualified('p.pronamespace', 'p.proname')}, ${list})`;

function routine(word: 'FUNCTION' | 'PROCEDURE'): ObjectDdl {
  const target = `'${word} ' || q.name`;
  return {
    name: routineName('pg_catalog.pg_get_function_identity_arguments(p.oid)'),
    statements: [
      `pg_catalog.rtrim(pg_catalog.pg_get_functiondef(p.oid), ${lineBreak})`,
      ownerStatement(target, 'p.proowner'),
      commentStatement(target, 'pg_proc', 'p.oid'),
      grantStatements({ target, acl: 'p.proacl', kind: 'f', owner: 'p.proowner' }),
    ],
  };
}

/** `WORD = function`, or NULL where there is none. */
const support = (word: string, column: string): string =>
  `CASE WHEN a.${column}::pg_catalog.oid <> 0 THEN '${word} = ' || a.${column} END`;

const finalModify = (word: string, column: string): string => `CASE
  WHEN a.${column} <> CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END::pg_catalog."char" THEN '${word} = ' ||
    CASE a.${column} WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END`;

const aggregate: ObjectDdl = {
  name: routineName(
    "CASE p.pronargs WHEN 0 THEN '*' ELSE pg_catalog.pg_get_function_identity_arguments(p.oid) END",
  ),
  statements: [
    `(SELECT pg_catalog.concat('CREATE AGGREGATE ', q.name, ' (', ${lineBreak}, '  ',
        pg_catalog.concat_ws(',' || ${lineBreak} || '  ',
          'SFUNC = ' || a.aggtransfn, 'STYPE = ' || pg_catalog.format_type(a.aggtranstype, NULL),
          CASE WHEN a.aggtransspace > 0 THEN 'SSPACE = ' || a.aggtransspace END,
          ${support('FINALFUNC', 'aggfinalfn')}, CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
          ${finalModify('FINALFUNC_MODIFY', 'aggfinalmodify')},
          ${support('COMBINEFUNC', 'aggcombinefn')}, ${support('SERIALFUNC', 'aggserialfn')},
          ${support('DESERIALFUNC', 'aggdeserialfn')}, 'INITCOND = ' || pg_catalog.quote_literal(a.agginitval),
          ${support('MSFUNC', 'aggmtransfn')}, ${support('MINVFUNC', 'aggminvtransfn')},
          CASE WHEN a.aggmtranstype <> 0 THEN 'MSTYPE = ' || pg_catalog.format_type(a.aggmtranstype, NULL) END,
          CASE WHEN a.aggmtransspace > 0 THEN 'MSSPACE = ' || a.aggmtransspace END,
          ${support('MFINALFUNC', 'aggmfinalfn')}, CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
          ${finalModify('MFINALFUNC_MODIFY', 'aggmfinalmodify')},
          'MINITCOND = ' || pg_catalog.quote_literal(a.aggminitval),
          (SELECT pg_catalog.format('SORTOP = OPERATOR(%I.%s)', n.nspname, o.oprname)
             FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace WHERE o.oid = a.aggsortop),
          CASE p.proparallel WHEN 's' THEN 'PARALLEL = SAFE' WHEN 'r' THEN 'PARALLEL = RESTRICTED' END,
          CASE a.aggkind WHEN 'h' THEN 'HYPOTHETICAL' END),
        ${lineBreak}, ')')
       FROM pg_catalog.pg_aggregate a WHERE a.aggfnoid = p.oid)`,
    ownerStatement("'AGGREGATE ' || q.name", 'p.proowner'),
    commentStatement("'AGGREGATE ' || q.name", 'pg_proc', 'p.oid'),
    grantStatements({
      target: `'FUNCTION ' || ${routineName('pg_catalog.pg_get_function_identity_arguments(p.oid)')}`,
      acl: 'p.proacl',
      kind: 'f',
      owner: 'p.proowner',
    }),
  ],
};

function type(word: 'TYPE' | 'DOMAIN', create: string, more: readonly string[] = []): ObjectDdl {
  const target = `'${word} ' || q.name`;
  return {
    name: qualified('t.typnamespace', 't.typname'),
    statements: [
      create,
      ownerStatement(target, 't.typowner'),
      ...more,
      commentStatement(target, 'pg_type', 't.oid'),
      grantStatements({ target, acl: 't.typacl', kind: 'T', owner: 't.typowner' }),
    ],
  };
}

const enumeration = type(
  'TYPE',
  `(SELECT pg_catalog.format('CREATE TYPE %s AS ENUM (%s)', q.name,
            pg_catalog.string_agg(pg_catalog.quote_literal(v.enumlabel), ', ' ORDER BY v.enumsortorder))
      FROM pg_catalog.pg_enum v WHERE v.enumtypid = t.oid)`,
);

const domain = type(
  'DOMAIN',
  `pg_catalog.concat('CREATE DOMAIN ', q.name, ' AS ', pg_catalog.format_type(t.typbasetype, t.typtypmod),
     ${collateClause('t.typcollation', '(SELECT b.typcollation FROM pg_catalog.pg_type b WHERE b.oid = t.typbasetype)')},
     ' DEFAULT ' || t.typdefault, CASE WHEN t.typnotnull THEN ' NOT NULL' END, (
       SELECT pg_catalog.string_agg(pg_catalog.format(' CONSTRAINT %I %s', k.conname, pg_catalog.pg_get_constraintdef(k.oid)), '' ORDER BY k.conname)
         FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c' AND k.convalidated))`,
  [
    linesOf(`
      SELECT 0 AS place, pg_catalog.format('ALTER DOMAIN %s ADD CONSTRAINT %I %s', q.name, k.conname, pg_catalog.pg_get_constraintdef(k.oid)) AS line
        FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c' AND NOT k.convalidated
       UNION ALL
      SELECT 1, pg_catalog.format('COMMENT ON CONSTRAINT %I ON DOMAIN %s IS %L', k.conname, q.name, d.description)
        FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_description d ON d.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND d.objoid = k.oid
       WHERE k.contypid = t.oid`),
  ],
);

const composite = `(SELECT pg_catalog.concat('CREATE TYPE ', q.name, ' AS (', ${lineBreak}, '  ', pg_catalog.string_agg(
      pg_catalog.concat(pg_catalog.quote_ident(a.attname), ' ', pg_catalog.format_type(a.atttypid, a.atttypmod),
        ${collateClause('a.attcollation', 'e.typcollation')}), ',' || ${lineBreak} || '  ' ORDER BY a.attnum), ${lineBreak}, ')')
    FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type e ON e.oid = a.atttypid
   WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)`;

const range = `(SELECT pg_catalog.format('CREATE TYPE %s AS RANGE (%s)', q.name, pg_catalog.concat_ws(', ',
      'SUBTYPE = ' || pg_catalog.format_type(r.rngsubtype, NULL),
      (SELECT pg_catalog.format('SUBTYPE_OPCLASS = %I.%I', n.nspname, o.opcname)
         FROM pg_catalog.pg_opclass o JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace
        WHERE o.oid = r.rngsubopc AND NOT o.opcdefault),
      (SELECT pg_catalog.format('COLLATION = %I.%I', n.nspname, k.collname)
         FROM pg_catalog.pg_collation k JOIN pg_catalog.pg_namespace n ON n.oid = k.collnamespace
        WHERE k.oid = r.rngcollation AND k.collname <> 'default'),
      CASE WHEN r.rngcanonical::pg_catalog.oid <> 0 THEN 'CANONICAL = ' || r.rngcanonical END,
      CASE WHEN r.rngsubdiff::pg_catalog.oid <> 0 THEN 'SUBTYPE_DIFF = ' || r.rngsubdiff END,
      (SELECT 'MULTIRANGE_TYPE_NAME = ' || ${qualified('m.typnamespace', 'm.typname')} FROM pg_catalog.pg_type m
        WHERE m.oid = (pg_catalog.to_jsonb(r) ->> 'rngmultitypid')::pg_catalog.oid)))
    FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid)`;

/** Types that are written in C come with their extension; what they are made of is nothing that a person would write. */
const otherType = type('TYPE', `CASE t.typtype WHEN 'c' THEN ${composite} WHEN 'r' THEN ${range} END`, [
  linesOf(`
    SELECT a.attnum AS place, pg_catalog.format('COMMENT ON COLUMN %s.%I IS %L', q.name, a.attname, d.description) AS line
      FROM pg_catalog.pg_description d JOIN pg_catalog.pg_attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid
     WHERE d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objoid = t.typrelid AND d.objsubid > 0`),
]);

const ofTable = qualified('c.relnamespace', 'c.relname');
const onTable = (word: string, name: string): string =>
  `pg_catalog.format('${word} %I ON %s', ${name}, q.name)`;

const trigger: ObjectDdl = {
  name: ofTable,
  statements: [
    'pg_catalog.pg_get_triggerdef(t.oid)',
    `CASE WHEN t.tgenabled <> 'O' THEN pg_catalog.format('ALTER TABLE %s %s TRIGGER %I', q.name, CASE t.tgenabled
       WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, t.tgname) END`,
    commentStatement(onTable('TRIGGER', 't.tgname'), 'pg_trigger', 't.oid'),
  ],
};

const policy: ObjectDdl = {
  name: ofTable,
  statements: [createPolicy, commentStatement(onTable('POLICY', 'o.polname'), 'pg_policy', 'o.oid')],
};

const extension: ObjectDdl = {
  name: 'pg_catalog.quote_ident(e.extname)',
  statements: [
    `pg_catalog.format('CREATE EXTENSION IF NOT EXISTS %s WITH SCHEMA %I VERSION %L', q.name,
       (SELECT n.nspname FROM pg_catalog.pg_namespace n WHERE n.oid = e.extnamespace), e.extversion)`,
  ],
};

const foreignServer: ObjectDdl = {
  name: 'pg_catalog.quote_ident(s.srvname)',
  statements: [
    `pg_catalog.concat('CREATE SERVER ', q.name, ' TYPE ' || pg_catalog.quote_literal(s.srvtype),
       ' VERSION ' || pg_catalog.quote_literal(s.srvversion), ' FOREIGN DATA WRAPPER ',
       (SELECT pg_catalog.quote_ident(w.fdwname) FROM pg_catalog.pg_foreign_data_wrapper w WHERE w.oid = s.srvfdw),
       ${optionsClause('s.srvoptions')})`,
    ownerStatement("'SERVER ' || q.name", 's.srvowner'),
    commentStatement("'SERVER ' || q.name", 'pg_foreign_server', 's.oid'),
    grantStatements({
      target: "'FOREIGN SERVER ' || q.name",
      acl: 's.srvacl',
      kind: 'S',
      owner: 's.srvowner',
    }),
  ],
};

const eventTrigger: ObjectDdl = {
  name: 'pg_catalog.quote_ident(e.evtname)',
  statements: [
    `pg_catalog.concat('CREATE EVENT TRIGGER ', q.name, ' ON ', e.evtevent, (
         SELECT ' WHEN TAG IN (' || pg_catalog.string_agg(pg_catalog.quote_literal(tag), ', ') || ')' FROM pg_catalog.unnest(e.evttags) tag),
       ' EXECUTE FUNCTION ', (
         SELECT ${qualified('p.pronamespace', 'p.proname')} FROM pg_catalog.pg_proc p WHERE p.oid = e.evtfoid), '()')`,
    ownerStatement("'EVENT TRIGGER ' || q.name", 'e.evtowner'),
    `CASE WHEN e.evtenabled <> 'O' THEN pg_catalog.format('ALTER EVENT TRIGGER %s %s', q.name, CASE e.evtenabled
       WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END) END`,
    commentStatement("'EVENT TRIGGER ' || q.name", 'pg_event_trigger', 'e.oid'),
  ],
};

/** @param published what it is for beside all tables: ` FOR TABLE …`, or NULL */
const publicationOf = (published: string): ObjectDdl => ({
  name: 'pg_catalog.quote_ident(p.pubname)',
  statements: [
    `pg_catalog.concat('CREATE PUBLICATION ', q.name, CASE WHEN p.puballtables THEN ' FOR ALL TABLES' END, ${published},
       ' WITH (publish = ', pg_catalog.quote_literal(pg_catalog.concat_ws(', ',
          CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
          CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END)),
       CASE pg_catalog.to_jsonb(p) ->> 'pubviaroot' WHEN 'true' THEN ', publish_via_partition_root = true' END, ')')`,
    ownerStatement("'PUBLICATION ' || q.name", 'p.pubowner'),
    commentStatement("'PUBLICATION ' || q.name", 'pg_publication', 'p.oid'),
  ],
});

const publishedTable = qualified('c.relnamespace', 'c.relname');

const publication = publicationOf(`(
  SELECT ' FOR ' || pg_catalog.string_agg(f.line, ', ' ORDER BY f.line)
    FROM (SELECT pg_catalog.concat('TABLE ', ${publishedTable}, (
                   SELECT ' (' || pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attnum) || ')'
                     FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = ANY (r.prattrs::pg_catalog.int2[])),
                   ' WHERE (' || pg_catalog.pg_get_expr(r.prqual, r.prrelid) || ')') AS line
            FROM pg_catalog.pg_publication_rel r JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
           WHERE r.prpubid = p.oid
           UNION ALL
          SELECT 'TABLES IN SCHEMA ' || pg_catalog.quote_ident(n.nspname)
            FROM pg_catalog.pg_publication_namespace s JOIN pg_catalog.pg_namespace n ON n.oid = s.pnnspid
           WHERE s.pnpubid = p.oid) f)`);

const publicationBefore15 = publicationOf(`(
  SELECT ' FOR TABLE ' || pg_catalog.string_agg(${publishedTable}, ', ' ORDER BY c.relname)
    FROM pg_catalog.pg_publication_rel r JOIN pg_catalog.pg_class c ON c.oid = r.prrelid WHERE r.prpubid = p.oid)`);

const ddl: Readonly<Record<ObjectKind, ObjectDdl>> = {
  sequence,
  function: routine('FUNCTION'),
  procedure: routine('PROCEDURE'),
  aggregate,
  enum: enumeration,
  domain,
  type: otherType,
  trigger,
  policy,
  extension,
  'foreign-server': foreignServer,
  publication,
  'event-trigger': eventTrigger,
  role,
};

const queryOf = (kind: ObjectKind, { name, statements }: ObjectDdl): string => `
SELECT pg_catalog.json_build_array(${statements.join(',\n  ')})
  FROM ${objectSql[kind].from}
 CROSS JOIN LATERAL (SELECT ${name} AS name) q
 WHERE ${objectSql[kind].where}`;

/** Queries for what makes an object what it is; when the server refuses one, the next one is for it. */
export const objectDdl = (kind: ObjectKind): readonly string[] =>
  kind === 'publication'
    ? [queryOf(kind, publication), queryOf(kind, publicationBefore15)]
    : [queryOf(kind, ddl[kind])];
