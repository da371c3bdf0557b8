import type { EngineKind } from '../../../../shared/engines/settings.ts';
import type { SqlLanguage } from '../../../../shared/sql/SqlLanguage.ts';
import { queryText } from '../../../text/query.ts';
import { formatSql } from '../editor/formatSql.ts';
import { problem } from './problem.ts';
import { dataSourceOfTab, type QueryDesk } from './queryDesks.ts';
import { tabLanguage } from './tabLanguage.ts';

/** A part of a text that is laid out by itself. */
interface Piece {
  readonly from: number;
  readonly to: number;
}

/**
 * Each statement by itself, so that lines for the client and the data of a COPY stay as they are; all of the text where
 * the dialect is not known.
 */
const piecesOf = (text: string, language: SqlLanguage | null): readonly Piece[] =>
  language === null ? [{ from: 0, to: text.length }] : language.statements(text);

/** What the text becomes; null when nothing of it could be read. */
async function formatted(
  text: string,
  kind: EngineKind | null,
  language: SqlLanguage | null,
): Promise<string | null> {
  const parts: string[] = [];
  let at = 0;
  let readCount = 0;
  const pieces = piecesOf(text, language);
  for (const { from, to } of pieces) {
    const piece = text.slice(from, to);
    parts.push(text.slice(at, from));
    try {
      parts.push(await formatSql(piece, kind));
      readCount += 1;
    } catch {
      parts.push(piece);
    }
    at = to;
  }
  parts.push(text.slice(at));
  return readCount === 0 && pieces.length > 0 ? null : parts.join('');
}

/** Lays out the selection, or all of the text. What the formatter cannot read stays as it is. */
export async function formatTab(desk: QueryDesk): Promise<void> {
  const { editor } = desk;
  if (editor === null) return;
  const { from, to } = editor.range();
  const isPart = from !== to;
  const before = editor.text();
  const dataSource = dataSourceOfTab(desk.tabId);
  const language = dataSource === null ? null : tabLanguage(dataSource, desk.store.getState());
  const kind = dataSource?.engine.kind ?? null;
  const text = await formatted(isPart ? before.slice(from, to) : before, kind, language);
  // Somebody has typed meanwhile: what was laid out is not the text any more.
  if (desk.editor !== editor || editor.text() !== before) return;
  if (text === null) {
    desk.store.getState().report(problem(queryText.formatFailed, queryText.formatFailedDetail));
  } else if (isPart) editor.replace(from, to, text);
  else editor.replaceAll(text);
}
