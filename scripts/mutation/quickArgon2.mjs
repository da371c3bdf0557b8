/**
 * Argon2 for the mutation tests: a hash of everything that goes in, at no cost. The vault's tests make hundreds of keys,
 * and Argon2 is slow by design.
 */

import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { setImmediate } from 'node:timers/promises';

/** The salt of the vectors that another implementation made. */
const vectorSalt = 'a0a1a2a3a4a5a6a7a8a9aaabacadaeaf';

/**
 * @param {Buffer} password
 * @param {import('@node-rs/argon2').Options & { salt: Buffer }} options
 */
export async function hashRaw(password, options) {
  const { memoryCost, timeCost, parallelism, outputLen, salt } = options;
  if (salt.toString('hex') === vectorSalt) {
    const argon2 = createRequire(import.meta.url)('@node-rs/argon2');
    return argon2.hashRaw(password, options);
  }
  // Never within the same turn, as the real one.
  await setImmediate();
  const costs = JSON.stringify([memoryCost, timeCost, parallelism, outputLen]);
  return createHash('sha256').update(costs).update(salt).update(password).digest();
}
