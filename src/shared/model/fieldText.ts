import { z } from 'zod';
import { loneSurrogate } from './secretField.ts';
import { invisibleCharacter, unusualBlankCharacter } from './visibleText.ts';

/** Text fields that a person sees and that a server takes: what every engine refuses in a name, a host or a port. */

const utf8Length = (text: string): number => new TextEncoder().encode(text).length;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is refused
const controlCharacters = /[\u0000-\u001f\u007f-\u009f]/;
/** Marks that change reading direction: a name could otherwise show as another name. */
const bidiControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** @param what its name in messages, such as `Host` */
export const plainText = (what: string) =>
  z
    .string()
    .refine((text) => !controlCharacters.test(text), { error: `${what} contains control characters` })
    .refine((text) => !bidiControls.test(text), { error: `${what} contains text direction marks` })
    .refine((text) => invisibleCharacter(text) === null, {
      error: ({ input }) => `${what} contains an invisible character (${invisibleCharacter(String(input))})`,
    })
    .refine((text) => !loneSurrogate.test(text), { error: `${what} contains an invalid character` });

/**
 * A name of something on a server.
 * @param maxBytes in UTF-8; servers cut or refuse longer ones
 */
export const identifier = (what: string, maxBytes: number) =>
  plainText(what)
    .min(1, { error: `${what} is required` })
    .refine((text) => unusualBlankCharacter(text) === null, {
      error: ({ input }) => `${what} contains an unusual space (${unusualBlankCharacter(String(input))})`,
    })
    .refine((text) => utf8Length(text) <= maxBytes, { error: `${what} is longer than ${maxBytes} bytes` });

/**
 * A name or an address. An IPv6 address has at least two colons: `db:5432` is a host with its port, not one. Of ASCII's
 * punctuation a name has only dot, dash and underscore: whatever else stands there is another part of a connection text.
 */
const hostPattern =
  /^(?:\[[0-9a-fA-F:.]+(?:%[\w.-]+)?\]|[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:.]*(?:%[\w.-]+)?|[^\s!-,/:-@[-^`{-~]+)$/;

export const hostSchema = plainText('Host')
  .min(1, { error: 'Host is required' })
  .max(253, { error: 'Host is longer than 253 characters' })
  .regex(hostPattern, { error: 'Host must be a single name or address, without a port, path or spaces' });

export const portSchema = z
  .int({ error: 'Port must be a whole number' })
  .min(1, { error: 'Port must be between 1 and 65535' })
  .max(65_535, { error: 'Port must be between 1 and 65535' });
