import { isCommentMark, type Lexer, tokensPerStep } from './Lexer.ts';
import type { SessionState, StatementTraits, Steps } from './SqlLanguage.ts';
import { StatementHead } from './StatementHead.ts';
import type { TraitRules } from './TraitRules.ts';

/** Words of an outline; a statement that has more is judged by these. */
const longestOutline = 4_000;
/** What may be explained. */
const explained = new Set([
  'SELECT',
  'INSERT',
  'UPDATE',
  'DELETE',
  'MERGE',
  'REPLACE',
  'VALUES',
  'WITH',
  'CREATE',
  'DECLARE',
  'EXECUTE',
  'REFRESH',
]);
const defining = new Set(['CREATE', 'ALTER', 'DROP', 'RENAME', 'COMMENT', 'IMPORT']);
const beforeStatement = new Set(['AS', 'MATERIALIZED', 'COPY']);
const isFalse = /^'?(?:false|off|0)'?$/i;

/** Reads what one statement does; see `StatementTraits`. */
export class TraitReader {
  private main = new StatementHead(true);
  private outline: string[] = [];
  /** For each open parenthesis the statement that may be in it. */
  private readonly open: (StatementHead | null)[] = [];
  private changesRows = false;
  private touchesEveryRow = false;
  private readonly marks = new Set<SessionState>();
  /** While the statement behind an EXPLAIN has not begun. */
  private explanation: { runs: boolean } | null = null;
  /** What follows does not run, or says nothing more. */
  private isDecided = false;

  constructor(
    private readonly lexer: Lexer,
    private readonly rules: TraitRules,
  ) {}

  *read(): Steps<StatementTraits> {
    for (let count = 1; !this.isDecided && this.lexer.next(); count += 1) {
      if (count % tokensPerStep === 0) yield;
      const { kind } = this.lexer;
      if (kind === 'blank' || kind === 'comment') continue;
      if (kind === 'punctuation' || !this.isPassedOver()) this.see(this.lexer.word());
    }
    while (this.open.length > 0) this.close();
    this.finish(this.main);
    return this.traits(this.outline.join(' '));
  }

  /** Whether only punctuation counts: most of a long statement stands in parentheses that hold no statement. */
  private isPassedOver(): boolean {
    return this.explanation === null && this.open.length > 0 && this.open.at(-1) === null;
  }

  private see(word: string): void {
    if (isCommentMark(word)) return;
    if (this.explanation !== null) this.seeExplanation(this.explanation, word);
    if (this.isDecided) return;
    if (word === '(') this.openParenthesis();
    else if (word === ')') this.close();
    else if (this.open.length === 0) this.seeMain(word);
    else this.open.at(-1)?.see(word);
    if (word === ':=') this.seeMark(word);
  }

  private openParenthesis(): void {
    const before = this.lexer.previousWord();
    this.seeMark(before);
    const isFirst = this.outline.length === 0 && this.main.command === '';
    if (this.open.length === 0 && !isFirst) this.addToOutline('()');
    if (isFirst) this.open.push(this.main);
    else this.open.push(beforeStatement.has(before) ? new StatementHead(false) : null);
  }

  private close(): void {
    const head = this.open.pop();
    if (head !== undefined && head !== null && head !== this.main) this.finish(head);
  }

  private finish(head: StatementHead): void {
    this.changesRows ||= head.changesRows();
    this.touchesEveryRow ||= head.touchesEveryRow();
  }

  private seeMain(word: string): void {
    const explaining = this.outline.length < 2 ? [...this.outline, word].join(' ') : '';
    const rule = this.rules.explaining.get(explaining);
    if (rule !== undefined) this.explanation = { ...rule };
    this.main.see(word);
    this.addToOutline(word);
    // The rows that are listed say nothing more, however many they are.
    if (word === 'VALUES' && this.main.command === 'INSERT') this.isDecided = true;
  }

  private seeExplanation(explanation: { runs: boolean }, word: string): void {
    if (word === 'ANALYZE' || word === 'ANALYSE') explanation.runs = true;
    else if (this.open.length > 0) {
      const { text, from, to } = this.lexer;
      if (this.lexer.previousWord().startsWith('ANALY') && isFalse.test(text.slice(from, to)))
        explanation.runs = false;
    } else if (explained.has(word)) {
      this.explanation = null;
      this.isDecided = !explanation.runs;
      if (explanation.runs) this.main = new StatementHead(true);
      if (explanation.runs) this.outline = [];
    }
  }

  private seeMark(word: string): void {
    const state = this.rules.leavingMarks.get(word);
    if (state !== undefined) this.marks.add(state);
  }

  private addToOutline(word: string): void {
    if (this.outline.length < longestOutline) this.outline.push(word);
  }

  private traits(outline: string): StatementTraits {
    const { rules } = this;
    const { command } = this.main;
    const fits = (pattern: RegExp) => pattern.test(outline);
    const first = <Value>(rows: readonly (readonly [Value, RegExp])[]): Value | null =>
      rows.find(([, pattern]) => fits(pattern))?.[0] ?? null;
    const leaves = new Set(rules.leaves.filter(([, pattern]) => fits(pattern)).map(([state]) => state));
    // What stands in a definition does not run yet.
    if (!fits(rules.definition)) for (const state of this.marks) leaves.add(state);
    const isReading = command === '' || (rules.reading.has(command) && !rules.writing.some(fits));
    const writes = this.changesRows || !isReading;
    return {
      command,
      writes,
      touchesEveryRow: this.touchesEveryRow || rules.touchesEveryRow.some(fits),
      drops: rules.drops.some(fits),
      defines: !leaves.has('temporary-table') && (defining.has(command) || (command === 'SELECT' && writes)),
      transaction: first(rules.transaction),
      leaves: [...leaves],
      resets: rules.resets?.test(outline) ?? false,
      copy: first(rules.copy),
    };
  }
}
