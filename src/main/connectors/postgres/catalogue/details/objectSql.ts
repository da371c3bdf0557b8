import type { NodeKind } from '../../../../../shared/model/schemaTree.ts';
import { argumentTypes, isMadeTrigger, isMadeType, routineKind, typeKind } from '../objectNames.ts';
import {
  extensionOf,
  type FactsSql,
  listSql,
  optionsText,
  policyCommand,
  policyRoles,
  privilegesList,
  qualified,
  roleName,
  triggerRuns,
  triggerStatus,
} from './detailSql.ts';
import { role } from './roleSql.ts';

/** How one kind of object is found and described. */
export interface ObjectSql {
  /** The parameters: $1 is the name; or $1 the schema and $2 the name; and $3 the qualifier. */
  readonly names: 'name' | 'schema' | 'qualifier';
  readonly from: string;
  readonly where: string;
  /** Where it is, by its oid. */
  readonly identity: { readonly catalogue: string; readonly oid: string };
  readonly facts: FactsSql;
  readonly lists: readonly string[];
  /** JSON of the attributes of a composite type. */
  readonly attributes?: string;
}

const inSchema = (schemaId: string): string =>
  `${schemaId} = (SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname = $1)`;

const sequence: ObjectSql = {
  names: 'schema',
  from: 'pg_catalog.pg_class c JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid',
  where: `${inSchema('c.relnamespace')} AND c.relname = $2`,
  identity: { catalogue: 'pg_class', oid: 'c.oid' },
  facts: {
    owner: roleName('c.relowner'),
    extension: extensionOf('pg_class', 'c.oid'),
    baseType: 'pg_catalog.format_type(s.seqtypid, NULL)',
    lastValue: `CASE WHEN pg_catalog.has_sequence_privilege(c.oid, 'SELECT,USAGE')
      THEN pg_catalog.pg_sequence_last_value(c.oid)::pg_catalog.text END`,
    sequence: `pg_catalog.format('%s; increment %s; %s to %s; cache %s%s', s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
      s.seqcache, CASE WHEN s.seqcycle THEN '; cycle' ELSE '' END)`,
    ownedBy: `(SELECT ${qualified('o.relnamespace', 'o.relname')} || '.' || pg_catalog.quote_ident(a.attname)
      FROM pg_catalog.pg_depend d
      JOIN pg_catalog.pg_class o ON o.oid = d.refobjid
      JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
     WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'a'
       AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass)`,
  },
  lists: [privilegesList('c.relacl', 's', 'c.relowner')],
};

const argumentsList = listSql(
  'arguments',
  [
    'a.name',
    'pg_catalog.format_type(a.type, NULL)',
    `CASE a.mode WHEN 'o' THEN 'OUT' WHEN 'b' THEN 'INOUT' WHEN 'v' THEN 'VARIADIC' WHEN 't' THEN 'TABLE' ELSE 'IN' END`,
    `CASE WHEN coalesce(a.mode, 'i') IN ('i', 'b', 'v') THEN pg_catalog.pg_get_function_arg_default(p.oid, a.place::pg_catalog.int4) END`,
  ],
  `FROM ROWS FROM (
      pg_catalog.unnest(coalesce(p.proallargtypes, p.proargtypes::pg_catalog.oid[])),
      pg_catalog.unnest(p.proargnames), pg_catalog.unnest(p.proargmodes)
    ) WITH ORDINALITY AS a (type, name, mode, place)`,
  'a.place',
);

const routineOf = (kind: 'function' | 'procedure' | 'aggregate'): ObjectSql => ({
  names: 'qualifier',
  from: 'pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang',
  where: `${inSchema('p.pronamespace')} AND p.proname = $2 AND ${argumentTypes} = $3 AND ${routineKind} = '${kind}'`,
  identity: { catalogue: 'pg_proc', oid: 'p.oid' },
  facts: {
    owner: roleName('p.proowner'),
    extension: extensionOf('pg_proc', 'p.oid'),
    language: 'l.lanname',
    ...(kind !== 'procedure' && { returns: 'pg_catalog.pg_get_function_result(p.oid)' }),
    ...(kind !== 'procedure' && {
      volatility: "CASE p.provolatile WHEN 'i' THEN 'IMMUTABLE' WHEN 's' THEN 'STABLE' ELSE 'VOLATILE' END",
      parallel: "CASE p.proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED' ELSE 'UNSAFE' END",
    }),
    security: "CASE WHEN p.prosecdef THEN 'DEFINER' ELSE 'INVOKER' END",
    options: optionsText('p.proconfig'),
  },
  lists: [argumentsList, privilegesList('p.proacl', 'f', 'p.proowner')],
});

