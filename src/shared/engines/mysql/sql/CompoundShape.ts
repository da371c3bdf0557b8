import { isCommentMark } from '../../../sql/Lexer.ts';
import type { StatementShape } from '../../../sql/LexicalRules.ts';

const headWords = new Set([
  'CREATE',
  'ALTER',
  'OR',
  'REPLACE',
  'AGGREGATE',
  'DEFINER',
  'CURRENT_USER',
  'CURRENT_ROLE',
  '=',
  '@',
  '(',
  ')',
  "'",
  '"',
]);
const routines = new Set(['PROCEDURE', 'FUNCTION', 'TRIGGER', 'EVENT']);
/** Statements of their own in MariaDB. */
const compounds = new Set(['BEGIN', 'IF', 'CASE', 'LOOP', 'WHILE', 'REPEAT', 'FOR']);
/** Behind these, `begin` is a name. */
const beforeName = new Set([...routines, 'EXISTS', 'ON', 'FOLLOWS', 'PRECEDES', '.', '@', '=', ',']);
/** Behind these, a body may begin that is no block. */
const beforeBody = new Set([')', 'ROW', 'DO', 'DETERMINISTIC', 'DATA', 'SQL', 'INVOKER', 'DEFINER', "'"]);
const loops = new Set(['LOOP', 'WHILE', 'REPEAT', 'FOR']);
/** What END may name: `END IF`. */
const closers = new Set(['IF', 'CASE', ...loops]);

/**
 * Follows a routine, trigger or event, or a compound statement of MariaDB, through its blocks. `begin` and `end` may be
 * names of columns, and IF, REPEAT and CASE are functions and expressions too: what they are depends on whether a
 * statement begins where they stand.
 */
export class CompoundShape implements StatementShape {
  /** An expression is a CASE in one, or a REPEAT behind its UNTIL: there END stands behind a value. */
  private readonly open: ('block' | 'expression')[] = [];
  private previous = '';
  private parentheses = 0;
  /** Whether a statement begins with the next token, with this one, and with the one before it. */
  private isStart = false;
  private wasStart = false;
  private mayBeLabel = false;
  private isHandler = false;

  private constructor(private phase: 'head' | 'body' | 'none') {
    this.isStart = phase === 'body';
  }

  /** @param firstWord of the statement, in capitals */
  static of(firstWord: string): CompoundShape | null {
    if (firstWord === 'CREATE' || firstWord === 'ALTER') return new CompoundShape('head');
    return compounds.has(firstWord) ? new CompoundShape('body') : null;
  }

  see(token: string): void {
    if (isCommentMark(token)) return;
    this.mayBeLabel = this.wasStart;
    this.wasStart = this.isStart;
    this.isStart = false;
    if (this.phase === 'head') this.seeHead(token);
    else if (this.phase === 'body' && this.previous !== '.') this.seeBody(token);
    this.previous = token;
  }

  isOpen(): boolean {
    return this.open.length > 0;
  }

  takesData(): boolean {
    return false;
  }

  private seeHead(token: string): void {
    if (routines.has(token)) this.phase = 'body';
    else if (!headWords.has(token) && this.previous !== '=' && this.previous !== '@') this.phase = 'none';
  }

  private seeBody(token: string): void {
    if (token === '(') this.parentheses += 1;
    else if (token === ')') this.parentheses -= 1;
    else if (token === ';') this.seeEndOfStatement();
    else if (token === ':') this.isStart = this.mayBeLabel || this.open.length === 0;
    else if (token === 'END') this.seeEnd();
    else if (this.previous !== 'END' || !closers.has(token)) this.seeWord(token);
  }

  private seeEndOfStatement(): void {
    this.isStart = true;
    this.isHandler = false;
  }

  private seeEnd(): void {
    const top = this.open.at(-1);
    if (top === 'expression' || (top === 'block' && this.wasStart)) this.open.pop();
  }

  private seeWord(token: string): void {
    if (token === 'BEGIN') this.seeBegin();
    else if (token === 'NOT' || token === 'ATOMIC') this.seeNotAtomic(token);
    else if (token === 'CASE') this.open.push(this.beginsStatement() ? 'block' : 'expression');
    else if (token === 'IF' || loops.has(token)) this.seeBlock(token);
    else if (token === 'THEN' || token === 'ELSE') this.isStart = this.open.at(-1) === 'block';
    else if (token === 'DO') this.isStart = !this.wasStart;
    else if (token === 'UNTIL') this.seeUntil();
    else if (token === 'HANDLER') this.isHandler = true;
  }

  private seeBegin(): void {
    // Alone it begins a transaction.
    if (this.previous === '') {
      this.isStart = true;
      return;
    }
    const isFirst = this.open.length === 0 && this.parentheses === 0 && !beforeName.has(this.previous);
    if (isFirst || this.wasStart || this.isHandler) this.openBlock();
  }

  /** `BEGIN NOT ATOMIC`. */
  private seeNotAtomic(token: string): void {
    if (!this.wasStart) return;
    if (token === 'NOT' && this.previous === 'BEGIN' && this.open.length === 0) this.open.push('block');
    this.isStart = this.previous === 'BEGIN' || this.previous === 'NOT';
  }

  private seeUntil(): void {
    if (this.wasStart && this.open.length > 0) this.open[this.open.length - 1] = 'expression';
  }

  private seeBlock(token: string): void {
    // Before the body of a trigger stands FOR EACH ROW.
    if (!(token === 'FOR' ? this.wasStart : this.beginsStatement())) return;
    this.openBlock();
    this.isStart = token === 'LOOP' || token === 'REPEAT';
  }

  private openBlock(): void {
    this.open.push('block');
    this.isStart = true;
    this.isHandler = false;
  }

  private beginsStatement(): boolean {
    return (
      this.wasStart || (this.open.length === 0 && this.parentheses === 0 && beforeBody.has(this.previous))
    );
  }
}
