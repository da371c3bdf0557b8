import type { ParameterValue } from '../../../shared/model/query.ts';
import type { ParameterUse, SqlLanguage } from '../../../shared/sql/SqlLanguage.ts';
import type { Statement } from '../../connectors/Connection.ts';
import { parameterInvalidError, parametersMissingError } from './queryErrors.ts';

type Value = string | number | boolean | null;

/** A statement as it is sent. */
export interface BoundStatement {
  readonly statement: Statement;
  /** Where a position in it is in the text that the person wrote; both in UTF-16 units. */
  positionOf(sent: number): number;
}

/**
 * Values by the names of their parameters.
 * @throws INVALID_INPUT for a value that is not of its type
 */
export function valuesByName(parameters: readonly ParameterValue[]): ReadonlyMap<string, Value> {
  return new Map(parameters.map((parameter) => [parameter.name, boundValueOf(parameter)]));
}

/** @throws INVALID_INPUT naming the parameters of the statements that have no value */
export function requireValues(
  statements: readonly { readonly parameters: readonly ParameterUse[] }[],
  values: ReadonlyMap<string, Value>,
): void {
  const missing = new Set<string>();
  for (const { parameters } of statements) {
    for (const { name } of parameters) if (!values.has(name)) missing.add(name);
  }
  if (missing.size > 0) throw parametersMissingError([...missing]);
}

/**
 * The statement with its values beside it: they are never a part of its text.
 * @param uses the parameters of the text
 */
export function bindValues(
  text: string,
  uses: readonly ParameterUse[],
  values: ReadonlyMap<string, Value>,
  language: SqlLanguage,
): BoundStatement {
  const sent = language.withPlaceholders(text, uses);
  if (sent.names.length === 0) return { statement: { text }, positionOf: (offset) => offset };
  const bound = sent.names.map((name) => values.get(name) ?? null);
  return { statement: { text: sent.text, values: bound }, positionOf: sent.originalOffset };
}

function boundValueOf({ name, type, value }: ParameterValue): Value {
  switch (type) {
    case 'null':
      return null;
    case 'text':
      return value;
    case 'boolean': {
      const word = value.trim().toLowerCase();
      if (word !== 'true' && word !== 'false') throw parameterInvalidError(name, type);
      return word === 'true';
    }
    case 'number':
      return numberOf(name, value.trim());
  }
}

/** As a number where it is the same one; else as text, in which no digit is lost. */
function numberOf(name: string, text: string): Value {
  if (!/^[+-]?(\d+([.]\d*)?|[.]\d+)(e[+-]?\d+)?$/i.test(text)) throw parameterInvalidError(name, 'number');
  const number = Number(text);
  return String(number) === text ? number : text;
}
