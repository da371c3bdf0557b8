import { describe, expect, it } from 'vitest';
import { postgresSql } from './postgresSql.ts';

const split = (script: string) =>
  postgresSql.statements(script).map(({ from, to }) => script.slice(from, to));
const asked = (statement: string) => postgresSql.parameters(statement).map(({ name }) => name);

describe('the statements of a script', () => {
  it.each([
    // Dollars: inside of a name they open nothing, a tag may have digits.
    [
      'create table a$b$c (n int); select $q$ one; $q$, $$;$$, $t1$ $1 ; $t2$ $t1$; select 1',
      ['create table a$b$c (n int)', 'select $q$ one; $q$, $$;$$, $t1$ $1 ; $t2$ $t1$', 'select 1'],
    ],
    ['select $a; select 1', ['select $a', 'select 1']],
    ['select $Zü_1$ ; $Zü_1$; select 1', ['select $Zü_1$ ; $Zü_1$', 'select 1']],
    // Backslashes and the kinds of strings.
    [
      String.raw`select 'C:\'; select E'it\'s; fine'; select 'a' like 'a' escape '\'; select 2`,
      [
        String.raw`select 'C:\'`,
        String.raw`select E'it\'s; fine'`,
        String.raw`select 'a' like 'a' escape '\'`,
        'select 2',
      ],
    ],
    [
      String.raw`select e'\\'; select note'a;b'; select n'\'; select b';', x';'`,
      [String.raw`select e'\\'`, "select note'a;b'", String.raw`select n'\'`, "select b';', x';'"],
    ],
    [String.raw`select "a\"; select "b`, [String.raw`select "a\"`, 'select "b']],
    [String.raw`select U&'\;''', u&"a;""b" ; select 1`, [String.raw`select U&'\;''', u&"a;""b"`, 'select 1']],
    ["select 'it''s; fine'; select 1", ["select 'it''s; fine'", 'select 1']],
    ["select E'a' -- it's\n  '\\'; b'; select 1", ["select E'a' -- it's\n  '\\'; b'", 'select 1']],
    ["select b'1'--;\r\n'0;'; select 1", ["select b'1'--;\r\n'0;'", 'select 1']],
    // Comments.
    ['select /* a /* ; */ ; */ 1; select 2', ['select /* a /* ; */ ; */ 1', 'select 2']],
    ['select 1 -- a; b\r; select 2', ['select 1', 'select 2']],
    ['select 1--1;\n+ 2; select 5 */*;*/ 2', ['select 1--1;\n+ 2', 'select 5 */*;*/ 2']],
    ['select 1 # 2; select 3', ['select 1 # 2', 'select 3']],
    // What holds no statement is none.
    [';;\n-- first\nSELECT 1 AS a;\n/* and this; */ ;\nSELECT 2 -- LIMIT 5', ['SELECT 1 AS a', 'SELECT 2']],
    ['', []],
    // A blank line ends nothing.
    ['SELECT 1 AS a\r\n\r\n, 2 AS b\r\n\r\n;\r\nSELECT 3', ['SELECT 1 AS a\r\n\r\n, 2 AS b', 'SELECT 3']],
    // What is not closed goes to the end.
    ["select 'a; select 1", ["select 'a; select 1"]],
    ['select (1; select 2', ['select (1', 'select 2']],
  ])('in %j are %j', (script, statements) => {
    expect(split(script)).toEqual(statements);
  });

  it('do not end inside the body of a routine', () => {
    const bodies = [
      'create function f() returns int begin atomic select 1; select case when true then 2 end; end',
      'CREATE OR REPLACE PROCEDURE p(a int) LANGUAGE sql BEGIN /* */ ATOMIC insert into t values (a); END',
      'create function f() returns int begin atomic; select 1 as end, t.end, "end"; select 2 as case; end',
      'create function f() returns int return 1',
      'create rule r as on insert to t do also (insert into a values (1); delete from b)',
      'create function begin(atomic int) returns int return 1',
      'create view v as select begin atomic from t',
      'create table a (b',
    ];
    expect(split(`${bodies.join(';\n')};\nbegin; select 1; end; commit`)).toEqual([
      ...bodies,
      'begin',
      'select 1',
      'end',
      'commit',
    ]);
  });

  it('leave each character to one statement, for a cursor', () => {
    const script = 'select 1 ; -- one\nselect 2;\n\n';
    const { modes } = postgresSql;
    expect(postgresSql.statements(script)).toEqual([
      { from: 0, to: 8, end: 10, data: null, modes },
      { from: 18, to: 26, end: 27, data: null, modes },
    ]);
    expect(postgresSql.statements('select 1 -- the end\n')).toEqual([
      { from: 0, to: 8, end: 20, data: null, modes },
    ]);
  });

  it('do not hold the marks that pg_dump writes for psql', () => {
    expect(split('\\restrict abc\nselect 1;\n\\unrestrict abc\n')).toEqual(['select 1']);
    expect(split('\\connect other\nselect 1;')).toEqual(['\\connect other\nselect 1']);
  });
});

