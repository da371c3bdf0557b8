import { describe, expect, it } from 'vitest';
import { mysqlSql } from './mysqlSql.ts';
import { modesOf } from './sqlMode.ts';

const split = (script: string) => mysqlSql.statements(script).map(({ from, to }) => script.slice(from, to));
const asked = (statement: string) => mysqlSql.parameters(statement).map(({ name }) => name);
const { traits } = mysqlSql;

describe('the statements of a script', () => {
  it.each([
    [
      String.raw`SELECT 'it\'s; fine' AS q; SELECT "a\";" ; SELECT 'a''b;', "a"";"; SELECT 2`,
      [
        String.raw`SELECT 'it\'s; fine' AS q`,
        String.raw`SELECT "a\";"`,
        `SELECT 'a''b;', "a"";"`,
        'SELECT 2',
      ],
    ],
    [
      String.raw`select n'\';', _utf8'a;', x';'; select 1`,
      [String.raw`select n'\';', _utf8'a;', x';'`, 'select 1'],
    ],
    ['select `a;``b\\`; select 1', ['select `a;``b\\`', 'select 1']],
    // Comments.
    ['select 1--1; select 2', ['select 1--1', 'select 2']],
    ['select 1 -- a; b\n; select 2 --\n; select 3--\t;', ['select 1', 'select 2', 'select 3']],
    ['select 1 # a; b\n; select 2', ['select 1', 'select 2']],
    ['select 1 # a\r; b\n, 2', ['select 1 # a\r; b\n, 2']],
    ['select /*/ ; */ 1', ['select /*/ ; */ 1']],
    ['select /* a /* ; */ 1; select 2', ['select /* a /* ; */ 1', 'select 2']],
    [
      '/*!40101 SET NAMES utf8 */;\n/*M!100100 select 1; */; select /*!80000 1, */ 2',
      ['/*!40101 SET NAMES utf8 */', '/*M!100100 select 1; */', 'select /*!80000 1, */ 2'],
    ],
    ['select 1a, 1e5, 0x1F, a$b, $$; select 2', ['select 1a, 1e5, 0x1F, a$b, $$', 'select 2']],
    [';;\n# nothing\n;SELECT 1;\r\n\r\n', ['SELECT 1']],
    ['select 1\\G\nselect 2\\g', ['select 1', 'select 2']],
    ['select 1 \\h; select 2', ['select 1 \\h', 'select 2']],
  ])('in %j are %j', (script, statements) => {
    expect(split(script)).toEqual(statements);
  });

  it('end where a DELIMITER line says', () => {
    const script =
      "DELIMITER $$\nCREATE PROCEDURE greet() BEGIN SELECT 'a;b' AS x; SELECT 2 AS y; END$$\nDELIMITER ;\nCALL greet();";
    expect(split(script)).toEqual([
      "CREATE PROCEDURE greet() BEGIN SELECT 'a;b' AS x; SELECT 2 AS y; END",
      'CALL greet()',
    ]);
    expect(
      split('delimiter //\r\nselect 1; select 4 / 2//\r\nselect 3 //\r\nDelimiter ;\r\nselect 4; select 5'),
    ).toEqual(['select 1; select 4 / 2', 'select 3', 'select 4', 'select 5']);
    expect(
      split(
        'DELIMITER ;;\n/*!50003 CREATE*/ /*!50003 TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET @a = 1; END */;;\nDELIMITER ;\nselect 1',
      ),
    ).toEqual([
      '/*!50003 CREATE*/ /*!50003 TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET @a = 1; END */',
      'select 1',
    ]);
  });

  it('end before a DELIMITER line even when their delimiter is missing', () => {
    expect(split('DELIMITER $$\nselect 1\nDELIMITER ;\nselect 2')).toEqual(['select 1', 'select 2']);
    expect(split('DELIMITER $$\r\nselect 1\r\nDELIMITER ; \r\nselect 2; select 3')).toEqual([
      ...['select 1', 'select 2', 'select 3'],
    ]);
    expect(split('select 1 as\ndelimiter from a')).toEqual(['select 1 as\ndelimiter from a']);
  });

  it('end at the delimiter that was set even where a body is not finished', () => {
    expect(split('DELIMITER $$\ncreate procedure p() begin select 1; $$\nselect 2 $$')).toEqual([
      ...['create procedure p() begin select 1;', 'select 2'],
    ]);
  });

  it('begin behind a DELIMITER line, which may be indented but is a line of its own', () => {
    const body = 'create procedure p() begin select 1; end';
    expect(split(`DELIMITER ;\n${body}; select 2`)).toEqual([body, 'select 2']);
    expect(split('DELIMITER $$\nselect 1\n \tDELIMITER ;\nselect 2; select 3')).toEqual([
      ...['select 1', 'select 2', 'select 3'],
    ]);
    expect(split('select a delimiter ;\nselect 2')).toEqual(['select a delimiter', 'select 2']);
  });

  it('keep their delimiter behind a DELIMITER line that names none', () => {
    expect(split('delimiter\nselect 1; select 2')).toEqual(['select 1', 'select 2']);
  });

  it('do not end inside of a body, although no DELIMITER line stands before it', () => {
    const bodies = [
      "create procedure p() begin select 'a;b'; select 2; end",
      'create definer = `a`@`%` function f(a int) returns int deterministic begin declare b int; return b; end',
      'create or replace procedure if not exists begin() begin end',
      'create trigger t before insert on data for each row set new.a = if(new.b, 1, 2)',
      'create trigger t before insert on a for each row if new.b then set new.a = 1; else if new.c then set new.a = 2; end if; end if',
      'create procedure p(begin int) begin if begin > 1 then select end from a; elseif x then select if(a, 1, 2); end if; end',
      'create procedure p() l: loop if a then leave l; end if; end loop l',
      'create procedure p() l:begin while a < 3 do set a = a + 1; end while; repeat set a = 1; until a > case when b then 1 else 2 end end repeat; end l',
      "create procedure p() begin case a when 1 then select repeat('a', 3); else begin end; end case; select case when a then if(b, 1, 2) else if(c, 1, 2) end; end",
      'create procedure p() begin declare exit handler for sqlexception begin rollback; end; declare continue handler for not found set done = 1; select a.end, b.begin; end',
      'create event e on schedule every 1 day do begin delete from a; end',
      'alter event e do begin delete from a; end',
      'create function f() returns int return case when a then 1 end',
      'create definer = root@localhost procedure p() begin select 1; select 2; end',
      'create /*!50017 definer=`a`@`%` */ trigger t before insert on a for each row begin set @a = 1; end',
      'create procedure p() begin declare continue handler for not found set done = 1; select begin, a.case from a; end',
      'create procedure p() begin if a then while b do set c = 1; end while; end if; end',
      'create procedure p() begin while a do if b then set c = 1; end if; end while; end',
      'create procedure p() begin repeat if a then set b = 1; end if; until c end repeat; end',
      'create procedure p() begin select until, end from a; do if(a, 1, 2); select 2; end',
      'begin not atomic select 1; begin select 2; end; end',
      'begin not atomic begin not atomic select 1; end; select 2; end',
      'for i in 1..3 do select i; end for',
      'if a then select 1; end if',
    ];
    for (const body of bodies) expect(split(`${body};\nselect 1;`)).toEqual([body, 'select 1']);
  });

  it('are not taken for bodies when they are none', () => {
    const script =
      'begin; create table if not exists a (begin int, end int); drop table if exists a; alter table a add b int; commit; create user a; create view v as select begin from b; select if(a, 1, 2)';
    expect(split(script)).toEqual(script.split('; '));
  });
});

