import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secretValueSchema } from '../../src/shared/model/dataSource.ts';
import { identifier } from '../../src/shared/model/fieldText.ts';
import { tlsModeSchema } from '../../src/shared/model/tls.ts';
import { trimmedText } from '../../src/shared/model/visibleText.ts';
import { readAny, reported } from './connectionTexts.ts';

/** What holds for the connection text of every engine, whatever is in it. */

export interface WrittenConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** libpq's word. */
  readonly sslmode: string;
  readonly connectSeconds: number;
}

/** Writes a connection in one spelling; null for one that cannot be written in it. */
export type Writer = (connection: WrittenConnection) => string | null;

export const quoted = (quote: string, text: string) =>
  `${quote}${text.replaceAll(quote, quote + quote)}${quote}`;
export const shellQuoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
export const doubleQuoted = (text: string) => `"${text.replace(/["\\$`]/g, '\\$&')}"`;

/** What means something in one spelling or another. */
const awkward = fc.constantFrom(
  ...'@:/?#%&=+;,\'"`\\$!*()[]{}<>|~ ',
  ...['%41', 'host=', 'password', '//', "'; ", '@tcp(', ')/'],
);
const text = fc
  .array(fc.oneof(awkward, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(''));
/** One line: a list of variables has one a line. */
const oneLine = (value: string) => !/[\n\r]/.test(value);
const nameSchema = identifier('Name', 63);
const name = text.filter(
  (value) =>
    nameSchema.safeParse(value).success &&
    trimmedText(value) === value &&
    // A name that is itself a connection text is one to command-line clients and among variables as well.
    !/[=§]|:\/\/|(?:tcp[46]?|unix)\(/i.test(value),
);
/** A mark that nothing else has, so that no part of a password is found by chance. */
const password = text
  .map((value) => `§${value}§`)
  .filter((value) => oneLine(value) && secretValueSchema.safeParse(value).success);

const connection: fc.Arbitrary<WrittenConnection> = fc.record({
  host: fc.oneof(fc.domain(), fc.ipV4()).map((host) => host.toLowerCase()),
  port: fc.integer({ min: 1, max: 65_535 }),
  user: name,
  password,
  database: name,
  sslmode: fc.constantFrom('disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'),
  connectSeconds: fc.integer({ min: 1, max: 300 }),
});

/** The weakest mode that keeps the promise of libpq's word. */
const leastMode = new Map([
  ['disable', 'disable'],
  ['allow', 'encrypt'],
  ['prefer', 'encrypt'],
  ['require', 'encrypt'],
  ['verify-ca', 'verify-ca'],
  ['verify-full', 'verify-full'],
]);
const modes: readonly string[] = tlsModeSchema.options;
const strength = (mode: string | undefined) => modes.indexOf(mode ?? '');

/**
 * Properties of every spelling of an engine.
 * @param writers each spelling, as somebody who knows its rules writes it
 * @param withoutTimeouts names of writers whose spelling has no connect time-out
 */
export function describeSpellings(
  kind: string,
  writers: Readonly<Record<string, Writer>>,
  withoutTimeouts: readonly string[] = [],
): void {
  const spelling = fc.constantFrom(...Object.keys(writers));
  const write = (writer: string, written: WrittenConnection): string => {
    const result = writers[writer]?.(written) ?? null;
    fc.pre(result !== null);
    return result ?? '';
  };

  describe(`a connection text of ${kind} in any spelling`, () => {
    it('is read as what it was written from', () => {
      fc.assert(
        fc.property(spelling, connection, (writer, written) => {
          const { host, port, user, database, connectSeconds } = written;
          expect(readAny(write(writer, written))).toMatchObject({
            ok: true,
            kind,
            values: { host, port: String(port), user, database },
            timeouts: withoutTimeouts.includes(writer) ? {} : { connectMs: connectSeconds * 1_000 },
            secrets: { password: written.password },
          });
        }),
        { numRuns: 400 },
      );
    });

    it('never gets less TLS than it asks for', () => {
      fc.assert(
        fc.property(spelling, connection, (writer, written) => {
          const reading = readAny(write(writer, written));
          const mode = reading.ok ? reading.values.tlsMode : undefined;
          expect(strength(mode)).toBeGreaterThanOrEqual(strength(leastMode.get(written.sslmode)));
        }),
        { numRuns: 150 },
      );
    });

    it('leaves no part of its password in a field that is not secret, nor in what is reported', () => {
      fc.assert(
        fc.property(spelling, connection, (writer, written) => {
          expect(reported(write(writer, written))).not.toContain('§');
        }),
        { numRuns: 150 },
      );
    });

    it('never throws and never tells its password when it is cut off or changed anywhere', () => {
      const change = fc.record({
        at: fc.nat(),
        length: fc.nat({ max: 3 }),
        put: fc.oneof(awkward, fc.constant('')),
      });
      const changes = fc.array(change, { minLength: 1, maxLength: 3 });
      fc.assert(
        fc.property(spelling, connection, changes, fc.boolean(), (writer, written, edits, cut) => {
          const original = write(writer, { ...written, user: 'ann', database: 'shop' });
          const changed = edits.reduce((before, { at, length, put }) => {
            const start = at % (before.length + 1);
            return before.slice(0, start) + put + (cut ? '' : before.slice(start + length));
          }, original);
          const reading = readAny(changed);
          const { host, port } = reading.ok ? reading.values : {};
          const told = reading.ok ? [host, port, reading.leftOut, reading.notes] : reading;
          expect(JSON.stringify(told)).not.toContain('§');
          expect(host ?? '').not.toMatch(/[;=@]|\/\//);
        }),
        { numRuns: 500 },
      );
    });
  });
}
