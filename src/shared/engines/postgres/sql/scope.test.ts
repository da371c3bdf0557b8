import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnSource, ScopeRelation } from '../../../sql/scope/SqlScope.ts';
import { mysqlSql } from '../../mysql/sql/mysqlSql.ts';
import { postgresSql } from './postgresSql.ts';

const read = (marked: string, language = postgresSql) => {
  const offset = marked.indexOf('▮');
  const statement = marked.replace('▮', '');
  return {
    statement,
    scope: language.scopeAt(statement, offset),
    place: language.placeAt(statement, offset),
  };
};

const columnText = (columns: readonly ColumnSource[] | null): string =>
  columns === null
    ? '?'
    : columns.map((each) => ('name' in each ? each.name : `${each.all.alias}.*`)).join(',');

/** `c=sales.client(?)`: alias, name and columns. */
const relationText = ({ alias, schema, name, columns }: ScopeRelation): string =>
  `${alias}=${schema === null ? '' : `${schema}.`}${name ?? ''}(${columnText(columns)})`;

const relations = (marked: string) => read(marked).scope.relations.map(relationText);
const commonTables = (marked: string) =>
  read(marked).scope.commonTables.map(({ name, columns }) => `${name}(${columnText(columns)})`);

describe('the relations of a statement at a cursor', () => {
  const common =
    'WITH a AS (SELECT 1 AS x), b(y, z) AS (SELECT 1, 2), c AS (SELECT x AS "X y" FROM a) SELECT';

  it('are common table expressions with their columns', () => {
    expect(relations(`${common} b.▮ FROM b, c;`)).toEqual(['b=b(y,z)', 'c=c(X y)']);
    expect(relations(`${common} c.▮ FROM b, c;`)).toEqual(['b=b(y,z)', 'c=c(X y)']);
    expect(relations(`${common} c."X▮ FROM b, c;`)).toEqual(['b=b(y,z)', 'c=c(X y)']);
    expect(commonTables(`${common} 1 FROM ▮`)).toEqual(['a(x)', 'b(y,z)', 'c(X y)']);
    expect(commonTables('SELECT 1 FROM ▮')).toEqual([]);
    expect(commonTables('WITH a AS (SELECT 1 AS x), b AS (SELECT ▮) SELECT 1')).toEqual(['a(x)']);
    expect(commonTables('WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT ▮ FROM t) SELECT 1')).toEqual([
      't(n)',
    ]);
    expect(commonTables('WITH RECURSIVE t(m) AS (SELECT 1 AS n UNION SELECT ▮ FROM t) SELECT 1')).toEqual([
      't(m)',
    ]);
    expect(commonTables('WITH a AS (SELECT ▮), b AS (SELECT 1 AS x) SELECT 1')).toEqual([]);
  });

  it.each([
    ['SELECT c.▮ FROM sales.client c', ['c=sales.client(?)']],
    ['SELECT ▮ FROM "My db"."Client" AS "C d", other', ['C d=My db.Client(?)', 'other=other(?)']],
    ['SELECT * FROM Client C JOIN b ON ▮ WHERE', ['c=client(?)', 'b=b(?)']],
    ['SELECT * FROM a LEFT JOIN b USING (id), LATERAL c WHERE ▮', ['a=a(?)', 'b=b(?)', 'c=c(?)']],
    ['SELECT * FROM (a JOIN b ON a.x = b.▮) WHERE y', ['a=a(?)', 'b=b(?)']],
    ['SELECT ▮ FROM client c(x, y), f(1) AS g(n int, m text), h(2) i', ['c=client(x,y)', 'g=(n,m)', 'i=()']],
    ['SELECT a.▮ FROM a UNION ALL SELECT b.x FROM b', ['a=a(?)']],
    ['SELECT a.x FROM a UNION ALL SELECT ▮ FROM b', ['b=b(?)']],
    ['SELECT (SELECT max(▮) FROM b) FROM a', ['b=b(?)', 'a=a(?)']],
    ['SELECT * FROM a WHERE EXISTS (SELECT 1 FROM b WHERE ▮)', ['b=b(?)', 'a=a(?)']],
    ['SELECT * FROM a, (SELECT ▮ FROM b) c', ['b=b(?)']],
    ['SELECT extract(year FROM ▮) FROM a', ['a=a(?)']],
    ['SELECT x IS DISTINCT FROM y, ▮ FROM a', ['a=a(?)']],
    ['UPDATE client c SET a = ▮ FROM b WHERE', ['c=client(?)', 'b=b(?)']],
    ['DELETE FROM a USING b WHERE ▮', ['a=a(?)', 'b=b(?)']],
    ['MERGE INTO a USING (SELECT 1 AS x) b ON ▮ WHEN MATCHED THEN UPDATE SET y = 1', ['a=a(?)', 'b=(x)']],
    ['INSERT INTO a (x) SELECT ▮ FROM b ON CONFLICT DO NOTHING', ['b=b(?)']],
    ['INSERT INTO a (x) SELECT 1 FROM b ON CONFLICT (x) DO UPDATE SET x = ▮', ['a=a(?)', 'excluded=a(?)']],
    ['CREATE VIEW v AS SELECT ▮ FROM a', ['a=a(?)']],
    ['SELECT count(▮ FROM a WHERE x = 1', ['a=a(?)']],
    ['SELECT * FROM a /* c */ b WHERE ▮', ['b=a(?)']],
    ['SELECT * FROM sales. JOIN b ON ▮', ['sales=sales(?)', 'b=b(?)']],
    ['SELECT ▮ FROM f(1), f(1) AS g(n geometry(point, b), m text)', ['f=()', 'g=(n,m)']],
    ['SELECT * FROM ((SELECT ▮ FROM b)) c', ['b=b(?)']],
    ['SELECT ▮ FROM ((SELECT 1 AS x)) c', ['c=(x)']],
    ['SELECT ▮ FROM (WITH w AS (SELECT 1 AS x) SELECT * FROM w) c', ['c=(x)']],
    ['SELECT * FROM a, LATERAL (SELECT ▮ FROM b) c', ['b=b(?)', 'a=a(?)', 'c=()']],
    ['SELECT x INTO b FROM a WHERE ▮', ['a=a(?)']],
    ['SELECT copy c FROM a ORDER BY x USING OPERATOR(<) LIMIT ▮', ['a=a(?)']],
    ['SELECT ▮ FROM a FOR UPDATE OF a', ['a=a(?)']],
    ['SELECT * FROM a ORDER BY x DESC NULLS LAST LIMIT ▮', ['a=a(?)']],
    [
      'SELECT * FROM a, ONLY b, LATERAL f(x) c, d WITH ORDINALITY e WHERE ▮',
      ['a=a(?)', 'b=b(?)', 'c=()', 'e=d(?)'],
    ],
    ['SELECT * FROM a AS b CROSS JOIN c NATURAL JOIN d WHERE ▮', ['b=a(?)', 'c=c(?)', 'd=d(?)']],
    ['UPDATE a SET x = 1 FROM b JOIN c USING (id) WHERE ▮', ['a=a(?)', 'b=b(?)', 'c=c(?)']],
    ['SELECT a FROM a UNION VALUES (▮)', []],
    ['INSERT INTO a SELECT x FROM b RETURNING ▮', ['a=a(?)']],
    ['COPY a FROM STDIN WHERE ▮', ['a=a(?)']],
    ['CREATE INDEX i ON a (▮)', ['a=a(?)']],
    ['CREATE TRIGGER t BEFORE UPDATE ON a FOR EACH ROW ▮', ['a=a(?)']],
    ['ALTER TABLE IF EXISTS a DROP ▮', ['a=a(?)']],
    ['GRANT UPDATE ON a TO ▮', ['a=a(?)']],
    ['WITH a AS NOT MATERIALIZED (SELECT 1 AS x) SELECT ▮ FROM a', ['a=a(x)']],
    ['WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT ▮ FROM t) SELECT 1', ['t=t(n)']],
    ['WITH a AS (SELECT 1 AS x) SELECT ▮ FROM sales.a', ['a=sales.a(?)']],
    [
      'WITH RECURSIVE a AS (SELECT 1 AS x) SEARCH DEPTH FIRST BY x SET y, b AS (SELECT 2 AS z) SELECT ▮ FROM b',
      ['b=b(z)'],
    ],
    ['SELECT a. ▮ FROM a', ['a=a(?)']],
    ['', []],
  ])('in %j are %j', (marked, expected) => {
    expect(relations(marked).filter((text) => !text.startsWith('v='))).toEqual(expected);
  });

  it('have the columns that a query gives them', () => {
    const columnsOf = (query: string) => relations(`SELECT t.▮ FROM (${query}) t`)[0];
    expect(columnsOf('SELECT a, b.c, d e, f AS "G", "H"')).toBe('t=(a,c,e,G,H)');
    expect(columnsOf('SELECT DISTINCT count(*), max(x)::int, 1 + 1, sum(y) AS s, z::text')).toBe(
      't=(count,max,s,z)',
    );
    expect(columnsOf('SELECT *, x.* FROM x, y')).toBe('t=(x.*,y.*,x.*)');
    expect(columnsOf('SELECT y.*, x.a FROM x, y')).toBe('t=(y.*,a)');
    expect(columnsOf('SELECT ALL a, s.t.b, c::int, d::int AS e, (f) g, h[1] i')).toBe('t=(a,b,c,e,g,i)');
    expect(columnsOf("SELECT NULL, TRUE, a IS NULL, 'x' b, 1 c, f(d, e), g + h")).toBe('t=(b,c,f)');
    expect(columnsOf('SELECT a IS DISTINCT FROM b AS c, d AS end FROM e')).toBe('t=(c,end)');
    expect(columnsOf('SELECT * FROM (SELECT a, x.* FROM x) y')).toBe('t=(a,x.*)');
    expect(columnsOf('SELECT CASE WHEN a THEN b END, CASE a WHEN 1 THEN 2 END c')).toBe('t=(c)');
    expect(columnsOf('SELECT a FROM x UNION SELECT b FROM y')).toBe('t=(a)');
    expect(columnsOf('(SELECT a FROM x) UNION SELECT b FROM y')).toBe('t=(a)');
    expect(relations('WITH d AS (DELETE FROM t WHERE x RETURNING id, t.*) SELECT ▮ FROM d')).toEqual([
      'd=d(id,t.*)',
    ]);
    expect(relations('SELECT ▮ FROM (VALUES (1, 2)) v(a, b)')).toEqual(['v=(a,b)']);
  });

  it.each([
    ['UPDATE a SET ▮', 'a=a(?)'],
    ['INSERT INTO sales.a AS b (▮', 'b=sales.a(?)'],
    ['DELETE FROM a USING b WHERE ▮', 'a=a(?)'],
    ['MERGE INTO a USING b ON ▮', 'a=a(?)'],
    ['COPY a (▮', 'a=a(?)'],
    ['SELECT ▮ FROM a', null],
    ['WITH d AS (DELETE FROM a RETURNING *) SELECT ▮ FROM d', null],
    ['WITH d AS (DELETE FROM a RETURNING ▮', 'a=a(?)'],
  ])('are in %j those that it changes: %j', (marked, expected) => {
    const { target } = read(marked).scope;
    expect(target && relationText(target)).toBe(expected);
  });

  it('are those of the other engine, which keeps the case of names', () => {
    expect(read('SELECT `c`.▮ FROM Sales.`T ``a` AS c', mysqlSql).scope.relations.map(relationText)).toEqual([
      'c=Sales.T `a(?)',
    ]);
    const ofMysql = (marked: string) => read(marked, mysqlSql).scope.relations.map(relationText);
    expect(ofMysql('DESC A ▮')).toEqual(['A=A(?)']);
    expect(ofMysql('INSERT INTO a SELECT x FROM b ON DUPLICATE KEY UPDATE x = ▮')).toEqual(['a=a(?)']);
    expect(ofMysql('CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM a WHERE ▮')).toEqual(['a=a(?)']);
    expect(read('UPDATE a JOIN b ON a.x = b.x SET ▮', mysqlSql).scope.relations.map(relationText)).toEqual([
      'a=a(?)',
      'b=b(?)',
    ]);
  });
});

