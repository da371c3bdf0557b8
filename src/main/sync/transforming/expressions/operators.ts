import {
  compareDecimals,
  type Decimal,
  divided,
  maxDigits,
  powerOfTen,
  scaledTo,
  trimmed,
} from '../values/decimals.ts';
import { compareMoments, isEndless, parseMoment } from '../values/moments.ts';
import type { ArithmeticOperator, ComparisonOperator } from './ExpressionNode.ts';
import { ValueRefused } from './expressionError.ts';
import type { Value } from './typedValues.ts';

/** Fewest digits behind the point to which a quotient is worked out. */
const quotientScale = 10;

export function calculated(operator: ArithmeticOperator, left: Decimal, right: Decimal): Decimal {
  return checked(raw(operator, left, right));
}

function raw(operator: ArithmeticOperator, left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  switch (operator) {
    case '+':
      return { digits: scaledTo(left, scale) + scaledTo(right, scale), scale };
    case '-':
      return { digits: scaledTo(left, scale) - scaledTo(right, scale), scale };
    case '*':
      return { digits: left.digits * right.digits, scale: left.scale + right.scale };
    case '/':
      requireDivisor(right);
      return trimmed(divided(left, right, Math.max(scale, quotientScale)));
    case '%':
      requireDivisor(right);
      return { digits: scaledTo(left, scale) % scaledTo(right, scale), scale };
  }
}

function requireDivisor({ digits }: Decimal): void {
  if (digits === 0n) throw new ValueRefused('A number is divided by zero.');
}

/** @throws ValueRefused for a number with more digits than anything real has */
export function checked(value: Decimal): Decimal {
  const limit = powerOfTen(maxDigits);
  if (value.scale <= maxDigits && value.digits < limit && value.digits > -limit) return value;
  throw new ValueRefused(`A number has more than ${maxDigits} digits.`);
}

/** Negative, zero or positive. Both are of one type, or both are moments. */
export function compareValues(left: Exclude<Value, null>, right: Exclude<Value, null>): number {
  if (typeof left === 'object' && typeof right === 'object') return compareDecimals(left, right);
  if (typeof left === 'string' && typeof right === 'string') {
    // The bytes of UTF-8 compare as code points do.
    return left === right ? 0 : Buffer.compare(Buffer.from(left), Buffer.from(right));
  }
  return Number(left) - Number(right);
}

export function compareMomentTexts(left: Exclude<Value, null>, right: Exclude<Value, null>): number {
  const [one, other] = [String(left), String(right)];
  if (isEndless(one) || isEndless(other)) return rankOf(one) - rankOf(other);
  return compareMoments(momentOf(one), momentOf(other));
}

const rankOf = (text: string): number => (text === 'infinity' ? 1 : text === '-infinity' ? -1 : 0);

/** @throws ValueRefused for what is no date */
export function momentOf(text: string) {
  const moment = parseMoment(text);
  if (moment === null) throw new ValueRefused(`“${text.slice(0, 40)}” is no date.`);
  return moment;
}

export const holdsFor: Readonly<Record<ComparisonOperator, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Three-valued: NULL is “not known”. */
export const andOf = (left: () => Value, right: () => Value): Value => {
  const first = left();
  if (first === false) return false;
  const second = right();
  if (second === false) return false;
  return first === null || second === null ? null : true;
};

export const orOf = (left: () => Value, right: () => Value): Value => {
  const first = left();
  if (first === true) return true;
  const second = right();
  if (second === true) return true;
  return first === null || second === null ? null : false;
};
