import { beforeBracket } from './keyWords.ts';

/** A piece of a normal form. A `value` stands for a literal or a parameter. */
export interface Piece {
  readonly kind: 'word' | 'name' | 'value' | 'punctuation';
  readonly text: string;
  /** Nothing stands between it and the piece before in the text. */
  readonly isTouching: boolean;
  /** A sign before a value rather than between two. */
  readonly isSign: boolean;
}

const tightBefore = new Set([',', ')', ']', ';', '.', '::', '[']);
const tightBehind = new Set(['(', '[', '.', '::']);
/** What these mean may depend on what they touch: `@name`, `'user'@'host'`, `label:`. */
const asWritten = new Set(['@', ':', '\\', '#', '$']);

const isOperator = ({ kind, text }: Piece): boolean =>
  kind === 'punctuation' && text !== ')' && text !== ']' && text !== ',' && text !== ';';

/** Blanks follow from the pieces, so that a statement has one form however it is laid out. */
export function isBlankBetween(before: Piece, piece: Piece): boolean {
  if (tightBehind.has(before.text) || before.isSign) return false;
  if (piece.text === '(') return isBlankBeforeBracket(before, piece);
  if (tightBefore.has(piece.text)) return false;
  if (asWritten.has(before.text) || asWritten.has(piece.text)) return !piece.isTouching;
  // Two signs may be one operator.
  if (isOperator(before) && isOperator(piece)) return !piece.isTouching;
  return true;
}

/** `count(*)` and `count (*)` are two things to some servers. */
function isBlankBeforeBracket(before: Piece, piece: Piece): boolean {
  if (before.kind === 'word' && beforeBracket.has(before.text.toUpperCase())) return true;
  return before.kind === 'punctuation' || !piece.isTouching;
}
