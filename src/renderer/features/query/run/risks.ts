import type { Risk } from '../../../../shared/model/query.ts';
import type { SqlLanguage, StatementTraits } from '../../../../shared/sql/SqlLanguage.ts';
import type { RunPart } from './scriptParts.ts';

/** A statement that a person is asked about before anything runs. */
export interface RiskyStatement {
  readonly text: string;
  readonly command: string;
  readonly risks: readonly Risk[];
}

function risksOf(traits: StatementTraits, isProduction: boolean): readonly Risk[] {
  const risks: Risk[] = [];
  if (traits.touchesEveryRow) risks.push('every-row');
  if (traits.drops) risks.push('drop');
  if (traits.writes && isProduction) risks.push('production-write');
  return risks;
}

/** The statements with consequences that people have regretted, in order. */
export function riskyStatements(
  language: SqlLanguage,
  parts: readonly RunPart[],
  isProduction: boolean,
): readonly RiskyStatement[] {
  return parts.flatMap(({ text, modes }) => {
    const traits = language.inModes(modes).traits(text);
    const risks = risksOf(traits, isProduction);
    return risks.length === 0 ? [] : [{ text, command: traits.command, risks }];
  });
}

/** Each risk once. */
export const acceptedRisks = (statements: readonly RiskyStatement[]): Risk[] => [
  ...new Set(statements.flatMap(({ risks }) => risks)),
];
