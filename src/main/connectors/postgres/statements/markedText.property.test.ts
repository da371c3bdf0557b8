import fc from 'fast-check';
import { loadModule, parseSync } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import { markedText } from './markedText.ts';

/** Compared with PostgreSQL's own parser. */
beforeAll(loadModule);

const traceMark = {
  traceparent: '00-b3f0c2de54f14b0f9b573f6f1f7f2c11-9b573f6f1f7f2c11-01',
  ...{ inComment: true, inApplicationName: false },
};
const pieces = fc.constantFrom(
  ...[
    "'",
    "''",
    '"',
    '$a$',
    '$$',
    '/*',
    '*/',
    '--',
    '\n',
    '\r',
    "\\'",
    "E'",
    "U&'",
    'x',
    'é',
    ' ',
    '1',
    ',',
    ';',
  ],
  ...['a$b', '$1', '-', '/', '*', '(', ')', '+'],
);
const statements = fc.array(pieces, { maxLength: 30 }).map((list) => `SELECT ${list.join('')}`);

/** What the parser makes of a text, without where it stands; null for an error. */
function parsed(text: string): string | null {
  try {
    const { stmts } = parseSync(text) as { stmts?: readonly { stmt?: unknown }[] };
    const isPlace = (name: string) => name === 'location' || name === 'stmt_len' || name === 'stmt_location';
    return JSON.stringify(
      stmts?.map(({ stmt }) => stmt),
      (name, value: unknown) => (isPlace(name) ? undefined : value),
    );
  } catch {
    return null;
  }
}

describe('a statement with its traceparent', () => {
  it('means to PostgreSQL what it means without, whatever it is', () => {
    fc.assert(
      fc.property(statements, (text) => {
        const sent = markedText({ text, traceMark }, false);
        expect(sent.startsWith(text)).toBe(true);
        expect(parsed(sent)).toBe(parsed(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['SELECT 1', `SELECT 1 /*traceparent='${traceMark.traceparent}'*/`],
    ['SELECT 1 -- end', `SELECT 1 -- end\n/*traceparent='${traceMark.traceparent}'*/`],
  ])('ends with it: %s', (text, sent) => {
    expect(markedText({ text, traceMark }, false)).toBe(sent);
  });

  it.each([
    'CREATE VIEW v AS SELECT 1',
    'PREPARE p AS SELECT 1',
    'SET application_name = x',
    'SELECT 1 /* open',
    "SELECT 'open",
    `SELECT '${'x'.repeat(100_001)}'`,
  ])('is without it where it would stay, or be read otherwise', (text) => {
    expect(markedText({ text, traceMark }, false)).toBe(text);
  });

  it('looks for backslashes where the session does', () => {
    const text = String.raw`SELECT 'it\'`;
    expect(markedText({ text, traceMark }, false)).not.toBe(text);
    expect(markedText({ text, traceMark }, true)).toBe(text);
  });
});
