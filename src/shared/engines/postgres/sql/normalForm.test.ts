import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { postgresSql } from './postgresSql.ts';

const { normalForm } = postgresSql;

describe('the normal form of a statement', () => {
  it.each([
    [
      `SELECT  *\nFROM "Orders" o WHERE o.ID=-5 AND name='it''s' -- why\n;`,
      'select * from "Orders" o where o.id = ? and name = ?',
    ],
    ['select a-1, -1, - b, a <= -1', 'select a - ?, ?, -b, a <= ?'],
    ['select .5, 1.5e-3, 0x1f, 1_000', 'select ?, ?, ?, ?'],
    [`select E'a\\'b', U&'x', x'1F', B'1', $$x'$$, $t$ $$ $t$, n'x'`, 'select ?, ?, ?, ?, ?, ?, ?'],
    ["select 'a'\n  'b' as x", 'select ? as x'],
    ['select $1, :name, $2::int', 'select ?, ?, ?::int'],
    ["select j->>'a', j #>> '{a}' from t", 'select j ->> ?, j #>> ? from t'],
    ['select count( * ), T . * , a [1], a[1:2] from t', 'select count(*), t.*, a[?], a[?:?] from t'],
    ["select interval '1' day, DATE '2020-01-01'", 'select interval ? day, date ?'],
    ['select a is not null, b = true, (false), null from t', 'select a is not null, b = ?, (?), ? from t'],
    ['delete from user order by id', 'delete from user order by id'],
    ['/* a */ /* /* b */ */', ''],
    [' \n', ''],
  ])('of %j is %j', (statement, form) => {
    expect(normalForm(statement)).toBe(form);
  });

  it.each([
    ['select 1 where a in (1, 2,3)', 'SELECT 9 WHERE a IN(5)'],
    ['select a = any(array[1, 2])', "SELECT a=ANY(ARRAY ['x'])"],
    ["insert into t (a, b) values (1, 'a'), (2, null), (-3, 'c')", "insert into t (a,b) values(1,'x')"],
    ['select 1 where (a, b) in ((1, 2), (3, 4))', 'select 1 where (a, b) in ((5, 6))'],
  ])('is the same for %j and %j', (one, other) => {
    expect(normalForm(one)).toBe(normalForm(other));
  });

  it('tells statements apart that do other things', () => {
    const forms = ['f(?)', 'f(?, ?)', '"F"(?)', '(values (?), (?, ?))', '(a + ?)', '(a - ?)'].map((text) =>
      normalForm(`select ${text.replaceAll('?', '1')}`),
    );
    expect(new Set(forms).size).toBe(forms.length);
  });

  it('reads strings as the session does', () => {
    const statement = String.raw`select 'it\'s', 'mine' from t`;
    const modes = { backslashEscapes: true, quotedNames: true };
    expect(postgresSql.inModes(modes).normalForm(statement)).toBe('select ?, ? from t');
    // Nobody who reads it otherwise can say what is a value.
    expect(normalForm(statement)).toBe('select …');
  });

  it.each([
    "ALTER ROLE bob PASSWORD 'secret'",
    'ALTER ROLE bob PASSWORD secret',
    'ALTER USER bob PASSWORD "secret"',
    "CREATE USER MAPPING FOR bob SERVER s OPTIONS (user 'bob', password 'secret')",
    'SET app.token TO secret',
    'SET app.token = "secret", other',
    'ALTER DATABASE shop SET app.token TO secret',
    "select 'it's secret'",
    "select 'it's john's secret' from t",
    `select "a from t where b = 'secret'`,
    "select 'secret",
    'select $$secret',
    "select E'\\'secret",
    "COPY t FROM PROGRAM 'curl -u bob:secret'",
    `select 'it's secret' ${'a, '.repeat(20_000)}`,
    'select 1 -- secret',
    'select /* secret',
    'select 12secret, 9secret8',
  ])('holds no value: %s', (statement) => {
    expect(normalForm(statement)).not.toContain('secret');
  });

  it('holds no value of any string, however it is spelled and wherever it stands', () => {
    const spellings = fc.constantFrom<(value: string) => string>(
      (value) => `'${value.replaceAll("'", "''")}'`,
      (value) => `E'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`,
      (value) => `$tag$${value.replaceAll('$', '')}$tag$`,
    );
    const value = fc.string().map((text) => `${text}secret${text}`);
    const places = fc.constantFrom(
      'select #',
      'select * from t where a = # and b',
      'f(#, #)',
      'a in (#, 1), #::x',
    );
    fc.assert(
      fc.property(spellings, value, places, (spell, text, place) => {
        expect(normalForm(place.replaceAll('#', () => spell(text)))).not.toContain('secret');
      }),
    );
  });

  it('of a long text is that of its beginning', () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `(${index}, 'v${index}')`).join(', ');
    expect(normalForm(`insert into t values ${rows} returning a`)).toBe('insert into t values (?, ?) …');
    const list = Array.from({ length: 20_000 }, (_, index) => index).join(', ');
    expect(normalForm(`select a from t where b in (${list})`)).toBe('select a from t where b in (? …');
  });

  it('is never long', () => {
    const form = normalForm(`select ${'🐘column, '.repeat(1_000)} a`);
    expect(form.length).toBeLessThanOrEqual(2_000);
    expect(form).not.toMatch(/[\ud800-\udbff]…$/);
    expect(form.endsWith('…')).toBe(true);
  });
});