describe('what is expected at a cursor', () => {
  it.each([
    ['▮', 'start'],
    ['SEL▮', 'start'],
    ['SELECT * FROM ▮', 'relation'],
    ['SELECT * FROM cl▮', 'relation'],
    ['SELECT * FROM sales.cl▮', 'relation'],
    ['SELECT * FROM a JOIN ▮', 'relation'],
    ['SELECT * FROM a, ▮ WHERE x', 'relation'],
    ['SELECT * FROM a JOIN b ON a.x = b.x, ▮', 'relation'],
    ['INSERT INTO ▮', 'relation'],
    ['UPDATE ▮', 'relation'],
    ['DROP TABLE ▮', 'relation'],
    ['SELECT * FROM (▮', 'start'],
    ['WITH a AS (▮', 'start'],
    ['CREATE VIEW v AS ▮', 'start'],
    ['SELECT ▮ FROM a', 'expression'],
    ['SELECT a, ▮ FROM a', 'expression'],
    ['SELECT a.▮ FROM a', 'expression'],
    ['SELECT f(▮) FROM a', 'expression'],
    ['SELECT f(a, ▮) FROM a', 'expression'],
    ['SELECT * FROM a WHERE x = ▮', 'expression'],
    ['SELECT * FROM a WHERE x AND ▮', 'expression'],
    ['SELECT * FROM a ORDER BY x DESC, ▮', 'expression'],
    ['SELECT extract(year FROM ▮)', 'expression'],
    ['SELECT * FROM a ▮', 'continuation'],
    ['SELECT a ▮', 'continuation'],
    ['SELECT f(a) ▮', 'continuation'],
    ['SELECT * FROM a FOR UPDATE ▮', 'continuation'],
    ['UPDATE a SET ▮', 'column'],
    ['UPDATE a SET x = 1, ▮', 'column'],
    ['UPDATE a SET x = ▮', 'expression'],
    ['INSERT INTO a (▮', 'column'],
    ['INSERT INTO a (x, ▮) VALUES (1)', 'column'],
    ['INSERT INTO a (x) VALUES (▮', 'expression'],
    ['INSERT INTO a VALUES (1) ON CONFLICT (▮', 'column'],
    ['ALTER TABLE a DROP COLUMN ▮', 'column'],
    ['CREATE INDEX i ON ▮', 'relation'],
    ['GRANT SELECT ON ▮', 'relation'],
    ['DELETE FROM a USING ▮', 'relation'],
    ['DELETE FROM a USING b, ▮', 'relation'],
    ['TRUNCATE a, ▮', 'relation'],
    ['DESC ▮', 'relation'],
    ['SELECT extract(year FROM x) FROM ▮', 'relation'],
    ['SELECT * FROM a WHERE x IN (SELECT y FROM ▮', 'relation'],
    ['WITH a AS MATERIALIZED (▮', 'start'],
    ['SELECT EXISTS (▮', 'start'],
    ['PREPARE q AS ▮', 'start'],
    ['SELECT * FROM a JOIN b USING (▮', 'expression'],
    ['SELECT x IS DISTINCT FROM ▮', 'expression'],
    ['SELECT x FROM a GROUP BY x, ▮', 'expression'],
    ['SELECT * FROM a WHERE x IN (1, ▮', 'expression'],
    ['CREATE INDEX i ON a (x, ▮', 'expression'],
    ['SELECT a + ▮', 'expression'],
    ['SET ▮', 'continuation'],
    ['SET x = 1, ▮', 'continuation'],
    ['SELECT a[1] ▮', 'continuation'],
    ['SELECT x FROM a ORDER BY x DESC ▮', 'continuation'],
    ['INSERT INTO a VALUES (1) ON CONFLICT DO UPDATE ▮', 'continuation'],
    ['SELECT 1 /* a */▮ + 2', 'continuation'],
    ["SELECT 'a'▮ + 2", 'continuation'],
    ["SELECT 'a'▮", 'continuation'],
    ['SELECT cast(a AS ▮)', 'type'],
    ['SELECT a::▮', 'type'],
    // A person's own text.
    ['SELECT 1 AS ▮', null],
    ['SELECT cast(a AS int) AS ▮', null],
    ['CREATE TABLE a AS SELECT 1 AS ▮', null],
    ['CREATE TABLE a (▮', null],
    ['CREATE TABLE a (x int GENERATED ALWAYS AS ▮', null],
    ['WITH RECURSIVE a (▮', null],
    ['CREATE TABLE IF NOT EXISTS a (▮', null],
    ['WITH RECURSIVE ▮', null],
    ['WITH ▮', null],
    ['WITH a (▮', null],
    ['WITH a AS (SELECT 1), ▮', null],
    ["SELECT 'a▮'", null],
    ["SELECT 'a▮", null],
    ["SELECT '▮", null],
    ['SELECT $$ a ▮', null],
    ['SELECT 1 -- a▮', null],
    ['SELECT 1 /* a▮ */', null],
    ['SELECT 12▮', null],
    ['SELECT :na▮', null],
  ])('%j expects %j', (marked, expected) => {
    expect(read(marked).place?.expects ?? null).toBe(expected);
  });

  it.each([
    ['SELECT c.na▮me FROM c', ['c'], 'name'],
    ['SELECT sales.client.▮ FROM c', ['sales', 'client'], ''],
    ['SELECT "C d" . "na▮me" FROM c', ['C d'], '"name"'],
    ['SELECT c."na▮ FROM c', ['c'], '"na'],
    ['SELECT c.▮ FROM c', ['c'], ''],
    ['SELECT na▮', [], 'na'],
    ['SELECT "na"▮', [], '"na"'],
    ['SELECT "▮', [], '"'],
    ["SELECT 'a' || ▮", [], ''],
  ])('%j has the qualifier %j and replaces %j', (marked, qualifier, replaced) => {
    const { place, statement } = read(marked);
    expect(place?.qualifier).toEqual(qualifier);
    expect(statement.slice(place?.from, place?.to)).toBe(replaced);
    expect(place?.isQuoted).toBe(replaced.startsWith('"'));
  });
});

