export { cleanText } from '../../base/cleanText.ts';

/** Takes a secret out of a text, wherever it occurs. */
export function withoutSecret(text: string, secret: string | null): string {
  return secret === null || secret === '' ? text : text.replaceAll(secret, '•••');
}
