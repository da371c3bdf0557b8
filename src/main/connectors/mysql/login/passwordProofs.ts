import { constants, createHash, publicEncrypt } from 'node:crypto';
import { nulText } from './loginPackets.ts';

const hash = (algorithm: string, ...parts: readonly Buffer[]): Buffer => {
  const hashing = createHash(algorithm);
  for (const part of parts) hashing.update(part);
  return hashing.digest();
};

function xor(bytes: Buffer, mask: Buffer): Buffer {
  return Buffer.from(bytes.map((byte, index) => byte ^ (mask[index % mask.length] ?? 0)));
}

/** mysql_native_password: SHA1(password) XOR SHA1(scramble + SHA1(SHA1(password))). */
export function nativeProof(password: string, scramble: Buffer): Buffer {
  const once = hash('sha1', Buffer.from(password, 'utf8'));
  return xor(once, hash('sha1', scramble, hash('sha1', once)));
}

/** caching_sha2_password: SHA256(password) XOR SHA256(SHA256(SHA256(password)) + scramble). */
export function sha2Proof(password: string, scramble: Buffer): Buffer {
  const once = hash('sha256', Buffer.from(password, 'utf8'));
  return xor(once, hash('sha256', hash('sha256', once), scramble));
}

/**
 * The password for a server whose key is known to be its own.
 * @throws Error of the crypto library for a key that cannot be read
 */
export function encryptedPassword(password: string, scramble: Buffer, publicKeyPem: string): Buffer {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return publicEncrypt({ key: publicKeyPem, padding, oaepHash: 'sha1' }, xor(nulText(password), scramble));
}
