import { isCommentMark, Lexer, type LexerTables } from './Lexer.ts';
import type { ScriptRules, StatementShape } from './LexicalRules.ts';
import type { LexicalModes, ScriptStatement } from './SqlLanguage.ts';

/** How statements begin that may set how the session reads. */
const settingWords: ReadonlySet<string> = new Set(['SET', 'RESET', 'DISCARD']);
/** A longer statement is not searched for what it sets. */
const longestSetting = 4_000;

/** Reads a script as the engine's command line client does: with its delimiters, its own lines, and lines of data. */
export class ScriptReader extends Lexer {
  private shape: StatementShape | null = null;
  private hasStarted = false;
  /** Where the statement begins that may set modes; -1 for none. */
  private settingFrom = -1;
  /** For what follows the statement that has just ended. */
  private following: LexicalModes | null = null;
  /** Of the statement that is being read, up to its delimiter. */
  modes: LexicalModes;
  private awaitsData = false;
  /** Where the lines of data begin that come next; -1 for none. */
  private dataStart = -1;
  /** Where the last search for the end of data ended, so that a script is not searched again and again. */
  private knownDataEnd = -1;
  private readonly clientLineStarts: readonly number[];

  constructor(
    text: string,
    modes: LexicalModes,
    private readonly tablesIn: (modes: LexicalModes) => LexerTables,
    private readonly rules: ScriptRules,
  ) {
    super(text, tablesIn(modes));
    this.modes = modes;
    this.clientLineStarts = [...rules.clientLineStarts].map((character) => character.charCodeAt(0));
  }

  override next(): boolean {
    if (this.following !== null) this.follow(this.following);
    if (this.dataStart >= 0) return this.readData();
    if (!super.next()) return false;
    if (this.kind === 'blank') this.findData();
    else if (this.kind !== 'comment') this.seeToken();
    return true;
  }

  private seeToken(): void {
    this.awaitsData = false;
    if (this.kind === 'delimiter') this.seeDelimiter();
    else if (!this.readClientLine()) this.followShape();
  }

  private seeDelimiter(): void {
    if (this.delimiter === ';' && this.shape?.isOpen()) {
      this.kind = 'punctuation';
      this.shape.see(';');
      return;
    }
    this.awaitsData = this.shape?.takesData() ?? false;
    this.seeSetting();
    this.endStatement();
  }

  /** What comes next is read as the statement that has ended here leaves the session. */
  private seeSetting(): void {
    if (this.settingFrom < 0) return;
    const statement = this.text.slice(this.settingFrom, this.from);
    if (statement.length <= longestSetting) this.following = this.rules.modesAfter(statement, this.modes);
  }

  private follow(modes: LexicalModes): void {
    this.following = null;
    this.modes = modes;
    this.tables = this.tablesIn(modes);
  }

  private endStatement(): void {
    this.shape = null;
    this.settingFrom = -1;
    this.hasStarted = false;
  }

  private followShape(): void {
    if (!this.hasStarted) {
      this.hasStarted = true;
      this.shape = this.rules.shapeOf(this.word());
      this.seeStart(this.word());
    }
    this.shape?.see(this.word());
  }

  /** Programs that write dumps set modes within comments that the server runs. */
  private seeStart(word: string): void {
    if (settingWords.has(word) || isCommentMark(word)) this.settingFrom = this.from;
  }

  private readClientLine(): boolean {
    if (!this.clientLineStarts.includes(this.text.charCodeAt(this.from))) return false;
    if (this.hasStarted && !this.isLineStart()) return false;
    const line = this.rules.clientLine(this.text, this.from, !this.hasStarted);
    if (line === null) return false;
    this.retake('client-command', line.to);
    this.delimiter = line.delimiter ?? this.delimiter;
    this.endStatement();
    return true;
  }

  private isLineStart(): boolean {
    let index = this.from - 1;
    while (this.text[index] === ' ' || this.text[index] === '\t') index -= 1;
    return this.text[index] === '\n';
  }

  /** Cuts the blank behind a COPY … FROM STDIN where its data begins. */
  private findData(): void {
    if (!this.awaitsData) return;
    const newline = this.text.indexOf('\n', this.from);
    if (newline < 0 || newline >= this.to) return;
    this.awaitsData = false;
    if (this.findDataEnd(newline + 1) < 0) return;
    this.dataStart = newline + 1;
    this.to = this.dataStart;
  }

  /** @returns where the closing `\.` stands, or `noDataEnd`: then the data is to come from elsewhere */
  private findDataEnd(start: number): number {
    if (this.knownDataEnd >= start || this.knownDataEnd === noDataEnd) return this.knownDataEnd;
    dataEnd.lastIndex = start;
    this.knownDataEnd = dataEnd.exec(this.text)?.index ?? noDataEnd;
    return this.knownDataEnd;
  }

  private readData(): boolean {
    this.from = this.dataStart;
    this.dataStart = -1;
    this.retake('copy-data', this.knownDataEnd + closing.length);
    return true;
  }
}

const closing = '\\.';
const dataEnd = /^\\\.(?=[ \t]*\r?$)/gm;
const noDataEnd = -2;

/** The statements of a script; see `SqlLanguage`. */
export function statementsOf(reader: ScriptReader): ScriptStatement[] {
  const statements: ScriptStatement[] = [];
  let from = -1;
  let to = -1;
  const push = (end: number) => {
    if (from >= 0) statements.push({ from, to, end, data: null, modes: reader.modes });
    from = -1;
  };
  while (reader.next()) {
    if (reader.kind === 'blank' || reader.kind === 'comment') continue;
    if (reader.kind === 'delimiter') push(reader.to);
    else if (reader.kind === 'client-command') push(reader.from);
    else if (reader.kind === 'copy-data') giveData(statements, reader);
    else {
      if (from < 0) from = reader.from;
      to = reader.to;
    }
  }
  push(reader.text.length);
  return statements;
}

/** The data belongs to the statement before it. */
function giveData(statements: ScriptStatement[], { from, to }: ScriptReader): void {
  const last = statements.pop();
  if (last === undefined) return;
  statements.push({ ...last, end: to, data: { from, to: to - closing.length } });
}
