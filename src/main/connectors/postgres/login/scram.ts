import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import { LoginFailure } from './LoginFailure.ts';
import { saslprep } from './saslprep.ts';

/** RFC 7677, section 4. With fewer, whoever plays the server can guess the password from one log-in. */
const minIterations = 4_096;
/** About a second of one core. A server could have us hash for days (PostgreSQL itself allows two billion). */
export const maxIterations = 2_000_000;

const plain = 'SCRAM-SHA-256';
const bound = 'SCRAM-SHA-256-PLUS';

const derive = promisify(pbkdf2);

/** What the log-in is bound to when the connection is encrypted: the hash of the server's certificate (RFC 5929). */
export type ChannelBinding = () => Buffer;

/** Printable ASCII without the comma: what a nonce is made of (RFC 5802, section 7). */
const serverFirstPattern =
  /^r=(?<nonce>[\x21-\x2b\x2d-\x7e]+),s=(?<salt>[A-Za-z0-9+/]+={0,2}),i=(?<iterations>[1-9]\d{0,9})(?:,.*)?$/;
const serverFinalPattern = /^v=(?<signature>[A-Za-z0-9+/]+={0,2})(?:,.*)?$/;

/**
 * One SCRAM-SHA-256 log-in (RFC 5802, RFC 7677), bound to the TLS channel where the server offers it. The password is
 * never sent, and the server proves that it knows it too. Call `answer` and `verify` once each, in this order.
 */
export class ScramExchange {
  readonly mechanism: string;
  /** The SASL initial response. PostgreSQL takes the user from the startup message and ignores the one in here. */
  readonly clientFirst: string;
  readonly #gs2Header: string;
  readonly #binding: ChannelBinding | null;
  readonly #nonce: string;
  #serverSignature: Buffer | null = null;

  /**
   * @param offered the server's mechanisms
   * @param binding null on an unencrypted connection
   * @throws LoginFailure (authentication-method) when the server offers none that we have
   */
  constructor(offered: readonly string[], binding: ChannelBinding | null) {
    const isBound = binding !== null && offered.includes(bound);
    if (!isBound && !offered.includes(plain)) {
      throw new LoginFailure(
        'authentication-method',
        'The server offers no SASL mechanism that Mooring supports.',
      );
    }
    this.mechanism = isBound ? bound : plain;
    this.#binding = isBound ? binding : null;
    // `y`: we could have bound it, but the server did not offer it. A server that did offer it notices the lie between us.
    this.#gs2Header = isBound ? 'p=tls-server-end-point,,' : binding === null ? 'n,,' : 'y,,';
    this.#nonce = randomBytes(18).toString('base64');
    this.clientFirst = `${this.#gs2Header}${this.#clientFirstBare}`;
  }

  get isBound(): boolean {
    return this.#binding !== null;
  }

  get #clientFirstBare(): string {
    return `n=,r=${this.#nonce}`;
  }

  /**
   * The client's final message, with the proof that it knows the password.
   * @param password asked only for a challenge that is acceptable
   * @throws LoginFailure or WireFailure for a challenge that is malformed, or has too few or too many iterations; nothing is hashed then
   */
  async answer(serverFirst: string, password: () => Promise<string>): Promise<string> {
    const { nonce, salt, iterations } = readServerFirst(serverFirst, this.#nonce);
    const bindingData = this.#binding?.() ?? Buffer.alloc(0);
    const channel = Buffer.concat([Buffer.from(this.#gs2Header), bindingData]).toString('base64');
    const clientFinal = `c=${channel},r=${nonce}`;
    const signed = `${this.#clientFirstBare},${serverFirst},${clientFinal}`;
    const salted = await derive(saslprep(await password()), salt, iterations, 32, 'sha256');
    const clientKey = hmac(salted, 'Client Key');
    const clientSignature = hmac(createHash('sha256').update(clientKey).digest(), signed);
    const proof = clientKey.map((byte, index) => byte ^ (clientSignature[index] ?? 0));
    this.#serverSignature = hmac(hmac(salted, 'Server Key'), signed);
    return `${clientFinal},p=${Buffer.from(proof).toString('base64')}`;
  }

  /** @throws LoginFailure (server-unproven) when the server does not prove that it knows the password */
  verify(serverFinal: string): void {
    const signature = serverFinalPattern.exec(serverFinal)?.groups?.signature;
    const given = Buffer.from(signature ?? '', 'base64');
    const expected = this.#serverSignature;
    if (expected !== null && given.length === expected.length && timingSafeEqual(given, expected)) return;
    throw new LoginFailure('server-unproven', 'The server could not prove that it knows the password.');
  }
}

function readServerFirst(
  text: string,
  clientNonce: string,
): { nonce: string; salt: Buffer; iterations: number } {
  const { nonce = '', salt = '', iterations = '' } = serverFirstPattern.exec(text)?.groups ?? {};
  if (nonce === '') throw new WireFailure('protocol', 'The server sent a malformed SCRAM challenge.');
  if (!nonce.startsWith(clientNonce) || nonce.length === clientNonce.length) {
    throw new LoginFailure('server-unproven', 'The SCRAM challenge does not match the request.');
  }
  const count = Number(iterations);
  const asked = `The server asks for ${count.toLocaleString('en')} SCRAM iterations`;
  if (count < minIterations) {
    throw new LoginFailure(
      'iterations-too-few',
      `${asked}; fewer than ${minIterations.toLocaleString('en')} are not safe.`,
    );
  }
  if (count > maxIterations) {
    throw new LoginFailure(
      'iterations-too-many',
      `${asked}; Mooring accepts at most ${maxIterations.toLocaleString('en')}.`,
    );
  }
  return { nonce, salt: Buffer.from(salt, 'base64'), iterations: count };
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
