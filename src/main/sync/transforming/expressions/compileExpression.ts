import type { LogicalType, SourceColumn } from '../../../../shared/model/columnTypes.ts';
import type { AppError } from '../../../base/AppError.ts';
import { castStep } from '../casts/castStep.ts';
import { type Decimal, parseDecimal } from '../values/decimals.ts';
import type { BinaryOperator, ComparisonOperator, ExpressionNode } from './ExpressionNode.ts';
import { expressionError, ValueRefused } from './expressionError.ts';
import { FunctionCall, strict, strictTwo } from './FunctionCall.ts';
import { functions, joined } from './functions.ts';
import { andOf, calculated, compareMomentTexts, compareValues, holdsFor, orOf } from './operators.ts';
import { parseExpression } from './Parser.ts';
import {
  anyDecimal,
  anyText,
  commonType,
  isMoment,
  isNumber,
  longInteger,
  type RowCells,
  type TypedPart,
  textOf,
  truth,
  typeWord,
  type Value,
} from './typedValues.ts';

/** An expression that fits the columns of a source. */
export interface CompiledExpression {
  readonly type: LogicalType;
  /**
   * The canonical text of its value for a row.
   * @throws ValueRefused with the reason why there is none
   */
  readonly evaluate: (row: RowCells) => string | null;
}

/**
 * Reads an expression and settles the type of each of its parts. Numbers are exact, however many digits they have; NULL is
 * “not known” as in SQL.
 * @throws PIPELINE_INVALID with the place of what does not fit
 */
export function compileExpression(text: string, columns: readonly SourceColumn[]): CompiledExpression {
  const { type, evaluate } = new Compiler(text, columns).part(parseExpression(text));
  return { type: type ?? anyText, evaluate: (row) => textOf(evaluate(row), type) };
}

class Compiler {
  readonly #text: string;
  readonly #columns: readonly SourceColumn[];

  constructor(text: string, columns: readonly SourceColumn[]) {
    this.#text = text;
    this.#columns = columns;
  }

  part(node: ExpressionNode): TypedPart {
    switch (node.type) {
      case 'text':
        return { at: node.at, type: anyText, evaluate: () => node.value, literal: node.value };
      case 'number':
        return this.#number(node.at, node.value);
      case 'boolean':
        return { at: node.at, type: truth, evaluate: () => node.value };
      case 'null':
        return { at: node.at, type: null, evaluate: () => null };
      case 'column':
        return this.#column(node);
      case 'unary':
        return this.#unary(node);
      case 'binary':
        return this.#binary(node);
      case 'case':
        return this.#case(node);
      case 'call':
        return this.#call(node);
    }
  }

