import type { ScriptRules, StatementShape } from '../../../sql/LexicalRules.ts';
import type { LexicalModes } from '../../../sql/SqlLanguage.ts';
import { usualModes } from './lexicalRules.ts';

const depthOf = (token: string): number => (token === '(' ? 1 : token === ')' ? -1 : 0);

/**
 * `CREATE FUNCTION … BEGIN ATOMIC …; …; END`, as psql follows it, and `CREATE RULE … DO (…; …)`. A word that is a name
 * (behind a point or AS) counts for nothing.
 */
class CreateShape implements StatementShape {
  private object: 'unknown' | 'routine' | 'rule' | 'other' = 'unknown';
  private parentheses = 0;
  private blocks = 0;
  private previous = '';

  see(token: string): void {
    if (this.object === 'unknown') this.object = objectOf(token);
    this.parentheses += depthOf(token);
    if (this.object === 'routine' && this.previous !== '.' && this.previous !== 'AS') this.seeBlock(token);
    this.previous = token;
  }

  isOpen(): boolean {
    return this.object === 'rule' ? this.parentheses > 0 : this.blocks > 0;
  }

  takesData(): boolean {
    return false;
  }

  private seeBlock(token: string): void {
    if (this.blocks === 0) {
      if (token === 'ATOMIC' && this.previous === 'BEGIN') this.blocks = 1;
    } else if (token === 'CASE') this.blocks += 1;
    else if (token === 'END') this.blocks -= 1;
  }
}

function objectOf(token: string): 'unknown' | 'routine' | 'rule' | 'other' {
  if (token === 'CREATE' || token === 'OR' || token === 'REPLACE') return 'unknown';
  if (token === 'FUNCTION' || token === 'PROCEDURE') return 'routine';
  return token === 'RULE' ? 'rule' : 'other';
}

/** `COPY … FROM STDIN`, whose lines follow. */
class CopyShape implements StatementShape {
  private parentheses = 0;
  private previous = '';
  private isFromClient = false;

  see(token: string): void {
    this.parentheses += depthOf(token);
    if (this.parentheses === 0 && this.previous === 'FROM' && token === 'STDIN') this.isFromClient = true;
    this.previous = token;
  }

  isOpen(): boolean {
    return false;
  }

  takesData(): boolean {
    return this.isFromClient;
  }
}

const setting = /^SET\s+(?:(?:SESSION|LOCAL)\s+)?standard_conforming_strings\s*(?:=|\bTO\b)\s*'?(\w+)/i;
/** Back to what the start-up message asks for. */
const resetting = /^(?:RESET\s+(?:ALL|standard_conforming_strings)|DISCARD\s+ALL)\b/i;
/** As servers take it: also shortened. */
const isOff = /^(?:of|off|f|fa|fal|fals|false|n|no|0)$/i;

function modesAfter(statement: string, modes: LexicalModes): LexicalModes {
  if (resetting.test(statement)) return usualModes;
  const [, value] = setting.exec(statement) ?? [];
  return value === undefined ? modes : { ...modes, backslashEscapes: isOff.test(value) };
}

/** What pg_dump writes around a script to keep psql from obeying it. Any other line for psql is not skipped in silence. */
const dumpLine = /\\(?:un)?restrict\b[^\n]*/y;

export const scriptRules: ScriptRules = {
  shapeOf: (firstWord) => {
    if (firstWord === 'CREATE') return new CreateShape();
    return firstWord === 'COPY' ? new CopyShape() : null;
  },
  modesAfter,
  clientLineStarts: '\\',
  clientLine: (text, from, isStatementStart) => {
    dumpLine.lastIndex = from;
    if (!isStatementStart || !dumpLine.test(text)) return null;
    return { to: dumpLine.lastIndex, delimiter: null };
  },
};