/** What all types are found by and have in common. */
const typeOf = (
  kind: 'enum' | 'domain' | 'type',
): Pick<ObjectSql, 'names' | 'from' | 'where' | 'identity'> => ({
  names: 'schema',
  from: 'pg_catalog.pg_type t',
  where: `${inSchema('t.typnamespace')} AND t.typname = $2 AND ${isMadeType} AND ${typeKind} = '${kind}'`,
  identity: { catalogue: 'pg_type', oid: 't.oid' },
});
const ofTypes = { owner: roleName('t.typowner'), extension: extensionOf('pg_type', 't.oid') };
const typePrivileges = privilegesList('t.typacl', 'T', 't.typowner');

const trigger: ObjectSql = {
  names: 'qualifier',
  from: 'pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid',
  where: `${inSchema('c.relnamespace')} AND t.tgname = $2 AND c.relname = $3 AND ${isMadeTrigger}`,
  identity: { catalogue: 'pg_trigger', oid: 't.oid' },
  facts: {
    table: qualified('c.relnamespace', 'c.relname'),
    runs: triggerRuns,
    function: `(SELECT ${qualified('p.pronamespace', 'p.proname')} FROM pg_catalog.pg_proc p WHERE p.oid = t.tgfoid)`,
    status: triggerStatus('t.tgenabled'),
  },
  lists: [],
};

const policy: ObjectSql = {
  names: 'qualifier',
  from: 'pg_catalog.pg_policy o JOIN pg_catalog.pg_class c ON c.oid = o.polrelid',
  where: `${inSchema('c.relnamespace')} AND o.polname = $2 AND c.relname = $3`,
  identity: { catalogue: 'pg_policy', oid: 'o.oid' },
  facts: {
    table: qualified('c.relnamespace', 'c.relname'),
    policy: `CASE WHEN o.polpermissive THEN 'PERMISSIVE FOR ' ELSE 'RESTRICTIVE FOR ' END || ${policyCommand}`,
    roles: policyRoles,
    using: 'pg_catalog.pg_get_expr(o.polqual, o.polrelid)',
    check: 'pg_catalog.pg_get_expr(o.polwithcheck, o.polrelid)',
  },
  lists: [],
};

const extension: ObjectSql = {
  names: 'name',
  from: 'pg_catalog.pg_extension e',
  where: 'e.extname = $1',
  identity: { catalogue: 'pg_extension', oid: 'e.oid' },
  facts: {
    owner: roleName('e.extowner'),
    schema: '(SELECT n.nspname FROM pg_catalog.pg_namespace n WHERE n.oid = e.extnamespace)',
    version: 'e.extversion',
    availableVersion: `(SELECT a.default_version FROM pg_catalog.pg_available_extensions a
      WHERE a.name = e.extname AND a.default_version <> e.extversion)`,
  },
  lists: [
    listSql(
      'objects',
      ['i.identity', 'i.type'],
      `FROM pg_catalog.pg_depend d, pg_catalog.pg_identify_object(d.classid, d.objid, 0) i
      WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.refobjid = e.oid AND d.deptype = 'e'`,
      'i.type, i.identity',
    ),
  ],
};

const foreignServer: ObjectSql = {
  names: 'name',
  from: 'pg_catalog.pg_foreign_server s',
  where: 's.srvname = $1',
  identity: { catalogue: 'pg_foreign_server', oid: 's.oid' },
  facts: {
    owner: roleName('s.srvowner'),
    wrapper: '(SELECT w.fdwname FROM pg_catalog.pg_foreign_data_wrapper w WHERE w.oid = s.srvfdw)',
    baseType: 's.srvtype',
    version: 's.srvversion',
    options: optionsText('s.srvoptions'),
  },
  lists: [privilegesList('s.srvacl', 'S', 's.srvowner')],
};