  #number(at: number, value: string): TypedPart {
    const number = parseDecimal(value);
    if (number === null) throw this.#failure(at, 'The number has too many digits.');
    const isLong = number.scale === 0 && number.digits < 2n ** 63n;
    return { at, type: isLong ? longInteger : anyDecimal, evaluate: () => number };
  }

  #column({ at, name, isQuoted }: Extract<ExpressionNode, { type: 'column' }>): TypedPart {
    const index = this.#indexOf(name, isQuoted, at);
    const type = this.#columns[index]?.type ?? anyText;
    if (isNumber(type)) return { at, type, evaluate: (row) => numberOf(row(index)) };
    if (type.type === 'boolean') {
      return { at, type, evaluate: (row) => truthOf(row(index)) };
    }
    return { at, type: type.type === 'text' ? anyText : type, evaluate: (row) => row(index) };
  }

  #indexOf(name: string, isQuoted: boolean, at: number): number {
    const exact = this.#columns.findIndex((column) => column.name === name);
    if (exact >= 0) return exact;
    const lower = name.toLowerCase();
    const alike = this.#columns.flatMap((column, index) =>
      !isQuoted && column.name.toLowerCase() === lower ? [index] : [],
    );
    const [only] = alike;
    if (only !== undefined && alike.length === 1) return only;
    throw this.#failure(
      at,
      alike.length > 1
        ? `Several columns are called “${name}” but for capital letters. Write the one you mean in double quotes.`
        : `The source has no column “${name}”.`,
    );
  }

  #unary({ at, operator, operand }: Extract<ExpressionNode, { type: 'unary' }>): TypedPart {
    const part = this.part(operand);
    if (operator === 'is null' || operator === 'is not null') {
      const wanted = operator === 'is null';
      return { at, type: truth, evaluate: (row) => (part.evaluate(row) === null) === wanted };
    }
    if (operator === 'not') {
      this.#require(part, (type) => type.type === 'boolean', 'a truth value');
      return {
        at,
        type: truth,
        evaluate: (row) => {
          const value = part.evaluate(row);
          return value === null ? null : value !== true;
        },
      };
    }
    this.#require(part, isNumber, 'a number');
    const negate = strict(decimalOf(part), ({ digits, scale }) => ({ digits: -digits, scale }));
    return { at, type: signedType(part.type), evaluate: negate };
  }

  #binary(node: Extract<ExpressionNode, { type: 'binary' }>): TypedPart {
    const { at, operator } = node;
    const [left, right] = [this.part(node.left), this.part(node.right)];
    if (operator === 'and' || operator === 'or') return this.#logical(at, operator, left, right);
    if (operator === '||') {
      const evaluate = strictTwo(textIn(left), textIn(right), (one, other) => joined([one, other]));
      return { at, type: anyText, evaluate };
    }
    if (isComparison(operator)) return this.#comparison(at, operator, left, right);
    for (const part of [left, right]) this.#require(part, isNumber, 'a number');
    const evaluate = strictTwo(decimalOf(left), decimalOf(right), (one, other) =>
      calculated(operator, one, other),
    );
    const common = commonType(left.type ?? longInteger, right.type ?? longInteger);
    const isQuotient = operator === '/' && common?.type === 'integer';
    return { at, type: isQuotient ? anyDecimal : signedType(common), evaluate };
  }

  #logical(at: number, operator: 'and' | 'or', left: TypedPart, right: TypedPart): TypedPart {
    for (const part of [left, right]) this.#require(part, (type) => type.type === 'boolean', 'a truth value');
    const combine = operator === 'and' ? andOf : orOf;
    return {
      at,
      type: truth,
      evaluate: (row) =>
        combine(
          () => left.evaluate(row),
          () => right.evaluate(row),
        ),
    };
  }

  #comparison(at: number, operator: ComparisonOperator, left: TypedPart, right: TypedPart): TypedPart {
    const [one, other] = [this.#asMoment(left, right), this.#asMoment(right, left)];
    const areMoments = isMoment(one.type) && isMoment(other.type);
    const isFitting = one.type === null || other.type === null || commonType(one.type, other.type) !== null;
    if (!isFitting && !(areMoments && isSameZone(one.type, other.type))) {
      throw this.#failure(at, `${typeWord(one.type)} is compared with ${typeWord(other.type)}.`);
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
  #asMoment(part: TypedPart, beside: TypedPart): TypedPart {
    if (part.literal === undefined || beside.type === null || !isMoment(beside.type)) return part;
    const cast = castStep(anyText, beside.type);
    const value = typeof cast === 'function' ? cast(part.literal) : part.literal;
    if (typeof value !== 'string') throw this.#failure(part.at, `“${part.literal}” is no date.`);
    return { at: part.at, type: beside.type, evaluate: () => value };
  }

  #case({ at, branches, otherwise }: Extract<ExpressionNode, { type: 'case' }>): TypedPart {
    const typed = branches.map(({ when, result }) => ({ when: this.part(when), result: this.part(result) }));
    for (const { when } of typed) this.#require(when, (type) => type.type === 'boolean', 'a truth value');
    const last: TypedPart =
      otherwise === null ? { at, type: null, evaluate: () => null } : this.part(otherwise);
    const type = this.#common([...typed.map(({ result }) => result), last]);
    const evaluate = (row: RowCells): Value => {
      const chosen = typed.find(({ when }) => when.evaluate(row) === true);
      return (chosen?.result ?? last).evaluate(row);
    };
    return { at, type, evaluate };
  }

  #call({ at, name, operands }: Extract<ExpressionNode, { type: 'call' }>): TypedPart {
    const parts = operands.map((operand) => this.part(operand));
    if (name === 'coalesce' || name === 'nullif') return this.#choice(at, name, parts);
    const shape = functions.get(name);
    if (shape === undefined) throw this.#failure(at, `There is no function ${name}().`);
    const { least, most, make } = shape;
    if (parts.length < least || parts.length > most) {
      const wanted = least === most ? `${least}` : `${least} to ${most}`;
      throw this.#failure(at, `${name}() takes ${wanted} values, not ${parts.length}.`);
    }
    const call = new FunctionCall(name, at, parts, (place, problem) => this.#failure(place, problem));
    return { at, ...make(call) };
  }

  #choice(at: number, name: 'coalesce' | 'nullif', parts: readonly TypedPart[]): TypedPart {
    const [first, second] = parts;
    if (first === undefined || (name === 'nullif' && (second === undefined || parts.length > 2))) {
      throw this.#failure(at, `${name}() takes ${name === 'nullif' ? '2 values' : 'at least 1 value'}.`);
    }
    if (name === 'coalesce') {
      const type = this.#common(parts);
      const evaluate = (row: RowCells): Value => {
        for (const part of parts) {
          const value = part.evaluate(row);
          if (value !== null) return value;
        }
        return null;
      };
      return { at, type, evaluate };
    }
    const isEqual = this.#comparison(at, '=', first, second ?? first);
    const evaluate = (row: RowCells): Value => (isEqual.evaluate(row) === true ? null : first.evaluate(row));
    return { at, type: first.type, evaluate };
  }

  #common(parts: readonly TypedPart[]): LogicalType | null {
    let common: LogicalType | null = null;
    for (const { at, type } of parts) {
      if (type === null) continue;
      const next: LogicalType | null = common === null ? type : commonType(common, type);
      if (next === null) {
        throw this.#failure(at, `${typeWord(common)} and ${typeWord(type)} do not fit together.`);
      }
      common = next;
    }
    return common;
  }

  #require(part: TypedPart, isRight: (type: LogicalType) => boolean, wanted: string): void {
    if (part.type === null || isRight(part.type)) return;
    throw this.#failure(part.at, `${wanted} is needed here, not ${typeWord(part.type)}.`);
  }

  #failure(at: number, problem: string): AppError {
    // The name of a function stays as it is written.
    const isFunction = /^\w+\(/.test(problem);
    const sentence = `${problem.charAt(0).toUpperCase()}${problem.slice(1)}`;
    return expressionError(this.#text, at, isFunction ? problem : sentence);
  }
}

