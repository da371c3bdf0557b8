import { CurlRefused } from './CurlRefused.ts';
import { cmdWords } from './cmdWords.ts';
import { posixWords } from './posixWords.ts';

/** The words of a command behind its program, without quotes. */
export interface CurlWords {
  readonly words: readonly string[];
  /** Whether a shell would have put the values of variables in; they are left as they are written. */
  readonly hasVariables: boolean;
}

const beginning = /^(?:[$>#%]\s+)?(?:[^\s'"]*[/\\])?curl(?:\.exe)?(?=[\s^])/i;
const powerShell = /^(?:PS [^>]*>\s*)?(?:\$\w+\s*=|(?:Invoke-(?:WebRequest|RestMethod)|iwr|irm)\b)/i;
const powerShellLine = /`[ \t]*\r?\n/;
/** Quotes and ends of lines as the Windows command prompt has them. */
const cmdSigns = /\^"|\^\\\^"|\^[ \t]*\r?\n/;

/** Whether a text is a command of curl, or of a shell that writes requests in its own way. */
export const isCurl = (text: string): boolean => beginning.test(text.trim()) || powerShell.test(text.trim());

/**
 * Splits a command as the shell does that it was copied for: a POSIX shell, or the command prompt of Windows.
 * @throws CurlRefused
 */
export function splitCurl(text: string): CurlWords {
  const command = text.trim();
  if (powerShell.test(command) || powerShellLine.test(command)) {
    throw new CurlRefused(
      'This is a command for PowerShell',
      'Copy the request as cURL instead: browsers offer “Copy as cURL (bash)” and “(cmd)”.',
    );
  }
  const [start] = beginning.exec(command) ?? [];
  if (start === undefined) throw new CurlRefused('This is not a curl command', 'It should begin with curl.');
  const rest = command.slice(start.length);
  return cmdSigns.test(rest) ? { words: cmdWords(rest), hasVariables: false } : posixWords(rest);
}