const publication: ObjectSql = {
  names: 'name',
  from: 'pg_catalog.pg_publication p',
  where: 'p.pubname = $1',
  identity: { catalogue: 'pg_publication', oid: 'p.oid' },
  facts: {
    owner: roleName('p.pubowner'),
    operations: `pg_catalog.concat_ws(', ', CASE WHEN p.pubinsert THEN 'INSERT' END, CASE WHEN p.pubupdate THEN 'UPDATE' END,
      CASE WHEN p.pubdelete THEN 'DELETE' END, CASE WHEN p.pubtruncate THEN 'TRUNCATE' END)`,
  },
  lists: [
    // Columns and filters are told since PostgreSQL 15 only.
    listSql(
      'tables',
      [
        "pg_catalog.format('%I.%I', t.schemaname, t.tablename)",
        `(SELECT pg_catalog.string_agg(k, ', ') FROM pg_catalog.json_array_elements_text(
            CASE pg_catalog.json_typeof(pg_catalog.row_to_json(t) -> 'attnames')
            WHEN 'array' THEN pg_catalog.row_to_json(t) -> 'attnames' END) k)`,
        "pg_catalog.row_to_json(t) ->> 'rowfilter'",
      ],
      'FROM pg_catalog.pg_publication_tables t WHERE t.pubname = p.pubname',
      't.schemaname, t.tablename',
    ),
  ],
};

const eventTrigger: ObjectSql = {
  names: 'name',
  from: 'pg_catalog.pg_event_trigger e',
  where: 'e.evtname = $1',
  identity: { catalogue: 'pg_event_trigger', oid: 'e.oid' },
  facts: {
    owner: roleName('e.evtowner'),
    runs: "pg_catalog.concat_ws(' ', e.evtevent, pg_catalog.array_to_string(e.evttags, ', '))",
    function: `(SELECT ${qualified('p.pronamespace', 'p.proname')} FROM pg_catalog.pg_proc p WHERE p.oid = e.evtfoid)`,
    status: triggerStatus('e.evtenabled'),
  },
  lists: [],
};

/** Everything that is no relation, by kind. */
export const objectSql = {
  sequence,
  function: routineOf('function'),
  procedure: routineOf('procedure'),
  aggregate: routineOf('aggregate'),
  enum: {
    ...typeOf('enum'),
    facts: ofTypes,
    lists: [
      listSql(
        'labels',
        ['v.enumlabel'],
        'FROM pg_catalog.pg_enum v WHERE v.enumtypid = t.oid',
        'v.enumsortorder',
      ),
      typePrivileges,
    ],
  },
  domain: {
    ...typeOf('domain'),
    facts: {
      ...ofTypes,
      baseType: `pg_catalog.format_type(t.typbasetype, t.typtypmod) || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END`,
      default: 't.typdefault',
      check: `(SELECT pg_catalog.string_agg(pg_catalog.pg_get_constraintdef(k.oid), ' ' ORDER BY k.conname)
        FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c')`,
    },
    lists: [typePrivileges],
  },
  type: {
    ...typeOf('type'),
    facts: {
      ...ofTypes,
      baseType: `(SELECT 'RANGE (' || pg_catalog.format_type(r.rngsubtype, NULL) || ')'
        FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid)`,
    },
    lists: [typePrivileges],
    attributes: `(SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
        'name', a.attname, 'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
        'comment', pg_catalog.col_description(a.attrelid, a.attnum)) ORDER BY a.attnum)
      FROM pg_catalog.pg_attribute a WHERE a.attrelid = t.typrelid AND t.typrelid <> 0 AND a.attnum > 0 AND NOT a.attisdropped)`,
  },
  trigger,
  policy,
  extension,
  'foreign-server': foreignServer,
  publication,
  'event-trigger': eventTrigger,
  role,
} as const satisfies Partial<Record<NodeKind, ObjectSql>>;
