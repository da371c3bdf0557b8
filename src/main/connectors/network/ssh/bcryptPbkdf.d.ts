/** The package has no types. Only what is used of it. */
declare module 'bcrypt-pbkdf' {
  const bcrypt: {
    /** One `bcrypt_hash` of OpenBSD: 32 bytes from two hashes of SHA-512. */
    hash(sha2pass: Uint8Array, sha2salt: Uint8Array, out: Uint8Array): void;
  };
  // biome-ignore lint/style/noDefaultExport: what Node makes of a package of CommonJS
  export default bcrypt;
}
