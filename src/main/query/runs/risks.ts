import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { Risk } from '../../../shared/model/query.ts';
import type { SqlLanguage } from '../../../shared/sql/SqlLanguage.ts';
import { consentRequiredError } from './queryErrors.ts';

/** Text that is looked at without a pause, in UTF-16 units. */
const sliceLength = 200_000;

/**
 * What a person has to agree to before anything of it runs. The window asks by the same rules; but what it says is
 * checked here.
 * @throws CONSENT_REQUIRED with all risks that were not accepted
 */
export async function requireAccepted(
  statements: readonly { readonly text: string }[],
  accepted: readonly Risk[],
  language: SqlLanguage,
  { environment }: Pick<DataSource, 'environment'>,
): Promise<void> {
  const open = new Set<Risk>();
  let length = 0;
  for (const { text } of statements) {
    const traits = language.traits(text);
    if (traits.touchesEveryRow) open.add('every-row');
    if (traits.drops) open.add('drop');
    if (traits.writes && environment === 'production') open.add('production-write');
    length += text.length;
    if (length > sliceLength) {
      length = 0;
      await nextTurn();
    }
  }
  for (const risk of accepted) open.delete(risk);
  if (open.size > 0) throw consentRequiredError([...open]);
}
