import type { LogicalType } from '../../../../shared/model/columnTypes.ts';
import type { AppError } from '../../../base/AppError.ts';
import { type Decimal, trimmed } from '../values/decimals.ts';
import { type Fail, ValueRefused } from './expressionError.ts';
import {
  isMoment,
  isNumber,
  numberIn,
  type RowCells,
  type TypedPart,
  textIn,
  typeWord,
  type Value,
} from './typedValues.ts';

/** What a function gives. */
export type Evaluation = Pick<TypedPart, 'type' | 'evaluate'>;

/** A function with its operands, whose types are looked at before any row is read. */
export class FunctionCall {
  readonly #fail: Fail;

  /** @param fail makes the error for a place of the expression */
  constructor(
    readonly name: string,
    readonly at: number,
    readonly operands: readonly TypedPart[],
    fail: Fail,
  ) {
    this.#fail = fail;
  }

  /** The operand as text, whatever its type is. */
  text(index: number): (row: RowCells) => string | null {
    return textIn(this.#operand(index));
  }

  number(index: number): (row: RowCells) => Decimal | null {
    return numberIn(this.#require(index, isNumber, 'a number'));
  }

  /** A whole number of characters or digits. */
  count(index: number): (row: RowCells) => number | null {
    const number = this.number(index);
    return (row) => {
      const value = number(row);
      if (value === null) return null;
      const { digits, scale } = trimmed(value);
      if (scale > 0) throw new ValueRefused(`${this.name}() takes whole numbers.`);
      return Math.max(-1_000_000_000, Math.min(1_000_000_000, Number(digits)));
    };
  }

  /** The text of a date or time stamp. */
  moment(index: number): (row: RowCells) => string | null {
    const { evaluate } = this.#require(index, isMoment, 'a date or time stamp');
    return (row) => {
      const value = evaluate(row);
      return typeof value === 'string' ? value : null;
    };
  }

  typeOf(index: number): LogicalType | null {
    return this.#operand(index).type;
  }

  failure(at: number, problem: string): AppError {
    return this.#fail(at, problem);
  }

  #operand(index: number): TypedPart {
    return this.operands[index] ?? { at: this.at, type: null, evaluate: () => null };
  }

  #require(index: number, isRight: (type: LogicalType) => boolean, wanted: string): TypedPart {
    const operand = this.#operand(index);
    if (operand.type === null || isRight(operand.type)) return operand;
    throw this.#fail(operand.at, `${this.name}() takes ${wanted} here, not ${typeWord(operand.type)}.`);
  }
}

type Operand<Type> = (row: RowCells) => Type | null;

/** NULL where the operand is. */
export const strict =
  <One>(one: Operand<One>, work: (one: One) => Value): Operand<Exclude<Value, null>> =>
  (row) => {
    const value = one(row);
    return value === null ? null : work(value);
  };

/** NULL where one of the operands is. */
export const strictTwo =
  <One, Two>(
    one: Operand<One>,
    two: Operand<Two>,
    work: (one: One, two: Two) => Value,
  ): Operand<Exclude<Value, null>> =>
  (row) => {
    const [first, second] = [one(row), two(row)];
    return first === null || second === null ? null : work(first, second);
  };

/** Both operands, to be worked on together; NULL where one of them is. */
export const both =
  <One, Two>(one: Operand<One>, two: Operand<Two>): Operand<readonly [One, Two]> =>
  (row) => {
    const [first, second] = [one(row), two(row)];
    return first === null || second === null ? null : [first, second];
  };
