import { isCommentMark, type Lexer, tokensPerStep } from './Lexer.ts';
import type { BoundText, ParameterUse, Steps } from './SqlLanguage.ts';

/** How a server spells the parameters of a statement, and whether one value serves several places. */
export type Placeholders = 'numbered' | 'question-marks';

const openingWords = 16;

/** The first words of a statement, as in an outline. */
export function openingOf(lexer: Lexer): string {
  const words: string[] = [];
  while (words.length < openingWords && lexer.next()) {
    if (lexer.kind !== 'blank' && lexer.kind !== 'comment') words.push(lexer.word());
  }
  return words.filter((word) => !isCommentMark(word)).join(' ');
}

/** The parameters of a statement. A `?` is named by its number among them, from 1. */
export function* parametersOf(lexer: Lexer): Steps<ParameterUse[]> {
  const uses: ParameterUse[] = [];
  let questionMarks = 0;
  for (let count = 1; lexer.next(); count += 1) {
    if (count % tokensPerStep === 0) yield;
    if (lexer.kind !== 'parameter') continue;
    const { text, from, to } = lexer;
    const isNamed = to - from > 1;
    if (!isNamed) questionMarks += 1;
    uses.push({ name: isNamed ? text.slice(from + 1, to) : String(questionMarks), from, to });
  }
  return uses;
}

/** Replaces the parameters of a statement by placeholders; their values never become text. */
export function bind(
  statement: string,
  uses: readonly ParameterUse[],
  placeholders: Placeholders,
): BoundText {
  const names: string[] = [];
  const shifts: { readonly at: number; readonly original: number }[] = [];
  let text = '';
  let end = 0;
  for (const { name, from, to } of uses) {
    const known = placeholders === 'numbered' ? names.indexOf(name) : -1;
    if (known < 0) names.push(name);
    const number = known < 0 ? names.length : known + 1;
    text += statement.slice(end, from);
    shifts.push({ at: text.length, original: from });
    text += placeholders === 'numbered' ? `$${number}` : '?';
    shifts.push({ at: text.length, original: to });
    end = to;
  }
  return {
    text: text + statement.slice(end),
    names,
    originalOffset: (offset) => originalOffset(shifts, offset),
  };
}

function originalOffset(
  shifts: readonly { readonly at: number; readonly original: number }[],
  offset: number,
): number {
  const before = shifts.findLastIndex(({ at }) => at <= offset);
  const shift = shifts[before];
  if (shift === undefined) return offset;
  // Inside of a placeholder: where the parameter begins.
  return before % 2 === 0 ? shift.original : shift.original + offset - shift.at;
}
