import { z } from 'zod';

/** What a marked field holds, for the test that walks the schemas. */
interface SecretMark {
  /** Such as `password`. */
  readonly what: string;
}

/**
 * Every schema whose value is a secret. A field is marked by being made with `secretText` (or registered here); a test
 * walks all schemas of the contract and of the connectors, and fails on a field that is named like a secret and is not
 * marked, and on a marked one in an answer, an event or a stream.
 */
export const secretFields = z.registry<SecretMark>();

/** Half of a surrogate pair: a text with one is cut or made to confuse, and does not survive UTF-8. */
export const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/**
 * A secret that a person types. It only ever travels to main.
 * @param what its name in messages, such as `Password`
 */
export const secretText = (what: string, limits: { min?: number; max: number }) =>
  z
    .string()
    .min(limits.min ?? 0, { error: `${what} is shorter than ${limits.min ?? 0} characters` })
    .max(limits.max, { error: `${what} is longer than ${limits.max.toLocaleString('en')} characters` })
    .refine((text) => !text.includes('\0'), { error: `${what} contains a NUL character` })
    .refine((text) => !loneSurrogate.test(text), { error: `${what} contains an invalid character` })
    .register(secretFields, { what });
