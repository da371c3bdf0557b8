import type { LexicalModes, ScriptStatement, SqlLanguage } from '../../../../shared/sql/SqlLanguage.ts';

/** What of a script is run. */
export type RunScope = 'here' | 'all' | 'from-here';

/** A statement on its way to the server, and where it stood in the script. */
export interface RunPart {
  readonly text: string;
  readonly data: string | null;
  readonly from: number;
  /** UTF-16 units of the text that were put in front and are not in the script. */
  readonly lead: number;
  /** How it was read. */
  readonly modes: LexicalModes;
}

/** The cursor and what is selected, in UTF-16 units. */
export interface ScriptRange {
  readonly from: number;
  readonly to: number;
  readonly head: number;
}

/** The statement that a cursor belongs to: the one it stands in or before, or the last one of the script. */
export function statementAt(
  statements: readonly ScriptStatement[],
  position: number,
): ScriptStatement | null {
  return statements.find(({ end }) => position <= end) ?? statements.at(-1) ?? null;
}

const partOf =
  (script: string, offset: number) =>
  ({ from, to, data, modes }: ScriptStatement): RunPart => ({
    text: script.slice(from, to),
    data: data === null ? null : script.slice(data.from, data.to),
    from: from + offset,
    lead: 0,
    modes,
  });

/** Asks for the plan of a statement instead of its rows; it is not run. */
export function explained(part: RunPart): RunPart {
  if (/^EXPLAIN\b/i.test(part.text)) return part;
  const lead = 'EXPLAIN ';
  return { ...part, text: lead + part.text, lead: lead.length };
}

/**
 * Statements of a selection. Those that the whole script has in it are taken as they are, so that a selected procedure
 * is one statement although its DELIMITER line is not selected; a part of a statement is read by itself.
 */
function selectedParts(language: SqlLanguage, script: string, { from, to }: ScriptRange): readonly RunPart[] {
  const statements = language.statements(script);
  const touched = statements.filter((one) => one.from < to && one.to > from);
  const isWhole = touched.every((one) => one.from >= from && one.to <= to);
  if (isWhole) return touched.map(partOf(script, 0));
  const selected = script.slice(from, to);
  return language
    .inModes(touched[0]?.modes ?? language.modes)
    .statements(selected)
    .map(partOf(selected, from));
}

/**
 * What is to be run of a script: the selection or the statement at the cursor, all of it, or all from the cursor on.
 * Empty when there is no statement.
 */
export function partsToRun(
  language: SqlLanguage,
  script: string,
  range: ScriptRange,
  scope: RunScope,
): readonly RunPart[] {
  if (scope === 'here' && range.from !== range.to) return selectedParts(language, script, range);
  const statements = language.statements(script);
  if (scope === 'all') return statements.map(partOf(script, 0));
  const here = statementAt(statements, range.head);
  if (here === null) return [];
  const chosen = scope === 'here' ? [here] : statements.slice(statements.indexOf(here));
  return chosen.map(partOf(script, 0));
}