describe('the name at an offset', () => {
  const nameAt = (marked: string) => {
    const name = postgresSql.nameAt(marked.replace('▮', ''), marked.indexOf('▮'));
    return name && [name.path.join('/'), name.relation && relationText(name.relation)];
  };

  it.each([
    ['SELECT c.▮name FROM sales.client c', ['c/name', null]],
    ['SELECT c▮.name FROM sales.client c', ['c', 'c=sales.client(?)']],
    ['SELECT name FROM sales.client▮ c', ['sales/client', 'c=sales.client(?)']],
    ['SELECT name FROM sa▮les.client c', ['sales', null]],
    ['SELECT b▮.x FROM a, b', ['b', 'b=b(?)']],
    ['SELECT 1 FROM a, b▮', ['b', 'b=b(?)']],
    ['SELECT 1 +▮ a', null],
    ["SELECT 'na▮me'", null],
  ])('in %j is %j', (marked, expected) => {
    expect(nameAt(marked)).toEqual(expected);
  });
});

it('reads any text at any offset, however deep', () => {
  const pieces = fc.constantFrom(
    ...'( ) , . ; * = :: [ ] SELECT FROM WHERE WITH AS a b " "c" \' UNION JOIN ON USING UPDATE SET INSERT INTO RETURNING VALUES RECURSIVE LATERAL'.split(
      ' ',
    ),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), fc.nat(), (parts, seed) => {
      const statement = parts.join(' ');
      const offset = seed % (statement.length + 1);
      const place = postgresSql.placeAt(statement, offset);
      expect(place === null || (place.from <= offset && offset <= place.to)).toBe(true);
      postgresSql.scopeAt(statement, offset);
      postgresSql.nameAt(statement, offset);
    }),
    { numRuns: 500 },
  );
  for (const opening of ['(', 'SELECT (', 'SELECT * FROM (', '(SELECT (', 'WITH a AS (']) {
    const deep = opening.repeat(10_000);
    expect(postgresSql.scopeAt(deep, deep.length).target).toBe(null);
  }
  const doubled = Array.from(
    { length: 60 },
    (_, index) => `t${index + 1} AS (SELECT * FROM t${index}, t${index} u)`,
  );
  const { relations } = postgresSql.scopeAt(
    `WITH t0 AS (SELECT 1 AS a), ${doubled.join()} SELECT * FROM t60`,
    0,
  );
  expect(relations).toEqual([]);
});
