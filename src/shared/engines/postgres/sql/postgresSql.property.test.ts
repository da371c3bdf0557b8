import fc from 'fast-check';
import { loadModule, parseSync, scanSync } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Token } from '../../../sql/SqlLanguage.ts';
import { postgresSql } from './postgresSql.ts';

/** Compared with PostgreSQL's own scanner and parser (version 18). Its offsets are bytes of UTF-8. */
beforeAll(loadModule);

const pieces = fc.constantFrom(
  ...[
    "'",
    "''",
    '"',
    '$',
    '$a$',
    '$b1$',
    '$$',
    '$1',
    'a$b',
    '/*',
    '*/',
    '--',
    '-',
    '\n',
    '\r\n',
    '\r',
    '\\',
    "\\'",
  ],
  ...[
    "E'",
    "e'",
    "U&'",
    'u&"',
    "N'",
    "b'1'",
    "x'1f'",
    'note',
    'é',
    '😀',
    ' ',
    '\t',
    '1',
    '1.5e3',
    '0x1f',
    '1_0',
    '.',
  ],
  ...[';', '(', ')', '[', ']', ',', ':', '::', ':=', ':a', '@?', '?|', '|', '+', '@', '#', '=>', 'é$é', 'Ü'],
);
const junk = fc.array(pieces, { maxLength: 40 }).map((list) => list.join(''));

/** The offsets of a text in UTF-16, by its offsets in UTF-8. */
function unitsByByte(text: string): number[] {
  const units: number[] = [];
  let unit = 0;
  let byte = 0;
  for (const character of text) {
    units[byte] = unit;
    unit += character.length;
    byte += Buffer.byteLength(character);
  }
  units[byte] = unit;
  return units;
}

const attempt = <Value>(run: () => Value): Value | null => {
  try {
    return run();
  } catch {
    return null;
  }
};

const key = ({ from, to }: { readonly from: number; readonly to: number }) => `${from}-${to}`;
const exactKinds = new Set<Token['kind']>([
  'string',
  'quoted-name',
  'comment',
  'word',
  'number',
  'parameter',
]);

describe('the tokens of any text', () => {
  it('follow each other without a gap', () => {
    fc.assert(
      fc.property(junk, (text) => {
        const tokens = postgresSql.tokens(text);
        expect(tokens.map(({ from, to }) => text.slice(from, to)).join('')).toBe(text);
        expect(
          tokens.every(({ from, to }, index) => to > from && from === (tokens[index - 1]?.to ?? 0)),
        ).toBe(true);
      }),
    );
  });

  it('are those of PostgreSQL, where it takes the text', () => {
    let triedCount = 0;
    let comparedCount = 0;
    fc.assert(
      fc.property(junk, (text) => {
        triedCount += 1;
        const scanned = attempt(() => scanSync(text).tokens);
        const ours = postgresSql.tokens(text).filter(({ kind }) => exactKinds.has(kind));
        // PostgreSQL knows no parameters with names, and reads what follows a colon in its own way.
        if (scanned === null || ours.some(({ from }) => text[from] === ':')) return;
        const units = unitsByByte(text);
        const theirs = scanned.map(({ start, end, tokenName }) => ({
          from: units[start] ?? -1,
          to: units[end] ?? -1,
          isComment: tokenName === 'SQL_COMMENT',
        }));
        // For the server itself a string goes on behind a comment and a line break; this scanner tells comments apart.
        const isSplit = ({ from, to }: { from: number; to: number }) =>
          theirs.some((other) => other.isComment && other.from > from && other.to < to);
        if (ours.some((token) => token.kind === 'string' && isSplit(token))) return;
        comparedCount += 1;
        const keys = theirs.map(key);
        for (const token of ours) expect(keys).toContain(key(token));
      }),
      { numRuns: 2_000 },
    );
    expect(comparedCount).toBeGreaterThan(triedCount * 0.15);
  });
});

