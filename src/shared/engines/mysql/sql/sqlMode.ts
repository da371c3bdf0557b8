import type { LexicalModes } from '../../../sql/SqlLanguage.ts';

/** Modes that stand for several, of which one is ANSI_QUOTES. Servers list it beside them. */
const quotesNames = /\b(?:ANSI_QUOTES|ANSI|DB2|MAXDB|MSSQL|ORACLE|POSTGRESQL)\b/i;
const hasNoEscapes = /\bNO_BACKSLASH_ESCAPES\b/i;

/** @param sqlMode as the server has it: names, parted by commas */
export const modesOf = (sqlMode: string): LexicalModes => ({
  backslashEscapes: !hasNoEscapes.test(sqlMode),
  quotedNames: quotesNames.test(sqlMode),
});

/** `SET sql_mode = '…'`, also beside other variables; not that of the server as a whole. */
const setting =
  /(?:^|[\s,])(?<!\b(?:GLOBAL|PERSIST|PERSIST_ONLY)\s+)(?:@@(?:(?:SESSION|LOCAL)\s*\.\s*)?)?sql_mode\s*:?=\s*'([^']*)'/i;

/** How a session reads after a SET. An expression is not worked out: the server says what came of it. */
export function modesAfter(statement: string, modes: LexicalModes): LexicalModes {
  const [, sqlMode] = setting.exec(statement) ?? [];
  return sqlMode === undefined ? modes : modesOf(sqlMode);
}
