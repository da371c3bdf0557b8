import { describe, expect, it } from 'vitest';
import type { SourceColumn } from '../../../../../shared/model/columnTypes.ts';
import type { Pipeline } from '../../../../../shared/model/pipelines.ts';
import { plainCsv } from '../../../../../shared/model/plainCsv.ts';
import { castFormOf, castOf } from './castForm.ts';
import { draftOfForm, formFaults, pipelineOfForm } from './checkForm.ts';
import { addedColumn, columnFaults, withShape } from './columnForms.ts';
import { expressionOf, presetOf, presetOfType } from './cronForm.ts';
import { formOfPipeline, isSameForm } from './formOfPipeline.ts';
import { jsonPathText, readJsonPath } from './jsonPath.ts';
import { newPipelineForm, type PipelineForm, readPipelineForm } from './pipelineForm.ts';

const sourceId = crypto.randomUUID();
const columnOf = (name: string): SourceColumn => ({
  ...{ name, declared: 'text', type: { type: 'text', length: null }, isNullable: true },
});
const shape = ['id', 'email', 'doc'].map(columnOf);

const mapped: Pipeline = {
  name: 'Customers',
  source: { type: 'relation', sourceId, relation: { schema: 'sales', name: 'customers' } },
  reading: { type: 'incremental', cursor: 'id', lookback: 300 },
  filters: [{ column: 'email', operator: 'not-null', value: '' }],
  columns: [
    { name: 'key', origin: { type: 'column', name: 'id' }, cast: { type: 'uuid' }, mask: null },
    {
      name: 'mail',
      origin: { type: 'column', name: 'email' },
      cast: null,
      mask: { type: 'truncate', length: 3 },
    },
    {
      name: 'city',
      origin: { type: 'json', name: 'doc', path: ['home', '0', 'a.b'] },
      cast: { type: 'integer', bits: 24, isUnsigned: true },
      mask: null,
    },
    { name: 'nothing', origin: { type: 'constant', value: null }, cast: null, mask: null },
    { name: 'twice', origin: { type: 'expression', text: 'id * 2' }, cast: null, mask: null },
  ],
  destination: {
    type: 'table',
    sourceId,
    table: { schema: 'copy', name: 'customers' },
    mode: 'upsert',
    key: ['key'],
  },
  drift: { newColumns: 'fail', changedTypes: 'widen' },
  shape,
  allowedLosses: ['key'],
  schedule: { type: 'cron', expression: '0 7 * * 1-5', timeZone: 'Europe/Berlin', missed: 'skip' },
  isEnabled: false,
  maxRejectedRows: 12,
  maxAttempts: 3,
};
const toFile: Pipeline = {
  ...mapped,
  source: { type: 'query', sourceId, text: 'select 1' },
  reading: { type: 'full' },
  filters: [],
  columns: null,
  destination: {
    type: 'file',
    folder: '/data',
    name: 'customers {date}',
    format: { type: 'csv', options: { ...plainCsv, separator: ';' } },
  },
  schedule: { type: 'after', pipelineId: sourceId },
};

describe('the form of a pipeline', () => {
  it('makes the same pipeline again, whatever it holds', () => {
    for (const pipeline of [mapped, toFile]) {
      const kept = readPipelineForm(JSON.stringify(formOfPipeline(pipeline, 4)));
      expect(kept?.revision).toBe(4);
      expect(pipelineOfForm(kept as PipelineForm)).toEqual(pipeline);
    }
    expect(readPipelineForm('{"name":1}')).toBeNull();
  });

  it('says what is missing, step by step', () => {
    const faults = formFaults(newPipelineForm()).map(({ fault }) => fault);
    expect(faults).toEqual(['chooseSource', 'chooseDestination', 'name']);
    const lookback = { ...formOfPipeline(mapped, 1), mode: 'append' } as const;
    expect(formFaults(lookback)).toEqual([
      { step: 'destination', field: 'mode', fault: 'lookbackNeedsUpsert' },
    ]);
  });

  it('can be tried before it has a destination and a name', () => {
    const form = { ...formOfPipeline(mapped, 1), name: '', toSourceId: '' };
    expect(draftOfForm(form, 'columns')?.columns).toEqual(mapped.columns);
    expect(draftOfForm(form, 'destination')).toBeNull();
    expect(draftOfForm({ ...form, toSourceId: sourceId }, 'destination')?.destination).toEqual(
      mapped.destination,
    );
  });
});

