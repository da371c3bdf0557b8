import { describe, expect, it } from 'vitest';
import { postgresSql } from './postgresSql.ts';

const { traits } = postgresSql;

it('is read a part at a time in a long statement, and comes to the same', () => {
  const statement = `update a set b = :b where c in (${'1, '.repeat(10_000)}:d)`;
  const steps = postgresSql.read(statement);
  let pauseCount = 0;
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) pauseCount += 1;
  expect(pauseCount).toBeGreaterThan(2);
  expect(step.value).toEqual({ traits: traits(statement), parameters: postgresSql.parameters(statement) });
  expect(postgresSql.withPlaceholders(statement, step.value.parameters).names).toEqual(['b', 'd']);
});

describe('what touches every row', () => {
  it.each([
    "UPDATE parcel SET note = 'where' -- where id = 1",
    'UPDATE parcel SET w = (SELECT max(p.w) FROM parcel p WHERE p.id = 1);',
    'TRUNCATE parcel;',
    'delete from a using b',
    'update a set x = b.x from b',
    'update only "where" set x = 1 returning *',
    'with x as (select 1 where true) delete from a',
    'with x as not materialized (delete from a returning *) select * from x where true',
    'with recursive update as (select 1), y as (update a set b = 1) select * from update where true',
    'explain analyze delete from a',
    'explain (costs off, analyze) delete from a',
    'explain (analyze, costs off) delete from a',
    'explain analyse delete from a',
    'copy (delete from a returning *) to stdout',
    'insert into b with x as (delete from a returning *) select * from x',
  ])('%j does', (statement) => {
    expect(traits(statement)).toMatchObject({ touchesEveryRow: true, writes: true });
  });

  it.each([
    'DELETE FROM parcel WHERE id = 1;',
    "SELECT 'DROP TABLE parcel';",
    "INSERT INTO parcel VALUES (1,0,'') ON CONFLICT (id) DO UPDATE SET w = 0;",
    'SELECT * FROM parcel FOR UPDATE;',
    'select * from a for no key update',
    'update a set x = 1 where current of c',
    'merge into a using b on a.id = b.id when matched then update set x = 1 when not matched then do nothing',
    'create table a (b int references c on delete cascade on update set null)',
    'create rule r as on update to a do instead delete from b',
    'create trigger t before update or delete on a execute function f()',
    'grant update, delete on a to b',
    'with update as (select 1) select * from update',
    'create table a (update int, b int generated always as (update + 1) stored)',
    'explain delete from a',
    'explain (analyze false) delete from a',
    'declare c cursor for select * from a for update',
    'create function f() returns void begin atomic delete from a; end',
    'do $$ begin delete from a; end $$',
  ])('%j does not', (statement) => {
    expect(traits(statement).touchesEveryRow).toBe(false);
  });
});

describe('what writes', () => {
  it.each([
    'insert into a select 1',
    'with x as (insert into a values (1) returning *) select * from x',
    'select * into b from a',
    'copy a from stdin',
    "copy a to '/tmp/a'",
    'merge into a using b on true when matched then delete',
    'create table a ()',
    'do $$ begin end $$',
    'call p()',
    'execute q',
    'explain analyze insert into a values (1)',
    "commit prepared 'x'",
    'some new command',
  ])('%j may', (statement) => {
    expect(traits(statement).writes).toBe(true);
  });

  it.each([
    'select * from a for update',
    '(select 1) union (select 2)',
    'with x as (select 1) select * from x',
    'values (1)',
    'table a',
    'show all',
    'set x = 1',
    'copy a to stdout',
    'explain insert into a values (1)',
    'prepare q as delete from a',
    'begin',
    '-- nothing',
  ])('%j does not', (statement) => {
    expect(traits(statement).writes).toBe(false);
  });
});

