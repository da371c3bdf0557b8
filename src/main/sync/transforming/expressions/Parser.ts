import type { BinaryOperator, ExpressionNode } from './ExpressionNode.ts';
import { expressionError } from './expressionError.ts';
import { type ExpressionToken, readTokens } from './Lexer.ts';

/** Deepest nesting, and most parts. More is nobody's expression. */
const maxDepth = 50;
const maxNodes = 1_000;

/** Words that name no column unless they stand in quotes. */
const keyWords: ReadonlySet<string> = new Set([
  ...['and', 'or', 'not', 'is', 'null', 'true', 'false', 'case', 'when', 'then', 'else', 'end'],
]);

const comparisons: ReadonlyMap<string, BinaryOperator> = new Map([
  ...(['=', '<>', '<', '<=', '>', '>='] as const).map((operator) => [operator, operator] as const),
  ['!=', '<>'] as const,
]);

/** Operators that bind more tightly than those of the line before; they are read from left to right. */
const tighter: readonly ReadonlyMap<string, BinaryOperator>[] = [
  new Map([['||', '||']]),
  new Map([
    ['+', '+'],
    ['-', '-'],
  ]),
  new Map([
    ['*', '*'],
    ['/', '/'],
    ['%', '%'],
  ]),
];

/**
 * Reads an expression. From loose to tight: `or`, `and`, `not`, comparisons and `is null`, `||`, `+ -`, `* / %`, a sign.
 * @throws PIPELINE_INVALID with the place
 */
export const parseExpression = (text: string): ExpressionNode => new Parser(text).parse();

