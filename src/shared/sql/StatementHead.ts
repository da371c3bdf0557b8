const mainCommands = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'REPLACE', 'VALUES', 'TABLE']);
/** Those that may stand in a WITH and change data there. */
const changingCommands = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** Finds the command of one statement, behind its WITH, and whether it is restricted to some rows. */
export class StatementHead {
  /** In capitals; empty while it is not known. */
  command = '';
  private isWith = false;
  private isName = false;
  private isBehindCommand = true;
  private isRestricted = false;

  /** @param isConfirmed false where an expression may stand instead, in which `update` is the name of a column */
  constructor(private isConfirmed: boolean) {}

  /** @param word a token of the statement that is in no parentheses of it */
  see(word: string): void {
    if (this.command !== '') this.seeRest(word);
    else if (this.isName) this.isName = word === 'RECURSIVE';
    else if (word === 'WITH') this.isWith = this.isName = true;
    else if (!this.isWith || mainCommands.has(word)) this.command = word;
    else if (word === ',') this.isName = true;
  }

  /** Whether it changes rows. */
  changesRows(): boolean {
    return this.isConfirmed && changingCommands.has(this.command);
  }

  /** Whether it changes rows and nothing says which. */
  touchesEveryRow(): boolean {
    return this.isConfirmed && !this.isRestricted && (this.command === 'UPDATE' || this.command === 'DELETE');
  }

  private seeRest(word: string): void {
    // The name of a relation follows, or INTO, or FROM.
    if (this.isBehindCommand) this.isConfirmed ||= /^["\w\u0080-\uffff]/.test(word);
    this.isBehindCommand = false;
    this.isRestricted ||= word === 'WHERE' || word === 'LIMIT';
  }
}