describe('the data of COPY FROM STDIN', () => {
  const dataOf = (script: string) =>
    postgresSql.statements(script).map(({ data }) => data && script.slice(data.from, data.to));

  it('is no SQL', () => {
    const script = "COPY parcel (id) FROM STDIN;\n3\nit's; 4\n\\.\nSELECT 1;";
    expect(split(script)).toEqual(['COPY parcel (id) FROM STDIN', 'SELECT 1']);
    expect(dataOf(script)).toEqual(["3\nit's; 4\n", null]);
  });

  it('may be empty, have Windows line breaks, and come behind a comment', () => {
    expect(dataOf('copy a from stdin;\n\\.\nselect 1')).toEqual(['', null]);
    expect(dataOf('copy a from stdin with (format csv); -- rows\r\n1\r\n\\.\r\nselect 1')).toEqual([
      '1\r\n',
      null,
    ]);
  });

  it('is given elsewhere when the script has none', () => {
    const script = 'copy a from stdin;\nselect 1;\nselect 2';
    expect(dataOf(script)).toEqual([null, null, null]);
    expect(dataOf("copy a from '/tmp/x';\n\\.\n")).toEqual([null, null]);
    expect(dataOf('copy (select 1 from stdin) to stdout;\n1\n\\.\n')).toEqual([null, null]);
    expect(dataOf('copy stdin to stdout;\n1\n\\.\n')).toEqual([null, null]);
    expect(dataOf('create table a ();\n1\n\\.\n')).toEqual([null, null]);
    expect(dataOf('select 1 from stdin;\n1\n\\.\n')).toEqual([null, null]);
  });
});

describe('the tokens of a script', () => {
  it.each([
    ["'a' 'b'", ["string:'a'", "string:'b'"]],
    ["'a' \n 'b'", ["string:'a' \n 'b'"]],
    ["'a'\r'b'", ["string:'a'\r'b'"]],
    ["'a' --'\n'b'", ["string:'a' --'\n'b'"]],
    [`ux'a' ux"a"`, ['word:ux', "string:'a'", 'word:ux', 'quoted-name:"a"']],
    ['$a a$1', ['punctuation:$', 'word:a', 'word:a$1']],
    ['1.5 1. .5 0x1F', ['number:1.5', 'number:1.', 'number:.5', 'number:0x1F']],
    ['1e5 1.5e-3 1_000 12', ['number:1e5', 'number:1.5e-3', 'number:1_000', 'number:12']],
    ['1..2 1a', ['number:1', 'punctuation:..', 'number:2', 'number:1', 'word:a']],
    [':: := : :a', ['punctuation:::', 'punctuation::=', 'punctuation::', 'parameter::a']],
    ['4 / 2 /* a */', ['number:4', 'punctuation:/', 'number:2', 'comment:/* a */']],
    [
      'copy a from stdin; --b\n1\n\\.\n',
      [
        ...['word:copy', 'word:a', 'word:from', 'word:stdin', 'delimiter:;', 'comment:--b'],
        'copy-data:1\n\\.',
      ],
    ],
    [`u&'a' U&"a"`, ["string:u&'a'", 'quoted-name:U&"a"']],
  ])('of %j are %j', (script, tokens) => {
    const told = postgresSql.tokens(script).map(({ kind, from, to }) => `${kind}:${script.slice(from, to)}`);
    expect(told.filter((text) => !text.startsWith('blank:'))).toEqual(tokens);
  });
});

it('takes all blanks that follow each other as one token', () => {
  expect(postgresSql.tokens(' \t\n a  ').map(({ from, to }) => [from, to])).toEqual([
    [0, 4],
    [4, 5],
    [5, 7],
  ]);
});

