import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ConnectionTextCodec } from '../../src/shared/connectionText/ConnectionTextCodec.ts';
import type { EngineForm } from '../../src/shared/engines/form.ts';
import { secretValueSchema } from '../../src/shared/model/dataSource.ts';
import { identifier } from '../../src/shared/model/fieldText.ts';
import { defaultTimeoutSettings } from '../../src/shared/model/poolSettings.ts';
import { type TlsSettings, tlsModeSchema } from '../../src/shared/model/tls.ts';
import { trimmedText } from '../../src/shared/model/visibleText.ts';
import { readAny } from './connectionTexts.ts';

/** What holds for the URL that every engine writes. */

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
const nameSchema = identifier('Name', 63);
/** A text that holds another setting, such as `password=`, is refused when it is read; the mark is the password's. */
const isName = (name: string) =>
  nameSchema.safeParse(name).success && trimmedText(name) === name && !/[=§]/.test(name);
const plainName = text.filter(isName);
const awkward = fc.constantFrom('@', ':', '/', '?', '#', '%', '%41', ' ', '+', '&', '[', ']', ',', "'", '\\');
/** Made of what means something in a URL. */
const awkwardText = fc
  .array(fc.oneof(awkward, plainName), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(''));
const name = fc.oneof(plainName, awkwardText.filter(isName));
const password = fc
  .oneof(text, awkwardText)
  .filter((value) => secretValueSchema.safeParse(value).success)
  .map((value) => `§${value}§`);

/** Valid parts of a configuration. */
export const configParts = {
  host: fc.oneof(fc.domain(), fc.ipV4()).map((host) => host.toLowerCase()),
  port: fc.integer({ min: 1, max: 65_535 }),
  name,
  tls: fc.record<TlsSettings>({
    // A text never makes Mooring fall back to plain text.
    mode: fc.constantFrom(...tlsModeSchema.options.filter((mode) => mode !== 'allow' && mode !== 'prefer')),
    caPem: fc.constant(null),
  }),
};

/**
 * A URL reads as what it was written from, and without its password it is the same URL.
 * @param shown the values that a URL keeps; the others have no place in it
 */
export function itReadsBack<Config, Key extends string>(
  codec: ConnectionTextCodec<Config>,
  form: EngineForm<Config, Key>,
  config: fc.Arbitrary<Config>,
  shown: readonly Key[],
): void {
  it('is read again as what it was made of, whatever is in it', () => {
    fc.assert(
      fc.property(config, fc.oneof(fc.constant(null), password), (written, secret) => {
        const reading = readAny(codec.urlOf(written, defaultTimeoutSettings, secret));
        if (!reading.ok) throw new Error(reading.message);
        const values = form.valuesOf(written);
        const expected = Object.fromEntries(shown.map((key) => [key, values[key]]));
        expect(reading.values).toMatchObject(expected);
        expect(reading.secrets).toEqual(secret === null ? {} : { password: secret });
        expect(reading.leftOut).toEqual([]);
      }),
    );
  });

  it('has its password in one place, and nothing else changes without it', () => {
    fc.assert(
      fc.property(config, password, (written, secret) => {
        const plain = codec.urlOf(written, defaultTimeoutSettings, null);
        const whole = codec.urlOf(written, defaultTimeoutSettings, secret);
        expect(plain).not.toContain(encodeURIComponent('§'));
        expect(whole.replace(/:%C2%A7.*%C2%A7@/, '@')).toBe(plain);
      }),
    );
  });
}
