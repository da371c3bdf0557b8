import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pace } from '../../../base/async/Pace.ts';
import { systemClock } from '../../../base/Clock.ts';
import { type JsonTape, tokenKinds } from './JsonTape.ts';
import { keysOf, plainTextOf, rawTextOf, textOf, valueOfKey, valuesIn } from './jsonText.ts';
import { type JsonValues, readJson, readJsonLines } from './readJson.ts';

const pace = () => new Pace(systemClock);
const read = (json: string | Buffer): Promise<JsonValues> => readJson(Buffer.from(json), pace());

async function linesOf(bytes: Buffer): Promise<string[]> {
  const lines: string[] = [];
  for await (const { tape, roots } of readJsonLines(bytes, pace())) {
    lines.push(...roots.map((root) => rawTextOf(tape, root)));
  }
  return lines;
}

/** The value as JSON.parse makes it. */
function parsedValue(tape: JsonTape, token: number): unknown {
  const kind = tape.kind(token);
  if (kind === tokenKinds.array) return valuesIn(tape, token).map((value) => parsedValue(tape, value));
  if (kind !== tokenKinds.object)
    return tape.isText(token) ? textOf(tape, token) : JSON.parse(rawTextOf(tape, token));
  const object: Record<string, unknown> = {};
  for (const key of keysOf(tape, token, Number.POSITIVE_INFINITY)) {
    Object.defineProperty(object, key, {
      value: parsedValue(tape, valueOfKey(tape, token, key)),
      ...{ enumerable: true, configurable: true, writable: true },
    });
  }
  return object;
}

async function parsed(json: string): Promise<unknown> {
  const { tape, roots } = await read(json);
  return parsedValue(tape, roots[0] ?? -1);
}

async function plain(json: string): Promise<string | null> {
  const { tape, roots } = await read(json);
  return plainTextOf(tape, roots[0] ?? -1);
}

describe('readJson', () => {
  it('reads what JSON.parse reads, to the same values', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 6 }), fc.constantFrom(0, 2, '\t'), async (json, space) => {
        const text = JSON.stringify(JSON.parse(json), null, space);
        expect(await parsed(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses what JSON.parse refuses', async () => {
    const parts = fc.constantFrom(
      ...'{}[]",:\\ \t\n0123-+.eEnulltruefalse\u0001é'.split(''),
      '""',
      '"a":',
      'null',
      'true',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(parts, { minLength: 1, maxLength: 8 }), async (texts) => {
        const text = texts.join('');
        let isValid = true;
        try {
          JSON.parse(text);
        } catch {
          isValid = false;
        }
        const outcome = await read(text).then(
          () => true,
          () => false,
        );
        expect([text, outcome]).toEqual([text, isValid]);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each(['9223372036854775807', '99999999999999.99', '1.50', '1e400', '-0', '1E+2'])(
    'keeps the digits of %s',
    async (digits) => {
      expect(await plain(digits)).toBe(digits);
      expect(await plain(` [ ${digits} ] `)).toBe(`[ ${digits} ]`);
    },
  );

  it('takes keys that mean something to JavaScript as any other', async () => {
    const { tape, roots } = await read('{"__proto__":{"a":1},"constructor":2}');
    expect(keysOf(tape, roots[0] ?? -1, 10)).toEqual(['__proto__', 'constructor']);
    expect(Object.prototype).not.toHaveProperty('a');
  });

  it('keeps both of two equal keys in the JSON, and takes the last one as the value', async () => {
    const { tape, roots } = await read('{"a":1,"a":2}');
    expect(rawTextOf(tape, roots[0] ?? -1)).toBe('{"a":1,"a":2}');
    expect(rawTextOf(tape, valueOfKey(tape, roots[0] ?? -1, 'a'))).toBe('2');
  });

  it('decodes escapes, and leaves half of a surrogate pair as it was sent', async () => {
    expect(await plain(String.raw`"\"\\\/\b\f\n\r\té 中 😀"`)).toBe('"\\/\b\f\n\r\té 中 😀');
    expect(await plain(String.raw`"a\ud83dz\ude00"`)).toBe(String.raw`a\ud83dz\ude00`);
  });

  it('reads a document with a byte order mark', async () => {
    expect(await plain('\ufeff{"a":1}')).toBe('{"a":1}');
  });

  it('says where an answer is not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('{"é":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    await expect(read(bytes)).rejects.toMatchObject({
      code: 'PROTOCOL_ERROR',
      message: 'The answer is not valid UTF-8',
      detail: expect.stringContaining('near byte 8'),
    });
  });

  it('refuses deep nesting, and says when the end is missing', async () => {
    await expect(read('['.repeat(100_000))).rejects.toMatchObject({ code: 'TOO_LARGE' });
    await expect(read('{"a":[1,2')).rejects.toMatchObject({ message: 'The answer is cut off' });
    await expect(read('{"a":"x')).rejects.toMatchObject({ message: 'The answer is cut off' });
  });

  it('reads texts that are longer than a step', async () => {
    const long = 'é\\n'.repeat(200_000);
    expect(await plain(`{"a":"${long}"}`)).toBe(`{"a":"${long}"}`);
  });
});

describe('readJsonLines', () => {
  it('leaves out the byte order mark and empty lines, and takes a last line without its end', async () => {
    expect(await linesOf(Buffer.from('\ufeff{"id":1,"n":"中"}\r\n\n{"id":2,"n":"é"}'))).toEqual([
      '{"id":1,"n":"中"}',
      '{"id":2,"n":"é"}',
    ]);
  });

  it('says in which record it is cut off or wrong', async () => {
    await expect(linesOf(Buffer.from('{"id":1}\n{"id":2}\n{"id":3,"na'))).rejects.toMatchObject({
      message: 'The answer is cut off in record 3',
    });
    await expect(linesOf(Buffer.from('{"id":1}\n{"id":2]\n'))).rejects.toMatchObject({
      detail: expect.stringContaining('in record 2'),
    });
  });

  it('gives many lines in parts', async () => {
    const bytes = Buffer.from('{"name":"somebody"}\n'.repeat(200_000));
    let partCount = 0;
    let count = 0;
    for await (const { roots } of readJsonLines(bytes, pace())) {
      partCount += 1;
      count += roots.length;
    }
    expect(count).toBe(200_000);
    expect(partCount).toBeGreaterThan(2);
  });
});