describe('the parameters of a statement', () => {
  it.each([
    ['SELECT :pw AS pw, :n::int + 1 AS n, :pw AS again', ['pw', 'n', 'pw']],
    [
      'select * from t where a=:a and b in (:b,:c) and d = any(array[:d, :e]) limit :f',
      ['a', 'b', 'c', 'd', 'e', 'f'],
    ],
    ['select $1, $2::int, $1', ['1', '2', '1']],
    ['select a[:lo : :hi], a[(:i)], a[x + :n]', ['hi', 'i', 'n']],
    ["select json_object('k' : :v), json_object(key :k value :v2)", ['v', 'k', 'v2']],
    ["select json_object('k' :f(:a), 'l' :b), f('k' :c), json_objectagg_of('k' :d)", ['a', 'c', 'd']],
    ['select a[1; select b :c', ['c']],
    ["select json_object('k' : case when a then :b end), c[1 : case when d then :e end]", ['b', 'e']],
  ])('%j asks for %j', (statement, names) => {
    expect(asked(statement)).toEqual(names);
  });

  it.each([
    `SELECT '{"id":1,"ok":false}'::jsonb AS j, '10:45:30'::time AS t, time '08:05' AS u, '$2y$10$abc' AS h, "a:b" FROM (SELECT 1 AS "a:b") q`,
    `SELECT '{"a":1}'::jsonb ? 'a' AS w, '{"a":1}'::jsonb ?| array['b','a'] AS x, '["a"]'::jsonb ?& array['a'] AS y, '{"a":[1]}'::jsonb @? '$.a[*]' AS z, (ARRAY[10,20,30])[1:2] AS s1, (ARRAY[10,20,30])[2:] AS s2, (ARRAY[10,20,30])[:2] AS s3, a[lo:hi] AS s4 FROM (SELECT ARRAY[10,20,30] AS a, 1 AS lo, 2 AS hi) v`,
    'select :',
    'create /* */ function f(int) returns int return $1',
    'select a[:hi], a[lo :hi], a[lo /* */ :hi], a[lo + 1 :hi], a[f(x) :hi], a[b[lo:hi]:hi]',
    'select f(a := 1, b:=c, d => e)',
    "select json_object('k':v, 'l' : w, m:n), json_object('o':p)",
    "select json_object('k' :v, 'l' :w), json_objectagg('m' :x)",
    "select 1 -- :a $1\n/* :b $2 */, $$ :c $3 $$, E'\\' :d', U&\":e\"",
    'select a$1, stock$q$one, x::text, x :: text',
    'prepare q (int) as select $1',
    'create or replace function f(int) returns int return $1 + 1',
  ])('%j asks for none', (statement) => {
    expect(asked(statement)).toEqual([]);
  });

  it('are numbered for the server, once for each name', () => {
    const bound = postgresSql.withPlaceholders('SELECT :pw AS pw, :n::int + 1 AS n, :pw AS again');
    expect(bound.text).toBe('SELECT $1 AS pw, $2::int + 1 AS n, $1 AS again');
    expect(bound.names).toEqual(['pw', 'n']);
    expect(postgresSql.withPlaceholders('select $2, :a, $2').text).toBe('select $1, $2, $1');
  });

  it('leave the way back from an offset of the server', () => {
    const statement = 'select :name, :n, oops';
    const { text, originalOffset } = postgresSql.withPlaceholders(statement);
    expect(originalOffset(text.indexOf('oops'))).toBe(statement.indexOf('oops'));
    expect(originalOffset(text.indexOf('$2'))).toBe(statement.indexOf(':n,'));
    expect(originalOffset(text.indexOf('$2') + 1)).toBe(statement.indexOf(':n,'));
    expect(originalOffset(text.indexOf(', oops'))).toBe(statement.indexOf(', oops'));
    expect(originalOffset(0)).toBe(0);
  });
});

it('reads a megabyte in one statement, and data that never ends, in one pass', () => {
  const rows = Array.from({ length: 100_000 }, (_, index) => `(${index})`).join(',');
  expect(postgresSql.statements(`insert into t values ${rows};`)).toHaveLength(1);
  expect(postgresSql.statements('copy a from stdin;\n'.repeat(20_000))).toHaveLength(20_000);
  expect(postgresSql.traits(`select ${'('.repeat(50_000)}`).command).toBe('SELECT');
});

describe('standard_conforming_strings', () => {
  it('decides what a backslash means', () => {
    const off = postgresSql.inModes({ backslashEscapes: true, quotedNames: true });
    const script = String.raw`select 'it\'s; fine'; select "a\", E'\''`;
    const first = ({ statements }: typeof off) => script.slice(0, statements(script)[0]?.to);
    expect(first(off)).toBe(String.raw`select 'it\'s; fine'`);
    expect(first(postgresSql)).toBe(String.raw`select 'it\'s`);
  });

  it('is followed in a script', () => {
    const script = String.raw`set local standard_conforming_strings to 'off'; select '\'; '; reset all; select '\'; select 1`;
    expect(postgresSql.statements(script).map(({ modes }) => modes.backslashEscapes)).toEqual([
      ...[false, true, true],
      ...[false, false],
    ]);
  });
});
