import type { LogicalType } from '../../../../shared/model/columnTypes.ts';
import { castStep } from '../casts/castStep.ts';
import type { BinaryOperator, ComparisonOperator } from './ExpressionNode.ts';
import type { Fail } from './expressionError.ts';
import { compareMomentTexts, compareValues, holdsFor } from './operators.ts';
import {
  anyText,
  commonType,
  isMoment,
  type RowCells,
  type TypedPart,
  truth,
  typeWord,
  type Value,
} from './typedValues.ts';

export const isComparison = (operator: BinaryOperator): operator is ComparisonOperator =>
  operator in holdsFor;

/** Compares two values of one kind: numbers by value, moments by time, text by code point. */
export function comparisonPart(
  at: number,
  operator: ComparisonOperator,
  [left, right]: readonly [TypedPart, TypedPart],
  fail: Fail,
): TypedPart {
  const [one, other] = [asMoment(left, right, fail), asMoment(right, left, fail)];
  const areMoments = isMoment(one.type) && isMoment(other.type);
  const isFitting = one.type === null || other.type === null || commonType(one.type, other.type) !== null;
  if (!isFitting && !(areMoments && isSameZone(one.type, other.type))) {
    throw fail(at, `${typeWord(one.type)} is compared with ${typeWord(other.type)}.`);
  }
  const compare = areMoments ? compareMomentTexts : compareValues;
  const holds = holdsFor[operator];
  const evaluate = (row: RowCells): Value => {
    const [first, second] = [one.evaluate(row), other.evaluate(row)];
    return first === null || second === null ? null : holds(compare(first, second));
  };
  return { at, type: truth, evaluate };
}

/** A text literal beside a date is one. */
function asMoment(part: TypedPart, beside: TypedPart, fail: Fail): TypedPart {
  if (part.literal === undefined || beside.type === null || !isMoment(beside.type)) return part;
  const cast = castStep(anyText, beside.type);
  const value = typeof cast === 'function' ? cast(part.literal) : part.literal;
  if (typeof value !== 'string') throw fail(part.at, `“${part.literal}” is no date.`);
  return { at: part.at, type: beside.type, evaluate: () => value };
}

/** A date begins at midnight wherever it is compared. */
const isSameZone = (left: LogicalType | null, right: LogicalType | null): boolean =>
  left?.type === 'date' ||
  right?.type === 'date' ||
  (left?.type === 'timestamp' && right?.type === 'timestamp' && left.isZoned === right.isZoned);
