import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandText, commandWords } from './commandLine.ts';

describe('a command that a person types', () => {
  it.each([
    [
      'aws rds generate-db-auth-token --port 5432',
      ['aws', 'rds', 'generate-db-auth-token', '--port', '5432'],
    ],
    [`"C:\\Program Files\\aws.exe"  'it''s' ""`, ['C:\\Program Files\\aws.exe', "it's", '']],
    [
      'echo $HOME `id` $(id) ; rm -rf / | cat > x && y',
      [...['echo', '$HOME', '`id`', '$(id)', ';', 'rm', '-rf', '/', '|', 'cat', '>', 'x', '&&', 'y']],
    ],
    ['--a="b c"d', ['--a=b cd']],
    ['', []],
  ])('is split at blanks, and nothing in it means anything to a shell: %s', (text, words) => {
    expect(commandWords(text)).toEqual(words);
  });

  it('is none while a quotation mark is open', () => {
    expect(commandWords('a "b')).toBeNull();
    expect(commandWords("a 'b")).toBeNull();
  });

  it('comes back as the same words, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (words) => {
        expect(commandWords(commandText(words))).toEqual(words);
      }),
    );
  });
});