it('finds the end of a quoted text however long it is', () => {
  const long = 'x'.repeat(200);
  for (const quote of ["'", '"', '`']) {
    const texts = [`${quote}${long};${quote}`, `${quote}${long}${quote}${quote}; ${long}${quote}`];
    for (const text of texts)
      expect(split(`select ${text}; select 1`)).toEqual([`select ${text}`, 'select 1']);
  }
  expect(split(`select '${long}\\'; ${long}'; select \`${long}\\\`; select '${long}`)).toEqual([
    ...[`select '${long}\\'; ${long}'`, `select \`${long}\\\``, `select '${long}`],
  ]);
});

describe('the tokens of a script', () => {
  it.each([
    ["n'a' N'b' nb'c'", ["string:n'a'", "string:N'b'", 'word:nb', "string:'c'"]],
    ['delimiter $$\r\n', ['client-command:delimiter $$']],
    ['$a', ['word:$a']],
    ['1a 1e5 0x1F 12', ['word:1a', 'number:1e5', 'number:0x1F', 'number:12']],
    ['delimiter $$\na $$', ['client-command:delimiter $$', 'word:a', 'delimiter:$$']],
    [
      '/*! 3*2 */ 4*/5',
      [
        ...['punctuation:/*!', 'number:3', 'punctuation:*', 'number:2', 'punctuation:*/'],
        ...['number:4', 'punctuation:*', 'punctuation:/', 'number:5'],
      ],
    ],
  ])('of %j are %j', (script, tokens) => {
    const told = mysqlSql.tokens(script).map(({ kind, from, to }) => `${kind}:${script.slice(from, to)}`);
    expect(told.filter((text) => !text.startsWith('blank:'))).toEqual(tokens);
  });
});

