import { describe, expect, it } from 'vitest';
import type { LogicalType, SourceColumn } from '../../../shared/model/columnTypes.ts';
import type { Pipeline, WriteMode } from '../../../shared/model/pipelines.ts';
import { systemClock } from '../../base/Clock.ts';
import { PostgresConnector } from '../../connectors/postgres/PostgresConnector.ts';
import type { WritableColumn, WritableTable } from '../../connectors/TableWriter.ts';
import type { MappedColumn } from '../copy/ports.ts';
import { planTable } from './planTable.ts';
import { driftOf } from './sourceDrift.ts';
import type { TableDestination } from './tablePlanRequest.ts';

const { types, writer } = new PostgresConnector(systemClock);
const sourceId = '7f0f9b8e-3f7a-4c58-9d7a-0d2b7a3f5a11';

const column = (name: string, declared: string): SourceColumn => ({
  ...{ name, declared, type: types.logical(declared), isNullable: true },
});
const mappedOf = (columns: readonly SourceColumn[]): MappedColumn[] =>
  columns.map(({ name, type, declared }) => ({ name, type, declared, isNullable: false }));
const tableOf = (
  columns: readonly (Partial<WritableColumn> & { name: string; declared: string })[],
  keys: string[][] = [],
): WritableTable => ({
  relation: { schema: 'copies', name: 'orders' },
  columns: columns.map((given) => ({
    ...{ type: types.logical(given.declared), isNullable: true, hasDefault: false },
    ...{ isGenerated: false, isIdentityAlways: false },
    ...given,
  })),
  uniqueKeys: keys,
  isTemporary: false,
});

interface Case {
  readonly mode?: WriteMode;
  readonly key?: string[];
  readonly shape?: readonly SourceColumn[];
  readonly drift?: Pipeline['drift'];
  readonly allowedLosses?: string[];
}

const titlesOf = ({ problems }: { readonly problems: readonly { readonly title: string }[] }) =>
  problems.map(({ title }) => title);

function planned(columns: readonly SourceColumn[], table: WritableTable | null, given: Case = {}) {
  const destination: TableDestination = {
    ...{ type: 'table', sourceId, table: { schema: 'copies', name: 'orders' } },
    ...{ mode: given.mode ?? 'append', key: given.key ?? [] },
  };
  const pipeline: Pipeline = {
    name: 'Orders',
    source: { type: 'query', sourceId, text: 'SELECT 1' },
    ...{ reading: { type: 'full' }, filters: [], columns: null, destination },
    drift: given.drift ?? { newColumns: 'add', changedTypes: 'widen' },
    shape: [...(given.shape ?? [])],
    allowedLosses: given.allowedLosses ?? [],
    ...{ schedule: { type: 'manual' }, isEnabled: false, maxRejectedRows: 0, maxAttempts: 1 },
  };
  if (writer === null) throw new Error('PostgreSQL is written to');
  const { drift, problems } = driftOf(pipeline.shape, columns, pipeline);
  const plan = planTable({
    ...{ pipeline, destination, mapped: mappedOf(columns), drift, table },
    ...{ rules: writer.names, words: writer.words, types },
  });
  return { ...plan, drift, problems: [...problems, ...plan.problems] };
}

