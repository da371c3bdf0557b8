import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { Risk } from '../../../shared/model/query.ts';
import type { LexicalModes, SqlLanguage, StatementTraits } from '../../../shared/sql/SqlLanguage.ts';
import type { Clock } from '../../base/Clock.ts';
import { consentRequiredError } from './queryErrors.ts';

/** Statements are read for this long without a pause. */
const sliceMs = 10;

/** A statement, and how it was read when it was cut out of its script. */
export interface ReadStatement {
  readonly text: string;
  readonly modes: LexicalModes;
}

/** What each statement does, read a few at a time so that nothing else waits for it. */
export async function traitsOf(
  statements: readonly ReadStatement[],
  language: SqlLanguage,
  clock: Clock,
): Promise<readonly StatementTraits[]> {
  const traits: StatementTraits[] = [];
  let pausedMs = clock.monotonicMs();
  for (const { text, modes } of statements) {
    traits.push(language.inModes(modes).traits(text));
    if (clock.monotonicMs() - pausedMs < sliceMs) continue;
    await nextTurn();
    pausedMs = clock.monotonicMs();
  }
  return traits;
}

/**
 * What a person has to agree to before anything of a run is sent. The window asks by the same rules; but what it says is
 * checked here.
 * @throws CONSENT_REQUIRED with all risks that were not accepted
 */
export function requireAccepted(
  traits: readonly StatementTraits[],
  accepted: readonly Risk[],
  { environment }: Pick<DataSource, 'environment'>,
): void {
  const isProduction = environment === 'production';
  const risks: Record<Risk, boolean> = {
    'every-row': traits.some(({ touchesEveryRow }) => touchesEveryRow),
    drop: traits.some(({ drops }) => drops),
    'production-write': isProduction && traits.some(({ writes }) => writes),
  };
  const open = (Object.keys(risks) as Risk[]).filter((risk) => risks[risk] && !accepted.includes(risk));
  if (open.length > 0) throw consentRequiredError(open);
}