describe('the parameters of a statement', () => {
  it('are named, numbered, or question marks', () => {
    expect(asked('select :a, ?, :b_1, ? from t where x=:a limit $1')).toEqual([
      'a',
      '1',
      'b_1',
      '2',
      'a',
      '1',
    ]);
    expect(asked('select ?, :a, ?')).toEqual(['1', 'a', '2']);
    expect(asked('?')).toEqual(['1']);
    expect(mysqlSql.withPlaceholders('select :a, :b, :a')).toMatchObject({
      text: 'select ?, ?, ?',
      names: ['a', 'b', 'a'],
    });
  });

  it.each([
    String.raw`select 'it\' :a ?', ":b", ${'`:c ?`'}, '10:45' # :d ?`,
    'set @a := 1, @b:=c',
    'select a -- :b ?\n, /* ? */ 1, a->"$.b", $a, a$1',
    'create procedure p() l:loop leave l; end loop',
    "prepare q from 'select ?'",
    'create /*!50017 definer=`a`@`%` */ procedure p() select ?',
  ])('%j asks for none', (statement) => {
    expect(asked(statement)).toEqual([]);
  });
});

describe('what a statement does', () => {
  it.each([
    'update a set b = "where" # where',
    'update a join b on a.id = b.id set a.x = b.x',
    'delete a, b from a join b',
    'delete from a using a join b',
    'with x as (select 1 where 1) update a set b = 1',
    'truncate a',
    'alter table a truncate partition p',
    'analyze update a set b = 1',
    'explain analyze delete from a',
    'set statement max_statement_time = 1 for delete from a',
  ])('%j touches every row', (statement) => {
    expect(traits(statement)).toMatchObject({ touchesEveryRow: true, writes: true });
  });

  it.each([
    'insert into a values (1) on duplicate key update b = 1',
    'replace into a values (1)',
    'delete from a order by b limit 10',
    'delete a from a join b where a.id = b.id',
    'select * from a for update',
    'create trigger t before delete on a for each row delete from b',
    'explain delete from a',
    'analyze table a',
  ])('%j does not touch every row', (statement) => {
    expect(traits(statement).touchesEveryRow).toBe(false);
  });

  it.each([
    ['/*!40000 drop table a */', true],
    ['alter table a drop partition p', true],
    ['create or replace table a (b int)', true],
    ['create or replace view a as select 1', false],
    ['drop prepare q', false],
  ])('%j drops: %j', (statement, drops) => {
    expect(traits(statement).drops).toBe(drops);
  });

  it.each([
    ['begin', 'begin'],
    ['begin work', 'begin'],
    ['begin not atomic select 1; end', null],
    ['start transaction', 'begin'],
    ['start replica', null],
    ['commit and chain', 'commit'],
    ['rollback work', 'rollback'],
    ['rollback work to a', null],
    ['end', null],
  ] as const)('%j is a word for a transaction: %j', (statement, transaction) => {
    expect(traits(statement).transaction).toBe(transaction);
  });

  it.each([
    ['create temporary table a (b int)', ['temporary-table']],
    ['set names utf8', ['setting']],
    ['set @a = 1', ['setting']],
    ['set @@session.sql_mode = 1', ['setting']],
    ['set global x = 1', []],
    ['set @@global.x = 1', []],
    ['set transaction read only', []],
    ['set session transaction read only', ['setting']],
    ['use shop', ['setting']],
    ['select @a := 1', ['setting']],
    ['select 1 into @a', ['setting']],
    ["select get_lock('a', 1)", ['lock']],
    ['select get_lock from a', []],
    ['lock tables a read', ['lock']],
    ['unlock tables', []],
    ['flush tables with read lock', ['lock']],
    ["prepare q from 'select 1'", ['prepared']],
    ["create procedure p() select get_lock('a', 1)", []],
  ] as const)('%j leaves %j', (statement, leaves) => {
    expect(traits(statement).leaves).toEqual(leaves);
  });

  it.each([
    ['select 1', false],
    ["select 1 into outfile '/tmp/a'", true],
    ['show tables', false],
    ['desc a', false],
    ['set @a = 1', false],
    ['set global a = 1', true],
    ['call p()', true],
    ['begin not atomic delete from a; end', true],
    ['replace into a values (1)', true],
    ["load data infile 'a' into table b", true],
    ['analyze select 1', false],
  ])('%j writes: %j', (statement, writes) => {
    expect(traits(statement).writes).toBe(writes);
  });
});