it.each([
  ['select 1', 'SELECT'],
  ['/* a */ with x as (select 1) update a set b = 1', 'UPDATE'],
  ['with recursive delete (a, b) as (select 1, 2) select 1', 'SELECT'],
  ['with a as (select 1), update as (select 2) select * from update', 'SELECT'],
  ['((select 1) union select 2)', 'SELECT'],
  ['explain analyze verbose select 1', 'SELECT'],
  ['explain (analyze) insert into a values (1)', 'INSERT'],
  ['explain select 1', 'EXPLAIN'],
  ['create or replace view v as select 1', 'CREATE'],
  ['', ''],
])('the command of %j is %j', (statement, command) => {
  expect(traits(statement).command).toBe(command);
});

it.each([
  ['drop table a', true],
  ['alter table a drop column b', true],
  ['alter table a add c int, drop b', true],
  ['alter table a alter b drop default', false],
  ['alter table a alter b drop not null', false],
  ['alter table "drop" rename to b', false],
  ["select 'drop table a'", false],
  ['truncate a', false],
])('%j drops: %j', (statement, drops) => {
  expect(traits(statement).drops).toBe(drops);
});

it.each([
  ['begin', 'begin'],
  ['begin isolation level serializable', 'begin'],
  ['start transaction read only', 'begin'],
  ['commit and chain', 'commit'],
  ['end work', 'commit'],
  ['rollback', 'rollback'],
  ['rollback and no chain', 'rollback'],
  ['abort', 'rollback'],
  ['rollback to a', null],
  ['rollback work to savepoint a', null],
  ["rollback prepared 'x'", null],
  ['savepoint a', null],
  ['do $$ begin commit; end $$', null],
  ['create function f() returns int begin atomic select 1; end', null],
] as const)('%j is a word for a transaction: %j', (statement, transaction) => {
  expect(traits(statement).transaction).toBe(transaction);
});

it.each([
  ['create temp table a as select 1', ['temporary-table']],
  ['create or replace temporary view a as select 1', ['temporary-table']],
  ['create table pg_temp.a (b int)', ['temporary-table']],
  ['select a, b into temp c from d', ['temporary-table']],
  ['with x as (select 1) select * into temporary table c from x', ['temporary-table']],
  ['explain analyze create temp table a as select 1', ['temporary-table']],
  ['create temp table a (b int) on commit drop', []],
  ['create table temp (a int)', []],
  ['insert into temp select 1', []],
  ["set search_path = 'a'", ['setting']],
  ['set session time zone utc', ['setting']],
  ['set transaction_isolation = x', ['setting']],
  ['set role a', ['setting']],
  ['set local x = 1', []],
  ['set /* */ local x = 1', []],
  ['set transaction read only', []],
  ['set constraints all deferred', []],
  ["select set_config('a', 'b', false)", ['setting']],
  ['listen news', ['listening']],
  ['unlisten news', []],
  ['select pg_catalog.pg_advisory_lock(1), pg_try_advisory_lock (2)', ['lock']],
  ['select pg_advisory_xact_lock(1)', []],
  ["select 'pg_advisory_lock(1)', pg_advisory_lock from a", []],
  ['prepare q as select 1', ['prepared']],
  ["prepare transaction 'x'", []],
  ['declare c cursor with hold for select 1', ['prepared']],
  ['update a set temp = 1', []],
] as const)('%j leaves %j', (statement, leaves) => {
  expect(traits(statement).leaves).toEqual(leaves);
});

it.each([
  ['copy a from stdin', 'from-client'],
  ['copy a (b) from stdin with (format csv)', 'from-client'],
  ['copy (select 1 from stdin) to stdout', 'to-client'],
  ['copy a to stdout', 'to-client'],
  ["copy a from '/tmp/x'", null],
  ["copy a to program 'x'", null],
  ['select 1', null],
] as const)('%j copies %j', (statement, copy) => {
  expect(traits(statement).copy).toBe(copy);
});

describe('what changes the catalogue', () => {
  it.each([
    ['create table a (b int)', true],
    ['alter table a add c int', true],
    ['drop view a', true],
    ["comment on table a is 'b'", true],
    ['select * into a from b', true],
    ['create temp table a (b int)', false],
    ['select * into temp a from b', false],
    ['explain create table a as select 1', false],
    ['select * from a', false],
    ['insert into a values (1)', false],
  ] as const)('%j: %j', (statement, defines) => {
    expect(traits(statement).defines).toBe(defines);
  });
});
