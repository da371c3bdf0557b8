import { cleanText } from '../../../base/cleanText.ts';
import { WireFailure } from './WireFailure.ts';

/** Patterns of first bytes, read as Latin-1, and whose they are, with its article; the kind of the engine, if it is one. */
export type Greetings = readonly (readonly [RegExp, string, string?])[];

/** What an engine's wire expects to hear. */
export interface ExpectedService {
  /** As in "not the Acme protocol". */
  readonly label: string;
  /** How the servers of other engines begin, as far as they talk to this one's clients. */
  readonly otherEngines: Greetings;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a TLS alert, which answers clear text
const tlsAlert = /^\x15\x03[\0-\x04]\0\x02/;

/** How services that are no databases begin what they say, be it a greeting or their answer to our first bytes. */
const knownGreetings: Greetings = [
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
];

/** Something else than a server of the engine has answered, and what it is. */
export class OtherService extends WireFailure {
  /** With its article: `a web server (HTTP)`. */
  readonly service: string;
  /** The kind of the engine that speaks so; null where Mooring has none. */
  readonly engine: string | null;

  constructor(service: string, engine: string | null, bytes: Buffer, expected: ExpectedService) {
    super('protocol', describeBytes(bytes, expected));
    this.service = service;
    this.engine = engine;
  }
}

/** @throws OtherService when the first bytes of a connection are those of another service that is known */
export function refuseOtherService(bytes: Buffer, expected: ExpectedService): void {
  const text = bytes.subarray(0, 256).toString('latin1');
  const greetings = [...knownGreetings, ...expected.otherEngines];
  const greeting = greetings.find(([pattern]) => pattern.test(text));
  if (greeting === undefined) return;
  const [, service, engine = null] = greeting;
  throw new OtherService(service, engine, bytes, expected);
}

/** Says in words what a server sent that is not the expected protocol. */
export function describeBytes(bytes: Buffer, { label }: ExpectedService): string {
  const readable = cleanText(bytes.subarray(0, 256).toString('latin1'), 60);
  return readable.length >= 4
    ? `The response began with "${readable}".`
    : `The response does not follow the ${label} protocol.`;
}
