import { cleanText } from './cleanText.ts';

const knownGreetings: readonly (readonly [RegExp, string])[] = [
  [/^HTTP\/\d/, 'a web server (HTTP)'],
  [/^SSH-/, 'an SSH server'],
  [/^220[ -]/, 'a mail or FTP server'],
  [/^-ERR|^-NOAUTH|^\+OK/, 'a Redis or mail server'],
  [/^[\s\S]{4}\n[\d.]+[\s\S]*(?:mysql|mariadb)/i, 'a MySQL or MariaDB server'],
];

/** Says in words what a server sent that is not the PostgreSQL protocol. */
export function describeBytes(bytes: Buffer): string {
  const text = bytes.subarray(0, 256).toString('latin1');
  const greeting = knownGreetings.find(([pattern]) => pattern.test(text));
  if (greeting !== undefined) return `What answers is ${greeting}: "${cleanText(text, 60)}"`;
  const readable = cleanText(text, 60);
  return readable.length >= 4
    ? `The answer began with "${readable}"`
    : "The answer is not PostgreSQL's protocol";
}
