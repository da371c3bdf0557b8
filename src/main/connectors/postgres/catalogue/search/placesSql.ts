import type { SearchPlace } from '../../../../../shared/model/schemaSearch.ts';
import { databaseObjects } from '../objectNames.ts';
import {
  classId,
  constraints,
  domainConstraints,
  foundSql,
  indexes,
  policies,
  relations,
  routines,
  sequences,
  triggers,
  types,
  wholeRelations,
} from './foundSql.ts';

const column = { kind: 'column', name: 'a.attname' };
const constraint = { kind: 'constraint', name: 'k.conname' };
const index = { kind: 'index', name: 'x.relname' };

const shownColumn = 'a.attnum > 0 AND NOT a.attisdropped';

/** Attributes `a` of relations, and of composite types. */
const columns = {
  ...wholeRelations,
  from: `${wholeRelations.from} JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid`,
  where: `${wholeRelations.where} AND ${shownColumn}`,
};
const attributes = {
  ...types,
  from: `${types.from} JOIN pg_catalog.pg_attribute a ON a.attrelid = t.typrelid`,
  where: `${types.where} AND t.typtype = 'c' AND ${shownColumn}`,
};

const names: readonly string[] = [
  ...[relations, sequences, routines, types, triggers, policies].map((place) =>
    foundSql({ ...place, text: place.name }),
  ),
  ...databaseObjects.map(({ catalogue, kind, name }) =>
    foundSql({
      ...{ kind: `'${kind}'`, schema: "''", name: `o.${name}`, text: `o.${name}` },
      ...{ from: `pg_catalog.${catalogue} o`, where: 'true' },
    }),
  ),
  foundSql({ ...indexes, part: index, text: index.name }),
  foundSql({ ...constraints, part: constraint, text: constraint.name }),
  foundSql({ ...domainConstraints, part: constraint, text: constraint.name }),
];

const columnNames: readonly string[] = [
  foundSql({ ...columns, part: column, text: column.name }),
  foundSql({ ...attributes, part: column, text: column.name }),
  foundSql({
    ...routines,
    part: { kind: 'argument', name: 'a.name' },
    text: 'a.name',
    from: `${routines.from} CROSS JOIN LATERAL (SELECT DISTINCT u.name FROM pg_catalog.unnest(p.proargnames) u (name)) a`,
    where: `${routines.where} AND a.name <> ''`,
  }),
];

/** The comment on what is joined already. */
const described = (catalogue: string, id: string, part = '0'): string => `
    JOIN pg_catalog.pg_description d ON d.classoid = ${classId(catalogue)} AND d.objoid = ${id} AND d.objsubid = ${part}`;

type Place = Omit<Parameters<typeof foundSql>[0], 'text'>;

const commentSql = (place: Place, catalogue: string, id: string, part?: string): string =>
  foundSql({ ...place, from: `${place.from}${described(catalogue, id, part)}`, text: 'd.description' });

const comments: readonly string[] = [
  commentSql(relations, 'pg_class', 'c.oid'),
  commentSql(sequences, 'pg_class', 'c.oid'),
  commentSql({ ...columns, part: column }, 'pg_class', 'c.oid', 'a.attnum'),
  commentSql({ ...attributes, part: column }, 'pg_class', 't.typrelid', 'a.attnum'),
  commentSql(routines, 'pg_proc', 'p.oid'),
  commentSql(types, 'pg_type', 't.oid'),
  commentSql(triggers, 'pg_trigger', 't.oid'),
  commentSql(policies, 'pg_policy', 'o.oid'),
  commentSql({ ...indexes, part: index }, 'pg_class', 'x.oid'),
  commentSql({ ...constraints, part: constraint }, 'pg_constraint', 'k.oid'),
  commentSql({ ...domainConstraints, part: constraint }, 'pg_constraint', 'k.oid'),
  ...databaseObjects.map(({ catalogue, kind, name }) =>
    commentSql(
      {
        ...{ kind: `'${kind}'`, schema: "''", name: `o.${name}` },
        ...{ from: `pg_catalog.${catalogue} o`, where: 'true' },
      },
      catalogue,
      'o.oid',
    ),
  ),
];

/** Without the names of the index and of its table, which every one of its definitions holds. */
const indexBody = `pg_catalog.substr(pg_catalog.pg_get_indexdef(x.oid),
     pg_catalog.strpos(pg_catalog.pg_get_indexdef(x.oid), ' USING ') + 1)`;

const definitions: readonly string[] = [
  foundSql({
    ...routines,
    // Of an aggregate the server has none, and says so with an error.
    text: "CASE WHEN p.prokind <> 'a' THEN pg_catalog.pg_get_functiondef(p.oid) END",
  }),
  foundSql({
    ...relations,
    where: `${relations.where} AND c.relkind IN ('v', 'm')`,
    text: 'pg_catalog.pg_get_viewdef(c.oid)',
  }),
  foundSql({ ...triggers, text: 'pg_catalog.pg_get_triggerdef(t.oid)' }),
  foundSql({
    ...policies,
    text: `pg_catalog.concat_ws(pg_catalog.chr(10), pg_catalog.pg_get_expr(o.polqual, o.polrelid),
       pg_catalog.pg_get_expr(o.polwithcheck, o.polrelid))`,
  }),
  foundSql({ ...constraints, part: constraint, text: 'pg_catalog.pg_get_constraintdef(k.oid)' }),
  foundSql({ ...domainConstraints, part: constraint, text: 'pg_catalog.pg_get_constraintdef(k.oid)' }),
  foundSql({ ...indexes, part: index, text: indexBody }),
  foundSql({
    ...columns,
    part: column,
    from: `${columns.from} JOIN pg_catalog.pg_attrdef f ON f.adrelid = c.oid AND f.adnum = a.attnum`,
    text: 'pg_catalog.pg_get_expr(f.adbin, f.adrelid)',
  }),
  foundSql({
    ...types,
    part: { kind: 'value', name: 'v.enumlabel' },
    from: `${types.from} JOIN pg_catalog.pg_enum v ON v.enumtypid = t.oid`,
    text: 'v.enumlabel',
  }),
  foundSql({
    ...relations,
    part: { kind: 'rule', name: 'w.rulename' },
    from: `${relations.from} JOIN pg_catalog.pg_rewrite w ON w.ev_class = c.oid AND w.rulename <> '_RETURN'`,
    text: 'pg_catalog.pg_get_ruledef(w.oid)',
  }),
];

/** Of each place, all its texts with the objects that they belong to. */
export const placesSql: Readonly<Record<SearchPlace, readonly string[]>> = {
  names,
  columns: columnNames,
  comments,
  definitions,
};