class Parser {
  readonly #text: string;
  readonly #tokens: readonly ExpressionToken[];
  #at = 0;
  #depth = 0;
  #nodeCount = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = readTokens(text);
  }

  parse(): ExpressionNode {
    const node = this.#or();
    if (this.#token.type !== 'end') throw this.#unexpected();
    return node;
  }

  get #token(): ExpressionToken {
    return this.#tokens[this.#at] ?? { type: 'end', at: this.#text.length, text: '' };
  }

  #or(): ExpressionNode {
    let left = this.#and();
    for (let at = this.#word('or'); at !== null; at = this.#word('or')) {
      left = this.#node({ type: 'binary', at, operator: 'or', left, right: this.#and() });
    }
    return left;
  }

  #and(): ExpressionNode {
    let left = this.#not();
    for (let at = this.#word('and'); at !== null; at = this.#word('and')) {
      left = this.#node({ type: 'binary', at, operator: 'and', left, right: this.#not() });
    }
    return left;
  }

  #not(): ExpressionNode {
    const at = this.#word('not');
    if (at === null) return this.#comparison();
    return this.#node({ type: 'unary', at, operator: 'not', operand: this.#nested(() => this.#not()) });
  }

  #comparison(): ExpressionNode {
    const left = this.#tight(0);
    const found = this.#symbol(comparisons);
    if (found !== null) return this.#node({ type: 'binary', ...found, left, right: this.#tight(0) });
    const at = this.#word('is');
    if (at === null) return left;
    const operator = this.#word('not') === null ? 'is null' : 'is not null';
    this.#expectWord('null');
    return this.#node({ type: 'unary', at, operator, operand: left });
  }

  #tight(level: number): ExpressionNode {
    const operators = tighter[level];
    if (operators === undefined) return this.#signed();
    let left = this.#tight(level + 1);
    for (let found = this.#symbol(operators); found !== null; found = this.#symbol(operators)) {
      left = this.#node({ type: 'binary', ...found, left, right: this.#tight(level + 1) });
    }
    return left;
  }

  #signed(): ExpressionNode {
    const { at, type, text } = this.#token;
    if (type !== 'symbol' || (text !== '-' && text !== '+')) return this.#primary();
    this.#at += 1;
    const operand = this.#nested(() => this.#signed());
    return text === '+' ? operand : this.#node({ type: 'unary', at, operator: '-', operand });
  }

  #primary(): ExpressionNode {
    const token = this.#token;
    if (token.type === 'text' || token.type === 'number') {
      this.#at += 1;
      return this.#node({ type: token.type, at: token.at, value: token.text });
    }
    if (token.type === 'name') return this.#named(token);
    if (!this.#accepts('(')) throw this.#unexpected();
    const inner = this.#nested(() => this.#or());
    this.#expect(')');
    return inner;
  }

  #named(token: Extract<ExpressionToken, { type: 'name' }>): ExpressionNode {
    const { at, text, isQuoted } = token;
    const word = isQuoted ? '' : text.toLowerCase();
    if (keyWords.has(word) && !['null', 'true', 'false', 'case'].includes(word)) throw this.#unexpected();
    this.#at += 1;
    if (word === 'null') return this.#node({ type: 'null', at });
    if (word === 'true' || word === 'false')
      return this.#node({ type: 'boolean', at, value: word === 'true' });
    if (word === 'case') return this.#nested(() => this.#case(at));
    if (!isQuoted && this.#accepts('(')) return this.#nested(() => this.#call(at, word));
    return this.#node({ type: 'column', at, name: text, isQuoted });
  }

  #case(at: number): ExpressionNode {
    const branches = [];
    while (this.#word('when') !== null) {
      const when = this.#or();
      this.#expectWord('then');
      branches.push({ when, result: this.#or() });
    }
    if (branches.length === 0) throw this.#unexpected();
    const otherwise = this.#word('else') === null ? null : this.#or();
    this.#expectWord('end');
    return this.#node({ type: 'case', at, branches, otherwise });
  }

  #call(at: number, name: string): ExpressionNode {
    const operands: ExpressionNode[] = [];
    if (!this.#accepts(')')) {
      do operands.push(this.#or());
      while (this.#accepts(','));
      this.#expect(')');
    }
    return this.#node({ type: 'call', at, name, operands });
  }

  #node(node: ExpressionNode): ExpressionNode {
    this.#nodeCount += 1;
    if (this.#nodeCount <= maxNodes) return node;
    throw expressionError(this.#text, node.at, `It has more than ${maxNodes} parts.`);
  }

  #nested(read: () => ExpressionNode): ExpressionNode {
    this.#depth += 1;
    if (this.#depth > maxDepth) {
      throw expressionError(this.#text, this.#token.at, `It is nested more than ${maxDepth} levels deep.`);
    }
    const node = read();
    this.#depth -= 1;
    return node;
  }

  /** Passes a word. @returns where it stood; null when another one stands here */
  #word(word: string): number | null {
    const token = this.#token;
    if (token.type !== 'name' || token.isQuoted || token.text.toLowerCase() !== word) return null;
    this.#at += 1;
    return token.at;
  }

  #expectWord(word: string): void {
    if (this.#word(word) === null) throw this.#unexpected(word.toUpperCase());
  }

  #symbol(operators: ReadonlyMap<string, BinaryOperator>) {
    const { type, at, text } = this.#token;
    const operator = type === 'symbol' ? operators.get(text) : undefined;
    if (operator === undefined) return null;
    this.#at += 1;
    return { at, operator };
  }

  #accepts(symbol: string): boolean {
    if (this.#token.type !== 'symbol' || this.#token.text !== symbol) return false;
    this.#at += 1;
    return true;
  }

  #expect(symbol: string): void {
    if (!this.#accepts(symbol)) throw this.#unexpected(symbol);
  }

  #unexpected(wanted?: string) {
    const { at, type, text } = this.#token;
    const found = type === 'end' ? 'The expression ends too early' : `“${text}” is not expected here`;
    return expressionError(
      this.#text,
      at,
      wanted === undefined ? `${found}.` : `${found}; ${wanted} is missing.`,
    );
  }
}
