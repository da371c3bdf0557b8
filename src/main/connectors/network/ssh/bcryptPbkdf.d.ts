/** The package has no types. Only what is used of it. */
declare module 'bcrypt-pbkdf' {
  /** One `bcrypt_hash` of OpenBSD: 32 bytes from two hashes of SHA-512. */
  export function hash(sha2pass: Uint8Array, sha2salt: Uint8Array, out: Uint8Array): void;
}