describe('planTable', () => {
  const orders = [column('id', 'bigint'), column('net', 'numeric(10,2)'), column('gross', 'numeric')];

  it('makes a table with the types of the source and its key', () => {
    const plan = planned(orders, null, { mode: 'mirror', key: ['id'] });
    expect(plan.problems).toEqual([]);
    expect(plan.key).toEqual(['id']);
    expect(plan.columns.map(({ declared, isNullable }) => [declared, isNullable])).toEqual([
      ['bigint', false],
      ['numeric(10,2)', true],
      ['numeric', true],
    ]);
    expect(plan.statements).toHaveLength(1);
    expect(plan.statements[0]).toMatch(/_deleted_at[\s\S]*PRIMARY KEY/);
  });

  it('plans nothing for a table that it has made', () => {
    const made = planned(orders, null, { mode: 'upsert', key: ['id'] }).columns;
    const table = tableOf(
      made.map(({ name, declared, isNullable }) => ({ name, declared, isNullable })),
      [['id']],
    );
    const plan = planned(orders, table, { mode: 'upsert', key: ['id'], shape: orders });
    expect([plan.statements, plan.problems, plan.warnings]).toEqual([[], [], []]);
  });

  it('never writes a column that the server computes', () => {
    const table = tableOf(
      [
        { name: 'id', declared: 'bigint', isNullable: false, isIdentityAlways: true },
        { name: 'net', declared: 'numeric' },
        { name: 'gross', declared: 'numeric', isGenerated: true },
      ],
      [['id']],
    );
    const plan = planned(orders, table, { mode: 'upsert', key: ['id'] });
    expect(plan.columns.map(({ name }) => name)).toEqual(['id', 'net']);
    expect(plan.problems).toEqual([]);
    expect(plan.warnings).toEqual([expect.stringContaining('“gross”')]);
  });

  const before = [column('score', 'integer'), column('nick', 'character varying(11)')];
  const now = [column('score', 'numeric'), column('nick', 'character varying(35)')];
  const scores = tableOf(before.map(({ name, declared }) => ({ name, declared })));

  it('widens the columns of those whose type has changed', () => {
    const plan = planned(now, scores, { shape: before });
    expect(plan.problems).toEqual([]);
    expect(plan.columns.map(({ declared, isNew }) => [declared, isNew])).toEqual([
      ['numeric', false],
      ['character varying(35)', false],
    ]);
    expect(plan.statements).toHaveLength(2);
  });

  it('names each column with its old and new type where changes stop the pipeline', () => {
    const plan = planned(now, scores, { shape: before, drift: { newColumns: 'add', changedTypes: 'fail' } });
    const titles = titlesOf(plan).join('\n');
    expect(titles).toMatch(/“score”.*integer.*numeric/);
    expect(titles).toMatch(/“nick”.*character varying\(11\).*character varying\(35\)/);
    expect(plan.statements).toEqual([]);
  });

  it('adds new columns, ignores them or stops, as it is told', () => {
    const shape = [column('score', 'integer')];
    const table = tableOf([{ name: 'score', declared: 'integer' }]);
    const both = [...shape, column('extra', 'date')];
    const with_ = (newColumns: Pipeline['drift']['newColumns']) =>
      planned(both, table, { shape, drift: { newColumns, changedTypes: 'widen' } });
    expect(with_('add').statements).toEqual([expect.stringMatching(/ADD COLUMN "extra" date/)]);
    const ignored = with_('ignore');
    expect([ignored.columns.map(({ name }) => name), ignored.problems]).toEqual([['score'], []]);
    expect(titlesOf(with_('fail'))[0]).toMatch(/new column “extra”/);
  });

  it('stops where a column of the source is missing', () => {
    const plan = planned([column('score', 'integer')], scores, { shape: before });
    expect(titlesOf(plan)).toEqual([expect.stringMatching(/no longer has the column “nick”/)]);
  });

  it('refuses a loss unless it is allowed for that column', () => {
    const table = tableOf([{ name: 'score', declared: 'smallint' }]);
    const source = [column('score', 'bigint')];
    const refused = planned(source, table);
    expect(refused.problems).toMatchObject([
      { code: 'TYPE_LOSS', title: expect.stringContaining('“score”') },
    ]);
    expect(planned(source, table, { allowedLosses: ['score'] }).problems).toEqual([]);
    expect(
      planned([column('score', 'smallint')], tableOf([{ name: 'score', declared: 'bigint' }])).problems,
    ).toEqual([]);
  });

  it('says what a table lacks for the rows of the pipeline', () => {
    const table = tableOf([
      { name: 'id', declared: 'bigint' },
      { name: 'region', declared: 'text', isNullable: false },
    ]);
    const titles = titlesOf(planned([column('id', 'bigint')], table, { mode: 'upsert', key: ['id'] }));
    expect(titles).toEqual([
      expect.stringMatching(/no unique key of “id”/),
      expect.stringMatching(/“region”.*needs a value/),
    ]);
  });
});

describe('typeFit', () => {
  const text = (length: number | null): LogicalType => ({ type: 'text', length });
  it('knows the length of the texts of other types', () => {
    const table = tableOf([{ name: 'v', declared: 'character varying(36)' }]);
    expect(planned([{ ...column('v', 'uuid') }], table).problems).toEqual([]);
    expect(planned([{ ...column('v', 'text'), type: text(37) }], table).problems).toHaveLength(1);
  });
});
