import type { ParameterValue } from '../../../../shared/model/query.ts';
import type { SqlLanguage } from '../../../../shared/sql/SqlLanguage.ts';
import type { RunPart } from './scriptParts.ts';

/** The parameters of statements, each once, in the order in which they first stand. */
export function parameterNames(language: SqlLanguage, parts: readonly RunPart[]): readonly string[] {
  return [
    ...new Set(
      parts.flatMap(({ text, modes }) =>
        language
          .inModes(modes)
          .parameters(text)
          .map(({ name }) => name),
      ),
    ),
  ];
}

const decimal = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** Whether a value can be sent as what it is said to be. */
export function isValidParameter({ type, value }: ParameterValue): boolean {
  if (type === 'number') return decimal.test(value.trim());
  return type !== 'boolean' || value === 'true' || value === 'false';
}

/** A value of a kind, with what was typed before where that fits. */
export function asType(parameter: ParameterValue, type: ParameterValue['type']): ParameterValue {
  if (type === 'boolean')
    return { ...parameter, type, value: parameter.value === 'false' ? 'false' : 'true' };
  return { ...parameter, type };
}