const isComparison = (operator: BinaryOperator): operator is ComparisonOperator => operator in holdsFor;

const isSameZone = (left: LogicalType | null, right: LogicalType | null): boolean =>
  left?.type === 'date' ||
  right?.type === 'date' ||
  (left?.type === 'timestamp' && right?.type === 'timestamp' && left.isZoned === right.isZoned);

/** What is calculated may be negative, and longer than its operands. */
const signedType = (type: LogicalType | null): LogicalType | null => {
  if (type?.type === 'decimal') return anyDecimal;
  if (type?.type !== 'integer') return type;
  return type.isUnsigned && type.bits === 64 ? anyDecimal : longInteger;
};

const decimalOf =
  ({ evaluate }: TypedPart) =>
  (row: RowCells): Decimal | null => {
    const value = evaluate(row);
    return typeof value === 'object' ? value : null;
  };

const textIn =
  ({ evaluate, type }: TypedPart) =>
  (row: RowCells): string | null =>
    textOf(evaluate(row), type);

function numberOf(text: string | null): Decimal | null {
  if (text === null) return null;
  const number = parseDecimal(text);
  if (number === null) throw new ValueRefused(`“${text.slice(0, 40)}” cannot be calculated with.`);
  return number;
}

const truthOf = (text: string | null): boolean | null => (text === null ? null : text === 'true');
