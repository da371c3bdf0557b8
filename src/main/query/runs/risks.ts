import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { Risk } from '../../../shared/model/query.ts';
import type { LexicalModes, SqlLanguage, StatementReading } from '../../../shared/sql/SqlLanguage.ts';
import { Pace } from '../../base/async/Pace.ts';
import type { Clock } from '../../base/Clock.ts';
import { consentRequiredError } from './queryErrors.ts';

/** A statement, and how it was read when it was cut out of its script. */
export interface ReadStatement {
  readonly text: string;
  readonly modes: LexicalModes;
}

/** What each statement does and asks for, read a part at a time so that nothing else waits for it. */
export async function readStatements(
  statements: readonly ReadStatement[],
  language: SqlLanguage,
  clock: Clock,
): Promise<readonly StatementReading[]> {
  const readings: StatementReading[] = [];
  const pace = new Pace(clock);
  for (const { text, modes } of statements) {
    const steps = language.inModes(modes).read(text);
    let step = steps.next();
    while (step.done !== true) {
      if (pace.isOver) await pace.rest();
      step = steps.next();
    }
    readings.push(step.value);
    if (pace.isOver) await pace.rest();
  }
  return readings;
}

/**
 * What a person has to agree to before anything of a run is sent. The window asks by the same rules; but what it says is
 * checked here.
 * @throws CONSENT_REQUIRED with all risks that were not accepted
 */
export function requireAccepted(
  readings: readonly Pick<StatementReading, 'traits'>[],
  accepted: readonly Risk[],
  { environment }: Pick<DataSource, 'environment'>,
): void {
  const isProduction = environment === 'production';
  const risks: Record<Risk, boolean> = {
    'every-row': readings.some(({ traits }) => traits.touchesEveryRow),
    drop: readings.some(({ traits }) => traits.drops),
    'production-write': isProduction && readings.some(({ traits }) => traits.writes),
  };
  const open = (Object.keys(risks) as Risk[]).filter((risk) => risks[risk] && !accepted.includes(risk));
  if (open.length > 0) throw consentRequiredError(open);
}