describe('the modes of a session', () => {
  const splitIn = (sqlMode: string, script: string) =>
    mysqlSql
      .inModes(modesOf(sqlMode))
      .statements(script)
      .map(({ from, to }) => script.slice(from, to));

  it('decide what a backslash and double quotes mean', () => {
    const script = String.raw`SELECT 'a\'; SELECT "b\"; SELECT n'c\'`;
    const three = [String.raw`SELECT 'a\'`, String.raw`SELECT "b\"`, String.raw`SELECT n'c\'`];
    expect(splitIn('STRICT_TRANS_TABLES,NO_BACKSLASH_ESCAPES', script)).toEqual(three);
    expect(splitIn('', script)).toHaveLength(1);
    expect(splitIn('ANSI_QUOTES', String.raw`SELECT "b\"; SELECT 1`)).toHaveLength(2);
    expect(splitIn('ANSI_QUOTES', String.raw`SELECT 'b\'; SELECT 1`)).toHaveLength(1);
  });

  it('let double quotes name what is looked for', () => {
    const ansi = mysqlSql.inModes(modesOf('ANSI_QUOTES'));
    const statement = 'SELECT "my t".`a` FROM "my t"';
    expect(ansi.nameAt(statement, 16)?.path).toEqual(['my t', 'a']);
    expect(mysqlSql.nameAt(statement, 10)).toBeNull();
  });

  it.each([
    String.raw`SET sql_mode = 'NO_BACKSLASH_ESCAPES'; SELECT '\'; SELECT 2`,
    String.raw`set @a = 1, @@session.sql_mode := 'no_backslash_escapes'; SELECT '\'; SELECT 2`,
    String.raw`/*!40101 SET SQL_MODE='NO_BACKSLASH_ESCAPES' */; SELECT '\'; SELECT 2`,
  ])('are followed in a script: %s', (script) => {
    const statements = mysqlSql.statements(script);
    expect(statements).toHaveLength(3);
    expect(statements.map(({ modes }) => modes.backslashEscapes)).toEqual([true, false, false]);
  });

  it('stay as they are when a SET is about something else', () => {
    for (const text of ["SET GLOBAL sql_mode = 'ANSI'", "SET @sql_mode = 'ANSI'", 'SET sql_mode = @old']) {
      expect(mysqlSql.statements(`${text}; SELECT 1`).at(-1)?.modes).toEqual(mysqlSql.modes);
    }
  });
});
