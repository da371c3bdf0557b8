import { unsendableSecretError } from '../errors/loginErrors.ts';

/** A line break would end the header and begin another one. @throws INVALID_INPUT, which does not repeat it */
export function sendable(secret: string, label: string): string {
  const trimmed = secret.trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what HTTP forbids in the value of a header
  if (/[\u0000-\u001f\u007f]/.test(trimmed)) throw unsendableSecretError(label);
  return trimmed;
}
