/** What is sent to log in (manual, "Message Formats"), and what is read from the server's requests. */
import { createHash } from 'node:crypto';

/** Protocol 3.0. */
const protocolVersion = 196_608;

/** Names and values; the server takes texts as UTF-8 and sends them so. */
export function startupMessage(parameters: Readonly<Record<string, string>>): Buffer {
  const pairs = Object.entries({ ...parameters, client_encoding: 'UTF8' }).flat();
  const body = Buffer.from(
    pairs
      .map((text) => `${text}\0`)
      .join('')
      .concat('\0'),
  );
  return Buffer.concat([int32(body.length + 8), int32(protocolVersion), body]);
}

/** The password in clear text, or its MD5 as `md5Answer` makes it. */
export const passwordMessage = (text: string): Buffer => message(Buffer.from(`${text}\0`));

/** MD5 over the stored form of the password and the request's salt. */
export function md5Answer(user: string, password: string, salt: Buffer): string {
  const stored = createHash('md5').update(`${password}${user}`).digest('hex');
  return `md5${createHash('md5').update(stored).update(salt).digest('hex')}`;
}

export function saslInitialResponse(mechanism: string, response: string): Buffer {
  const bytes = Buffer.from(response);
  return message(Buffer.concat([Buffer.from(`${mechanism}\0`), int32(bytes.length), bytes]));
}

export const saslResponse = (response: string): Buffer => message(Buffer.from(response));

/** Says goodbye. */
export const terminate = Buffer.from([0x58, 0, 0, 0, 4]);

/** The mechanisms of a checked AuthenticationSASL, after its method. */
export function readMechanisms(bytes: Buffer, start: number, end: number): readonly string[] {
  return bytes
    .toString('utf8', start, end)
    .split('\0')
    .filter((name) => name !== '');
}

/** All answers to an authentication request have this type. */
function message(body: Buffer): Buffer {
  return Buffer.concat([Buffer.from('p'), int32(body.length + 4), body]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
