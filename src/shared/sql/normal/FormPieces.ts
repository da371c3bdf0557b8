import { isBlankBetween, type Piece } from './spacing.ts';

/** An open bracket. */
interface Bracket {
  /** Where it stands among the pieces. */
  readonly at: number;
  /** What is in it is a list of which only the kinds of its members matter: `IN (…)`, `ARRAY[…]`. */
  readonly isList: boolean;
  /** Where its current member begins, and where the one before it began; -1 for none. */
  memberAt: number;
  previousAt: number;
  /** Where the last bracket inside it began, and the piece behind that. */
  closedAt: number;
  closedEnd: number;
}

const openAt = (at: number, isList: boolean): Bracket => ({
  ...{ at, isList, memberAt: at + 1, previousAt: -1, closedAt: -1, closedEnd: -1 },
});

/** The pieces of a normal form. Members of a list, and rows of VALUES, that are like the one before are left out. */
export class FormPieces {
  readonly #pieces: Piece[] = [];
  readonly #open: Bracket[] = [openAt(-1, false)];

  get last(): Piece | undefined {
    return this.#pieces.at(-1);
  }

  get length(): number {
    return this.#pieces.length;
  }

  /** The piece before the last one. */
  get secondLast(): Piece | undefined {
    return this.#pieces.at(-2);
  }

  add(piece: Piece): void {
    const { text } = piece;
    if (piece.kind !== 'punctuation') this.#pieces.push(piece);
    else if (text === '(' || text === '[') this.#openBracket(piece);
    else if (text === ')' || text === ']') this.#closeBracket(piece);
    else if (text === ',') this.#endMember(piece);
    else this.#pieces.push(piece);
  }

  removeLast(): void {
    this.#pieces.pop();
  }

  /** Forgets all from there on. */
  cutAt(index: number): void {
    this.#pieces.length = Math.min(index, this.#pieces.length);
  }

  /** Forgets what the end of the text has cut through: the last row, or the last member of a list. */
  dropUnfinished(): void {
    const outermost = this.#open[1];
    if (outermost === undefined) return;
    if (outermost.isList && outermost.previousAt >= 0) this.cutAt(outermost.memberAt - 1);
    else if (this.#pieces[outermost.at - 1]?.text === ',') this.cutAt(outermost.at - 1);
  }

  text(): string {
    return this.#pieces
      .map((piece, index) => {
        const before = this.#pieces[index - 1];
        return before !== undefined && isBlankBetween(before, piece) ? ` ${piece.text}` : piece.text;
      })
      .join('');
  }

  #openBracket(piece: Piece): void {
    const isList = piece.text === '[' || this.last?.text.toUpperCase() === 'IN';
    this.#open.push(openAt(this.#pieces.length, isList));
    this.#pieces.push(piece);
  }

  #closeBracket(piece: Piece): void {
    const bracket = this.#open.length > 1 ? this.#open.pop() : undefined;
    if (bracket !== undefined) this.#dropAlike(bracket);
    this.#pieces.push(piece);
    const around = this.#open.at(-1);
    if (bracket === undefined || around === undefined) return;
    const end = this.#pieces.length;
    const isNextRow = this.#pieces[bracket.at - 1]?.text === ',' && around.closedEnd === bracket.at - 1;
    if (isNextRow && this.#isAlike(around.closedAt, around.closedEnd, bracket.at, end)) {
      this.cutAt(bracket.at - 1);
    } else {
      around.closedAt = bracket.at;
      around.closedEnd = end;
    }
  }

  #endMember(comma: Piece): void {
    const bracket = this.#open.at(-1);
    if (bracket?.isList) {
      if (!this.#dropAlike(bracket)) bracket.previousAt = bracket.memberAt;
      bracket.memberAt = this.#pieces.length + 1;
    }
    this.#pieces.push(comma);
  }

  /** @returns whether the current member was like the one before, and is gone */
  #dropAlike({ isList, memberAt, previousAt }: Bracket): boolean {
    if (!isList || previousAt < 0) return false;
    if (!this.#isAlike(previousAt, memberAt - 1, memberAt, this.#pieces.length)) return false;
    this.cutAt(memberAt - 1);
    return true;
  }

  #isAlike(from: number, to: number, otherFrom: number, otherTo: number): boolean {
    if (to - from !== otherTo - otherFrom) return false;
    for (let index = 0; index < to - from; index += 1) {
      if (this.#pieces[from + index]?.text !== this.#pieces[otherFrom + index]?.text) return false;
    }
    return true;
  }
}
