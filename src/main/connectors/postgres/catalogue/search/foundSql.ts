import {
  argumentTypes,
  isMadeTrigger,
  isMadeType,
  isPartOf,
  relationKind,
  routineKind,
  typeKind,
} from '../objectNames.ts';

/** Objects of one catalogue, with a text of theirs: expressions, and where they stand. */
interface Found {
  readonly kind: string;
  /** Default: that of a namespace `n`. */
  readonly schema?: string;
  readonly name: string;
  readonly qualifier?: string;
  /** What of the object the text belongs to; absent for the object itself. */
  readonly part?: { readonly kind: string; readonly name: string };
  readonly text: string;
  readonly from: string;
  readonly where: string;
}

const text = (sql: string): string => `(${sql})::pg_catalog.text`;

/** In the collation of the database: that of names knows no letters but those of English. */
export const foundSql = ({ kind, schema = 'n.nspname', name, qualifier, part, ...found }: Found): string => `
  SELECT ${[kind, schema, name, qualifier ?? 'NULL', part === undefined ? 'NULL' : `'${part.kind}'`, part?.name ?? 'NULL'].map(text).join(', ')},
         ${text(found.text)} COLLATE pg_catalog."default"
    FROM ${found.from}
   WHERE ${found.where}`;

/** PostgreSQL's own objects are in its manual. */
const isOfPeople = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;

const namespace = (id: string): string => `JOIN pg_catalog.pg_namespace n ON n.oid = ${id}`;

export const classId = (catalogue: string): string => `'pg_catalog.${catalogue}'::pg_catalog.regclass`;

/** An object and where it stands. What has a text of it, or of a part of it, is joined to it. */
type Place = Pick<Found, 'kind' | 'name' | 'from' | 'where'> & Partial<Pick<Found, 'schema' | 'qualifier'>>;

/** Relations `c`. */
export const relations = {
  kind: relationKind,
  name: 'c.relname',
  from: `pg_catalog.pg_class c ${namespace('c.relnamespace')}`,
  where: `c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${isOfPeople}`,
} satisfies Place;

/** What partitions have they have from their table, which is found by itself. */
export const wholeRelations = {
  ...relations,
  where: `${relations.where} AND NOT c.relispartition`,
} satisfies Place;

export const sequences = {
  kind: "'sequence'",
  name: 'c.relname',
  from: relations.from,
  where: `c.relkind = 'S' AND ${isOfPeople} AND NOT ${isPartOf('pg_class', 'c.oid', 'pg_class', "'i'")}`,
} satisfies Place;

/** Functions, procedures and aggregates `p`. */
export const routines = {
  kind: routineKind,
  name: 'p.proname',
  qualifier: argumentTypes,
  from: `pg_catalog.pg_proc p ${namespace('p.pronamespace')}`,
  where: `${isOfPeople} AND NOT ${isPartOf('pg_proc', 'p.oid', 'pg_type', "'i'")}`,
} satisfies Place;

/** Types `t`. */
export const types = {
  kind: typeKind,
  name: 't.typname',
  from: `pg_catalog.pg_type t ${namespace('t.typnamespace')}`,
  where: `${isOfPeople} AND ${isMadeType}`,
} satisfies Place;

/** Triggers `t` of relations `c`. */
export const triggers = {
  kind: "'trigger'",
  name: 't.tgname',
  qualifier: 'c.relname',
  from: `pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid ${namespace('c.relnamespace')}`,
  where: `${isOfPeople} AND ${isMadeTrigger}`,
} satisfies Place;

/** Policies `o` of relations `c`. */
export const policies = {
  kind: "'policy'",
  name: 'o.polname',
  qualifier: 'c.relname',
  from: `pg_catalog.pg_policy o JOIN pg_catalog.pg_class c ON c.oid = o.polrelid ${namespace('c.relnamespace')}`,
  where: isOfPeople,
} satisfies Place;

/** Indexes `x` of relations `c` that are not there for a constraint. */
export const indexes = {
  ...wholeRelations,
  from: `${relations.from}
    JOIN pg_catalog.pg_index i ON i.indrelid = c.oid
    JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid`,
  where: `${wholeRelations.where} AND NOT EXISTS (
     SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = x.oid AND k.contype IN ('p', 'u', 'x'))`,
} satisfies Place;

/** Those that somebody has made on this very object; that a column is not null is no constraint to anybody. */
const isOwnConstraint = "k.contype IN ('p', 'u', 'f', 'c', 'x') AND k.conparentid = 0 AND k.conislocal";

/** Constraints `k` of relations. */
export const constraints = {
  ...relations,
  from: `${relations.from} JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid`,
  where: `${relations.where} AND ${isOwnConstraint}`,
} satisfies Place;

/** Constraints `k` of domains. */
export const domainConstraints = {
  ...types,
  from: `${types.from} JOIN pg_catalog.pg_constraint k ON k.contypid = t.oid`,
  where: `${types.where} AND k.contype = 'c'`,
} satisfies Place;
