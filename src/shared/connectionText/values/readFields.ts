import type { z } from 'zod';
import { secretValueSchema } from '../../model/dataSource.ts';
import { hostSchema, portSchema } from '../../model/fieldText.ts';
import { trimmedText } from '../../model/visibleText.ts';
import { ConnectionTextRefused } from '../ConnectionTextRefused.ts';
import { severalHosts } from '../splitting/splitUrl.ts';
import { networkHost } from './networkHost.ts';

/** Values of fields that every engine has. What is not secret is refused when it seems to hold a password. */

/** A setting inside a value: the text was put together wrongly, and a part of it is a password. */
const passwordInside = /(?:password|passwd|pwd)\s*=/i;

/**
 * A value that is not secret, as the engine's schema takes it.
 * @param what its name in messages, such as `host`
 * @throws ConnectionTextRefused for one that the schema refuses, or that holds a password
 */
function checkedText(what: string, schema: z.ZodType<string>, text: string): string {
  const result = schema.safeParse(trimmedText(text));
  if (result.success && !passwordInside.test(text)) return result.data;
  throw new ConnectionTextRefused(
    result.error?.issues[0]?.message ?? `The ${what} in the text contains another setting`,
    `Check the ${what} in the text.`,
  );
}

/**
 * The name of a user or of a database; empty when the text has none.
 * @throws ConnectionTextRefused
 */
export const readName = (what: string, schema: z.ZodType<string>, text: string): string =>
  text.trim() === '' ? '' : checkedText(what, schema, text);

/**
 * The host as the network will see it: lower case, punycode, numbers written out as an address.
 * @throws ConnectionTextRefused
 */
export function readHost(text: string, notes: string[]): string {
  if (text === '') {
    throw new ConnectionTextRefused(
      'The text contains no host',
      'Add the host, such as localhost or db.example.com.',
    );
  }
  if (text.includes(',')) throw severalHosts();
  const host = checkedText('host', hostSchema, text);
  const normal = networkHost(host);
  if (normal === null) {
    throw new ConnectionTextRefused('The host is not a valid name or address', 'Check the host in the text.');
  }
  if (normal.toLowerCase() !== host.toLowerCase()) notes.push(`On the network, the host is ${normal}.`);
  return normal;
}

/**
 * The port as its field holds it.
 * @param usual the port of the engine when the text names none
 * @throws ConnectionTextRefused
 */
export function readPort(text: string, usual: number): string {
  if (text === '') return String(usual);
  const port = portSchema.safeParse(/^\d{1,5}$/.test(text) ? Number(text) : Number.NaN);
  if (port.success) return String(port.data);
  throw new ConnectionTextRefused(
    'The port is not a number between 1 and 65535',
    `The usual port is ${usual}. If it is part of the password, write : as %3A and @ as %40.`,
  );
}

/**
 * The secrets of a text, by secret field; those that are empty are left out.
 * @throws ConnectionTextRefused for a password that cannot be one
 */
export function readSecrets(secrets: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const given = Object.entries(secrets).filter(([, secret]) => secret !== '');
  for (const [, secret] of given) {
    const result = secretValueSchema.safeParse(secret);
    if (result.success) continue;
    throw new ConnectionTextRefused(
      result.error.issues[0]?.message ?? 'The password cannot be used',
      'Leave out the password and enter it in its own field.',
    );
  }
  return Object.fromEntries(given);
}
