import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogicalType, SourceColumn } from '../../../../shared/model/columnTypes.ts';
import { compileExpression } from './compileExpression.ts';

const column = (name: string, type: LogicalType): SourceColumn => ({
  ...{ name, declared: '', type, isNullable: true },
});
const text: LogicalType = { type: 'text', length: null };
const columns = [
  column('id', { type: 'integer', bits: 64, isUnsigned: false }),
  column('price', { type: 'decimal', precision: 38, scale: 10 }),
  column('name', text),
  column('isActive', { type: 'boolean' }),
  column('born', { type: 'date' }),
  column('seen', { type: 'timestamp', digits: 6, isZoned: true }),
  column('end', text),
];
const row: readonly (string | null)[] = [
  ...['9007199254740993', '1234567890123456789.0123456789', ' Größe 😀 ', 'true'],
  ...['2024-02-29', '2024-12-31 23:59:59.5Z', null],
];

const resultOf = (expression: string, cells = row): string | null =>
  compileExpression(expression, columns).evaluate((index) => cells[index] ?? null);
const problemOf = (expression: string): string => {
  try {
    compileExpression(expression, columns);
  } catch (error) {
    return error instanceof Error && 'detail' in error ? String(error.detail) : String(error);
  }
  return 'It was read.';
};

describe('Expressions', () => {
  it('calculate with all digits', () => {
    expect(resultOf('id + 1')).toBe('9007199254740994');
    expect(resultOf('price * 2 - 0.0000000001')).toBe('2469135780246913578.0246913577');
    expect(resultOf('0.1 + 0.2')).toBe('0.3');
    expect(resultOf('2 / 3')).toBe('0.6666666667');
    expect(resultOf('-7 % 3')).toBe('-1');
    expect(resultOf('-2 - 3 * (1 + 1)')).toBe('-8');
  });

  it('round half away from zero, and go to whole numbers on both sides of zero', () => {
    expect(
      ['round(2.5)', 'round(-2.5)', 'round(1.005, 2)', 'round(1250, -2)'].map((each) => resultOf(each)),
    ).toEqual(['3', '-3', '1.01', '1300']);
    expect(
      ['floor(-2.5)', 'ceil(-2.5)', 'floor(2.5)', 'ceil(2.4)', 'abs(-3)'].map((each) => resultOf(each)),
    ).toEqual([...['-3', '-2', '2', '3', '3']]);
  });

  it('count characters, and never cut one', () => {
    expect(resultOf('length(trim(name))')).toBe('7');
    expect(resultOf("right(trim(name), 1) || '!'")).toBe('😀!');
    expect(resultOf('substring(trim(name), 3, 2)')).toBe('öß');
    expect(resultOf("upper(replace(left(trim(name), 5), 'ße', 'x'))")).toBe('GRÖX');
  });

  it('take NULL for not known', () => {
    expect(resultOf('"end" = \'a\'')).toBeNull();
    expect(resultOf('"end" is null and not ("end" is not null)')).toBe('true');
    expect(resultOf('"end" = \'a\' or isActive')).toBe('true');
    expect(resultOf('not ("end" = \'a\')')).toBeNull();
    expect(resultOf('coalesce("end", \'none\')')).toBe('none');
    expect(resultOf('nullif(id, 9007199254740993)')).toBeNull();
    expect(resultOf('concat("end", id, isActive)')).toBe('9007199254740993true');
    expect(resultOf('case when "end" > \'a\' then 1 end')).toBeNull();
  });

  it('know dates and their parts', () => {
    expect(resultOf("born < '2024-03-01'")).toBe('true');
    expect(resultOf('seen > born')).toBe('true');
    expect(resultOf("concat(year(seen), '-', month(seen), '-', day(born))")).toBe('2024-12-29');
    expect(resultOf('date(seen)')).toBe('2024-12-31');
  });

  it('have a type before there is a row', () => {
    const typeOf = (expression: string) => compileExpression(expression, columns).type.type;
    expect(['id + 1', 'id / 2', 'price', 'name', 'id > 1', 'date(seen)', 'null'].map(typeOf)).toEqual([
      ...['integer', 'decimal', 'decimal', 'text', 'boolean', 'date', 'text'],
    ]);
    expect(typeOf('case when isActive then id else 0.5 end')).toBe('decimal');
  });

  it('say where they cannot be read', () => {
    expect(problemOf('id +')).toBe('At line 1, character 5: The expression ends too early.');
    expect(problemOf("name = 'a")).toBe("At line 1, character 8: A closing ' is missing.");
    expect(problemOf('id\n  + name')).toBe('At line 2, character 5: A number is needed here, not text.');
    expect(problemOf('salary')).toBe('At line 1, character 1: The source has no column “salary”.');
    expect(problemOf('eval(id)')).toBe('At line 1, character 1: There is no function eval().');
    expect(problemOf('left(name)')).toBe('At line 1, character 1: left() takes 2 values, not 1.');
    expect(problemOf('id = name')).toContain('A number is compared with text.');
    expect(problemOf("born > 'yesterday'")).toContain('“yesterday” is no date.');
    expect(problemOf('case when id then 1 end')).toContain('A truth value is needed here');
    expect(problemOf('end')).toContain('“end” is not expected here.');
  });

  it('reject the row that has no value', () => {
    expect(() => resultOf('1 / (id - id)')).toThrow('A number is divided by zero.');
    expect(() => resultOf('to_number(name)')).toThrow('is no number');
    expect(() => resultOf('id * id')).toThrow('64 bits');
    expect(() => resultOf('price + 1', ['1', 'NaN'])).toThrow('“NaN” cannot be calculated with.');
  });

  it('stay small, whatever is written', () => {
    expect(problemOf(`${'('.repeat(60)}1${')'.repeat(60)}`)).toContain('nested more than 50 levels');
    expect(problemOf(`1${'+1'.repeat(1_500)}`)).toContain('more than 1000 parts');
    const grown = Array.from({ length: 6 }).reduce<string>((inner) => `replace(${inner}, 'a', name)`, 'name');
    expect(() => resultOf(grown, [null, null, 'a'.repeat(1_000)])).toThrow('16 million');
  });

  it('read every text or refuse it with a place, and nothing else', () => {
    const pieces = fc.constantFrom(
      'id',
      'name',
      '(',
      ')',
      '+',
      '||',
      ' and ',
      'case',
      ' when ',
      "'x'",
      '1.5',
      ',',
      'left',
      '"',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const said = problemOf(parts.join(''));
        expect(said === 'It was read.' || said.startsWith('At line 1, character ')).toBe(true);
      }),
    );
  });

  it('add and compare as whole numbers of any size do', () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 62n), 2n ** 62n), fc.bigInt(-(2n ** 62n), 2n ** 62n), (one, other) => {
        const cells = [String(one), String(other)];
        expect(resultOf('id - to_number(price)', cells)).toBe(String(one - other));
        expect(resultOf('id < price', cells)).toBe(String(one < other));
      }),
    );
  });
});