describe('the columns of the form', () => {
  it('follow the source where nothing was changed, without becoming a change', () => {
    const form = formOfPipeline({ ...toFile, shape: shape.slice(1) }, 1);
    const followed = withShape(form, shape, 'x');
    expect(followed.columns.map(({ name, isOn }) => [name, isOn])).toEqual([
      ['id', true],
      ['email', true],
      ['doc', true],
    ]);
    expect(isSameForm(form, followed)).toBe(true);
    expect(pipelineOfForm(followed)?.columns).toBeNull();
  });

  it('stay as they are chosen when the source has more, and when what they need is gone', () => {
    const form = formOfPipeline(mapped, 1);
    const more = withShape(form, [...shape, columnOf('age')], 'x');
    expect(more.columns.filter(({ isOn }) => !isOn).map(({ from }) => from)).toEqual(['doc', 'age']);
    expect(isSameForm(form, more)).toBe(true);
    const less = withShape(form, shape.slice(1), 'x');
    expect([...columnFaults(less).values()]).toEqual(['gone']);
  });

  it('say what is wrong with them', () => {
    const base = newPipelineForm({ shape });
    const faultOf = (change: object) => [
      ...columnFaults({ ...base, columns: [{ ...addedColumn('json'), ...change }] }).values(),
    ];
    expect(faultOf({ from: 'doc', text: 'a..b', name: 'x' })).toEqual(['json']);
    expect(faultOf({ from: 'doc', text: 'a', name: ' ' })).toEqual(['name']);
    expect(faultOf({ from: 'doc', text: 'a', name: 'x', cast: 'decimal', castText: '2, 5' })).toEqual([
      'cast',
    ]);
    expect(faultOf({ from: 'doc', text: 'a', name: 'x', mask: 'truncate', maskText: '' })).toEqual(['mask']);
  });
});

describe('what is typed for a column', () => {
  it('is a path in JSON with keys, positions and quotes', () => {
    expect(readJsonPath('items[0].name')).toEqual(['items', '0', 'name']);
    expect(readJsonPath('"a.b".c')).toEqual(['a.b', 'c']);
    for (const wrong of ['', '.', 'a.', 'a[', 'a]b', '"a']) expect(readJsonPath(wrong)).toBeNull();
    for (const path of [['a.b', '0', 'c d'], ['"', ' x '], ['5']]) {
      expect(readJsonPath(jsonPathText(path))).toEqual(path);
    }
  });

  it('is a type with its length or its digits, and one that is not in the list is kept', () => {
    const cast = (castText: string) => castOf({ cast: 'decimal', castText, keptCast: null });
    expect(cast('12, 2')).toEqual({ type: 'decimal', precision: 12, scale: 2 });
    expect(cast('')).toEqual({ type: 'decimal', precision: null, scale: null });
    expect(cast('2, 12')).toBeUndefined();
    const odd = { type: 'timestamp', digits: 3, isZoned: true } as const;
    expect(castOf(castFormOf(odd))).toEqual(odd);
  });
});

describe('the presets of a schedule', () => {
  it('are what an expression says, and back', () => {
    for (const expression of [
      '* * * * *',
      '*/15 * * * *',
      '5 * * * *',
      '30 7 * * *',
      '0 7 * * 1-5',
      '0 0 * * 0',
    ]) {
      const preset = presetOf(expression);
      expect(preset && expressionOf(preset)).toBe(expression);
    }
    for (const own of ['0 7 1 * *', '*/7 * * * *', '0 7,9 * * *', '0 25 * * *'])
      expect(presetOf(own)).toBeNull();
    expect(expressionOf(presetOfType('weekly', '30 9 * * *'))).toBe('30 9 * * 1');
  });
});
