import type { SourceColumn } from '../../../../shared/model/columnTypes.ts';
import { type Decimal, parseDecimal } from '../values/decimals.ts';
import type { ExpressionNode } from './ExpressionNode.ts';
import { type Fail, ValueRefused } from './expressionError.ts';
import { anyText, isNumber, type TypedPart } from './typedValues.ts';

/** A column of the source. One that is not in quotes is also found by its name in other capitals, if no other is alike. */
export function columnPart(
  { at, name, isQuoted }: Extract<ExpressionNode, { type: 'column' }>,
  columns: readonly SourceColumn[],
  fail: Fail,
): TypedPart {
  const exact = columns.findIndex((column) => column.name === name);
  const index = exact >= 0 || isQuoted ? exact : alikeIndex(name, columns, at, fail);
  const column = columns[index];
  if (column === undefined) throw fail(at, `The source has no column “${name}”.`);
  const { type } = column;
  if (isNumber(type)) return { at, type, evaluate: (row) => numberOf(row(index)) };
  if (type.type === 'boolean') return { at, type, evaluate: (row) => truthOf(row(index)) };
  return { at, type: type.type === 'text' ? anyText : type, evaluate: (row) => row(index) };
}

function alikeIndex(name: string, columns: readonly SourceColumn[], at: number, fail: Fail): number {
  const lower = name.toLowerCase();
  const alike = columns.flatMap((column, index) => (column.name.toLowerCase() === lower ? [index] : []));
  if (alike.length < 2) return alike[0] ?? -1;
  throw fail(
    at,
    `Several columns are called “${name}” but for capital letters. Write the one you mean in double quotes.`,
  );
}

function numberOf(text: string | null): Decimal | null {
  if (text === null) return null;
  const number = parseDecimal(text);
  if (number === null) throw new ValueRefused(`“${text.slice(0, 40)}” cannot be calculated with.`);
  return number;
}

const truthOf = (text: string | null): boolean | null => (text === null ? null : text === 'true');
