import { lengthPrefixed } from '../../../base/canonicalBytes.ts';

/** The bytes of keys as SSH writes them (RFC 4251, section 5), and a private key without encryption as text. */

/** Reads strings with their length in front. @throws RangeError past the end */
export class StringReader {
  readonly #bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  uint32(): number {
    const value = this.#bytes.readUInt32BE(this.at);
    this.at += 4;
    return value;
  }

  string(): Buffer {
    const length = this.uint32();
    if (this.at + length > this.#bytes.length) throw new RangeError('A string is longer than the key.');
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }
}

/** In front of a key in OpenSSH's own format. */
export const openSshMagic = Buffer.from('openssh-key-v1\0');

/**
 * A key in OpenSSH's own format (PROTOCOL.key of OpenSSH) without encryption, which ssh2 reads.
 * @param publicPart the number of keys and the public ones
 */
export function plainOpenSshKey(publicPart: Buffer, privatePart: Buffer): string {
  const none = lengthPrefixed(['none']);
  const parts = [openSshMagic, none, none, lengthPrefixed(['']), publicPart, lengthPrefixed([privatePart])];
  const lines =
    Buffer.concat(parts)
      .toString('base64')
      .match(/.{1,70}/g) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join(
    '\n',
  );
}

/** A cipher, derivation or type of key that Mooring does not know. */
export class UnknownKeyCipher extends Error {
  override readonly name = 'UnknownKeyCipher';
}
