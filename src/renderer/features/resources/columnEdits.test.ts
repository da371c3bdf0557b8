import { describe, expect, it } from 'vitest';
import { mergedColumns, newColumn, pathText, withColumnName, withPathText } from './columnEdits.ts';
import type { ColumnForm } from './resourceForm.ts';

const column = (name: string, more: Partial<ColumnForm> = {}): ColumnForm => ({
  name,
  path: [name],
  type: 'text',
  isNullable: true,
  origin: 'inferred',
  description: '',
  ...more,
});

describe('columns that are edited', () => {
  it('are set by hand from then on', () => {
    expect(withColumnName(column('id'), 'key')).toMatchObject({
      name: 'key',
      path: ['key'],
      origin: 'personal',
    });
  });

  it('keep where they come from when only their name is changed', () => {
    const city = column('city', { path: ['address', 'city'] });
    expect(withColumnName(city, 'town').path).toEqual(['address', 'city']);
  });

  it('keep a key with a dot until somebody writes another one', () => {
    const dotted = column('a.b', { path: ['a.b'] });
    expect(withPathText(dotted, pathText(dotted))).toBe(dotted);
    expect(withPathText(dotted, 'a.c').path).toEqual(['a', 'c']);
  });

  it('get a name that none of the others has', () => {
    expect(newColumn([column('column 1')]).name).toBe('column 2');
  });

  it('win over those of an answer, and stay when the answer has them not', () => {
    const own = column('id', { type: 'bigint', origin: 'personal' });
    const gone = column('extra', { origin: 'personal' });
    const found = [column('id', { type: 'integer' }), column('name')];
    expect(mergedColumns([own, gone, column('old')], found)).toEqual([own, found[1], gone]);
    expect(mergedColumns(null, found)).toEqual(found);
  });
});
