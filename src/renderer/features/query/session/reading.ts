import type { DataSourceId } from '../../../../shared/model/ids.ts';
import type { QuerySession } from '../../../../shared/model/query.ts';
import type { LexicalModes } from '../../../../shared/sql/SqlLanguage.ts';

/** How the sessions of a tab read, as far as the window knows. */
export interface Reading {
  readonly sourceId: DataSourceId;
  /** In the session that the tab has, or in its next one. */
  readonly modes: LexicalModes;
  /** Without what statements have set. */
  readonly usual: LexicalModes;
}

/** What a statement has set goes with its session; what a session began with holds for the next one, too. */
export function readingIn(
  session: QuerySession | null,
  sourceId: DataSourceId | null,
  known: Reading | null,
): Reading | null {
  if (session === null) return known === null ? null : { ...known, modes: known.usual };
  const { modes, holds } = session;
  if (modes === null || sourceId === null) return known;
  const isUsual = !holds.includes('setting');
  const before = known?.sourceId === sourceId ? known.usual : modes;
  return { sourceId, modes, usual: isUsual ? modes : before };
}
