import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  copyDataHeader,
  copyDone,
  copyFail,
  emptyQuery,
  statementMessages,
  withoutSync,
  withRowLimit,
} from './statementMessages.ts';

/** pg's own rendering of the protocol, to be compared with. */
const { serialize } = createRequire(createRequire(import.meta.url).resolve('pg'))('pg-protocol') as {
  readonly serialize: Readonly<Record<string, (input?: unknown) => Buffer>>;
};
const theirs = (name: string, input?: unknown): Buffer => serialize[name]?.(input) ?? Buffer.alloc(0);

/** pg names the format of each value, which is text for all of them; we leave that out, which means the same. */
function pgBind(values: readonly (string | null)[]): Buffer {
  const bytes = theirs('bind', { values });
  const noFormats = Buffer.alloc(2);
  const shorter = Buffer.concat([bytes.subarray(0, 7), noFormats, bytes.subarray(9 + 2 * values.length)]);
  shorter.writeInt32BE(shorter.length - 1, 1);
  return shorter;
}

describe('statementMessages', () => {
  it("are what pg's serializer writes, for any text and values", () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((part) => part.replaceAll('\0', ''));
    fc.assert(
      fc.property(text, fc.array(fc.option(text), { maxLength: 5 }), (sql, values) => {
        const expected = Buffer.concat([
          theirs('parse', { text: sql }),
          pgBind(values),
          theirs('describe', { type: 'P' }),
          theirs('execute'),
          theirs('sync'),
        ]);
        expect(statementMessages(sql, values).equals(expected)).toBe(true);
      }),
    );
  });

  it('of a ping and of a COPY are those of pg too', () => {
    expect(emptyQuery).toEqual(theirs('query', ''));
    expect(copyFail).toEqual(theirs('copyFail', 'Mooring sends no data'));
    expect(copyDone).toEqual(theirs('copyDone'));
    const data = Buffer.from('1\n');
    expect(Buffer.concat([copyDataHeader(data.length), data])).toEqual(theirs('copyData', data));
  });

  it('end in a limit of rows, or without the end of the step, where that is asked for', () => {
    const messages = statementMessages('SELECT 1', undefined);
    const rest = messages.subarray(0, messages.length - 15);
    expect(withRowLimit(messages, 7)).toEqual(
      Buffer.concat([rest, theirs('execute', { portal: '', rows: 7 }), theirs('sync')]),
    );
    expect(withoutSync(messages)).toEqual(Buffer.concat([rest, theirs('execute'), theirs('flush')]));
  });
});
