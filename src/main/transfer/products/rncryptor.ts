import { createDecipheriv, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * RNCryptor's file format, version 3 with a password: `03 | 01 | salt 8 | HMAC salt 8 | IV 16 | ciphertext | HMAC 32`.
 * AES-256-CBC, HMAC-SHA256 over all in front of it, both keys by PBKDF2-SHA1 with 10,000 rounds
 * (github.com/RNCryptor/RNCryptor-Spec, RNCryptor-Spec-v3.md).
 */
const header = Buffer.from([3, 1]);
const saltBytes = 8;
const vectorBytes = 16;
const macBytes = 32;
const keyBytes = 32;
const rounds = 10_000;
const ciphertextStart = header.length + 2 * saltBytes + vectorBytes;

const derive = promisify(pbkdf2);

export const isRncryptor = (bytes: Buffer): boolean =>
  bytes.length >= ciphertextStart + vectorBytes + macBytes &&
  bytes.subarray(0, header.length).equals(header) &&
  (bytes.length - ciphertextStart - macBytes) % vectorBytes === 0;

/** @returns null for a wrong password and for a changed file alike */
export async function openRncryptor(bytes: Buffer, password: string): Promise<Buffer | null> {
  const saltAt = header.length;
  const keyOf = (start: number): Promise<Buffer> =>
    derive(password, bytes.subarray(start, start + saltBytes), rounds, keyBytes, 'sha1');
  const [key, macKey] = await Promise.all([keyOf(saltAt), keyOf(saltAt + saltBytes)]);
  try {
    const macAt = bytes.length - macBytes;
    const mac = createHmac('sha256', macKey).update(bytes.subarray(0, macAt)).digest();
    if (!timingSafeEqual(mac, bytes.subarray(macAt))) return null;
    const vector = bytes.subarray(ciphertextStart - vectorBytes, ciphertextStart);
    const decipher = createDecipheriv('aes-256-cbc', key, vector);
    return Buffer.concat([decipher.update(bytes.subarray(ciphertextStart, macAt)), decipher.final()]);
  } finally {
    key.fill(0);
    macKey.fill(0);
  }
}