const literal = fc.constantFrom(
  ...[
    "'a;b'",
    "'it''s'",
    "'C:\\'",
    "E'it\\'s; \\\\'",
    "E'a'\n'\\'; b'",
    "U&'\\00e4;'",
    "N';'",
    '$$;$$',
    '$a$ ; $b$ $$ $a$',
  ],
  ...[
    '"a;b"',
    '"a"";b"',
    'U&"\\00e4;"',
    'a$b$c',
    '1',
    '1.5',
    '$1',
    "'😀;é'",
    'case when true then 1 end',
    'a[lo:hi]',
  ],
  ...[
    '(array[1,2])[1:2]',
    'a[:hi]',
    "'{}'::jsonb ? 'a'",
    'a ?| b',
    "a @? '$.a[*]'",
    'f(x => 1)',
    'f(x := 1)',
    '1 #- 2',
  ],
  ...[
    "json_object('k' : v)",
    "json_object('k':v, 'l' : 1)",
    'x::text',
    '"end"',
    '1 - -1',
    '- -- ;\n 1',
    '5 */* ; */ 2',
  ],
);
const gap = fc.constantFrom(
  ' ',
  '\n',
  '\r\n',
  ' -- a; b\n',
  '/* ; */',
  " /* a /* ; */ ' */ ",
  '\n\n',
  "-- it's\r\n",
);
const select = fc
  .array(fc.tuple(gap, literal, gap), { minLength: 1, maxLength: 4 })
  .map((list) => `select${list.map((parts) => parts.join('')).join(',')}`);
const atomic = fc
  .array(select, { maxLength: 3 })
  .map(
    (list) => `create function f() returns int begin atomic ${list.map((each) => `${each};`).join('')} end`,
  );
const rule = fc
  .array(literal, { minLength: 1, maxLength: 3 })
  .map(
    (list) =>
      `create rule r as on insert to t do (${list.map((each) => `delete from t where ${each} is null`).join(';')})`,
  );
const plain = fc.constantFrom(
  'begin',
  'end',
  'commit',
  'copy t (a) to stdout',
  'do $$ begin ; end $$',
  'create table a (b int)',
);
const statement = fc.oneof({ weight: 5, arbitrary: select }, atomic, rule, plain);
const script = fc
  .array(fc.tuple(fc.array(gap, { maxLength: 2 }), fc.option(statement), fc.array(gap, { maxLength: 2 })), {
    maxLength: 6,
  })
  .map((list) =>
    list.map(([before, each, behind]) => `${before.join('')}${each ?? ''}${behind.join('')}`).join(';'),
  );

/** What PostgreSQL's parser makes of a script: its statements without the blanks and comments around them. */
function parsed(text: string): readonly string[] | null {
  const statements = attempt(() => parseSync(text).stmts ?? []);
  if (statements === null) return null;
  const bytes = Buffer.from(text);
  return statements.map(({ stmt_location: at = 0, stmt_len: length }) =>
    trimmed(bytes.subarray(at, length ? at + length : bytes.length).toString()),
  );
}

function trimmed(text: string): string {
  const tokens = postgresSql
    .tokens(text)
    .filter(({ kind }) => kind !== 'blank' && kind !== 'comment' && kind !== 'delimiter');
  return text.slice(tokens[0]?.from, tokens.at(-1)?.to);
}

describe('the statements of a script', () => {
  const ours = (text: string) => postgresSql.statements(text).map(({ from, to }) => text.slice(from, to));

  it('are those of PostgreSQL, and what it takes has no parameter with a name', () => {
    let triedCount = 0;
    let comparedCount = 0;
    fc.assert(
      fc.property(script, (text) => {
        triedCount += 1;
        const theirs = parsed(text);
        if (theirs === null) return;
        comparedCount += 1;
        expect(ours(text)).toEqual(theirs);
        expect(postgresSql.parameters(text).filter(({ name }) => !/^\d+$/.test(name))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
    expect(comparedCount).toBeGreaterThan(triedCount * 0.5);
  });

  it('stay what they are when they stand alone, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(junk, script), (text) => {
        for (const each of ours(text)) expect(ours(each)).toEqual([each]);
      }),
    );
  });

  it('give each character to at most one of them, in order', () => {
    fc.assert(
      fc.property(fc.oneof(junk, script), (text) => {
        let end = 0;
        for (const each of postgresSql.statements(text)) {
          expect(each.from).toBeGreaterThanOrEqual(end);
          expect(each.to).toBeGreaterThan(each.from);
          expect(each.end).toBeGreaterThanOrEqual(each.to);
          end = each.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
