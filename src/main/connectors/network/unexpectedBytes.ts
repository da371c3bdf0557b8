import { cleanText } from '../postgres/cleanText.ts';
import { WireFailure } from '../postgres/WireFailure.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: a TLS alert, which answers clear text
const tlsAlert = /^\x15\x03[\0-\x04]\0\x02/;
// MySQL's packets: three bytes of length, number 0, then protocol 10 and the version, or an error (0xff).
const mysqlGreeting = /^[\s\S]{2}\0\0\n\d+\.\d/;
const mysqlError = /^[\s\S]{2}\0\0\xff[\s\S]{2}(?:#\w{5})?[ -~]*(?:host|connection)/i;

/** How other services begin what they say, be it a greeting or their answer to our first bytes. */
const knownGreetings: readonly (readonly [RegExp, string])[] = [
  [/^HTTP\/|^<(?:!doctype|html)/i, 'a web server (HTTP)'],
  [tlsAlert, 'a server that expects TLS from the first byte, such as a web server (HTTPS)'],
  [/^SSH-\d/, 'an SSH server'],
  [/^220[ -][^\r\n]*\bFTP/i, 'an FTP server'],
  [/^220[ -][^\r\n]*\bE?SMTP/i, 'a mail server (SMTP)'],
  [/^220[ -]/, 'a mail or FTP server'],
  [/^554[ -]/, 'a mail server (SMTP)'],
  [/^\* (?:OK|BYE|PREAUTH)\b/, 'a mail server (IMAP)'],
  [/^\+OK\b/, 'a mail server (POP3)'],
  [/^-(?:NOAUTH|DENIED|LOADING)\b/, 'a Redis server'],
  [/^-ERR\b/, 'a Redis or mail server'],
  [/^INFO \{/, 'a NATS server'],
  [/^AMQP/, 'a message broker (AMQP)'],
  [/^RFB \d{3}/, 'a remote desktop server (VNC)'],
  [/^(?:CLIENT_)?ERROR\b/, 'a Memcached server'],
  [mysqlGreeting, 'a MySQL or MariaDB server'],
  [mysqlError, 'a MySQL or MariaDB server'],
];

/** Something else than a PostgreSQL server has answered, and what it is. */
export class OtherService extends WireFailure {
  /** With its article: `a web server (HTTP)`. */
  readonly service: string;

  constructor(service: string, bytes: Buffer) {
    super('protocol', describeBytes(bytes));
    this.service = service;
  }
}

/** @throws OtherService when the first bytes of a connection are those of another service that is known */
export function refuseOtherService(bytes: Buffer): void {
  const text = bytes.subarray(0, 256).toString('latin1');
  const greeting = knownGreetings.find(([pattern]) => pattern.test(text));
  if (greeting !== undefined) throw new OtherService(greeting[1], bytes);
}

/** Says in words what a server sent that is not the PostgreSQL protocol. */
export function describeBytes(bytes: Buffer): string {
  const readable = cleanText(bytes.subarray(0, 256).toString('latin1'), 60);
  return readable.length >= 4
    ? `The response began with "${readable}".`
    : 'The response does not follow the PostgreSQL protocol.';
}
