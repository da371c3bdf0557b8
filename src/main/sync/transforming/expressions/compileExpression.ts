import type { LogicalType, SourceColumn } from '../../../../shared/model/columnTypes.ts';
import { parseDecimal } from '../values/decimals.ts';
import { columnPart } from './columnPart.ts';
import { comparisonPart, isComparison } from './comparisonPart.ts';
import type { ExpressionNode } from './ExpressionNode.ts';
import { expressionError, type Fail } from './expressionError.ts';
import { FunctionCall, strict, strictTwo } from './FunctionCall.ts';
import { functions, joined } from './functions.ts';
import { andOf, calculated, orOf } from './operators.ts';
import { parseExpression } from './Parser.ts';
import {
  anyDecimal,
  anyText,
  commonType,
  isNumber,
  longInteger,
  numberIn,
  type RowCells,
  type TypedPart,
  textIn,
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
  readonly #columns: readonly SourceColumn[];
  readonly #fail: Fail;

  constructor(text: string, columns: readonly SourceColumn[]) {
    this.#columns = columns;
    this.#fail = (at, problem) => expressionError(text, at, problem);
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
        return columnPart(node, this.#columns, this.#fail);
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
    if (number === null) throw this.#fail(at, 'The number has too many digits.');
    const isLong = number.scale === 0 && number.digits < 2n ** 63n;
    return { at, type: isLong ? longInteger : anyDecimal, evaluate: () => number };
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
    const negate = strict(numberIn(part), ({ digits, scale }) => ({ digits: -digits, scale }));
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
    if (isComparison(operator)) return comparisonPart(at, operator, [left, right], this.#fail);
    for (const part of [left, right]) this.#require(part, isNumber, 'a number');
    const evaluate = strictTwo(numberIn(left), numberIn(right), (one, other) =>
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
    if (shape === undefined) throw this.#fail(at, `There is no function ${name}().`);
    const { least, most, make } = shape;
    if (parts.length < least || parts.length > most) {
      const wanted = least === most ? `${least}` : `${least} to ${most}`;
      throw this.#fail(at, `${name}() takes ${wanted} values, not ${parts.length}.`);
    }
    const call = new FunctionCall(name, at, parts, this.#fail);
    return { at, ...make(call) };
  }

  #choice(at: number, name: 'coalesce' | 'nullif', parts: readonly TypedPart[]): TypedPart {
    const [first, second] = parts;
    if (first === undefined || (name === 'nullif' && (second === undefined || parts.length > 2))) {
      throw this.#fail(at, `${name}() takes ${name === 'nullif' ? '2 values' : 'at least 1 value'}.`);
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
    const isEqual = comparisonPart(at, '=', [first, second ?? first], this.#fail);
    const evaluate = (row: RowCells): Value => (isEqual.evaluate(row) === true ? null : first.evaluate(row));
    return { at, type: first.type, evaluate };
  }

  #common(parts: readonly TypedPart[]): LogicalType | null {
    let common: LogicalType | null = null;
    for (const { at, type } of parts) {
      if (type === null) continue;
      const next: LogicalType | null = common === null ? type : commonType(common, type);
      if (next === null) {
        throw this.#fail(at, `${typeWord(common)} and ${typeWord(type)} do not fit together.`);
      }
      common = next;
    }
    return common;
  }

  #require(part: TypedPart, isRight: (type: LogicalType) => boolean, wanted: string): void {
    if (part.type === null || isRight(part.type)) return;
    throw this.#fail(part.at, `${wanted} is needed here, not ${typeWord(part.type)}.`);
  }
}

/** What is calculated may be negative, and longer than its operands. */
const signedType = (type: LogicalType | null): LogicalType | null => {
  if (type?.type === 'decimal') return anyDecimal;
  if (type?.type !== 'integer') return type;
  return type.isUnsigned && type.bits === 64 ? anyDecimal : longInteger;
};
