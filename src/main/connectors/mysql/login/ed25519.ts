/**
 * The proof of MariaDB's method ed25519: an Ed25519 signature (RFC 8032) of the server's scramble, in which the password
 * itself stands where the 32 bytes of a private key would be. Node signs with keys of 32 bytes only, so the arithmetic is
 * here. It does not run in constant time: one signature a log-in, on the computer where the password is typed.
 */
import { createHash } from 'node:crypto';

const prime = 2n ** 255n - 19n;
const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n;

/** A point of the curve in extended coordinates (RFC 8032, section 5.1.4). */
interface Point {
  readonly x: bigint;
  readonly y: bigint;
  readonly z: bigint;
  readonly t: bigint;
}

const mod = (value: bigint, modulus = prime): bigint => {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
};

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let bits = exponent, square = base; bits > 0n; bits >>= 1n, square = mod(square * square)) {
    if ((bits & 1n) === 1n) result = mod(result * square);
  }
  return result;
}

const inverse = (value: bigint): bigint => power(value, prime - 2n);

const d = mod(-121665n * inverse(121666n));
const neutral: Point = { x: 0n, y: 1n, z: 1n, t: 0n };
const baseX = 15112221349535400772501151409588531511454012693041857206046113283949847762202n;
const baseY = mod(4n * inverse(5n));
const base: Point = { x: baseX, y: baseY, z: 1n, t: mod(baseX * baseY) };

function add(one: Point, other: Point): Point {
  const a = mod((one.y - one.x) * (other.y - other.x));
  const b = mod((one.y + one.x) * (other.y + other.x));
  const c = mod(2n * d * one.t * other.t);
  const e = mod(2n * one.z * other.z);
  const [f, g, h, i] = [b - a, e - c, e + c, b + a];
  return { x: mod(f * g), y: mod(h * i), z: mod(g * h), t: mod(f * i) };
}

function multiply(scalar: bigint): Point {
  let result = neutral;
  for (let bits = scalar, point = base; bits > 0n; bits >>= 1n, point = add(point, point)) {
    if ((bits & 1n) === 1n) result = add(result, point);
  }
  return result;
}

const fromBytes = (bytes: Buffer): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);

function toBytes(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse();
}

function encode({ x, y, z }: Point): Buffer {
  const toAffine = inverse(z);
  const isOdd = mod(x * toAffine) & 1n;
  return toBytes(mod(y * toAffine) | (isOdd << 255n));
}

function sha512(...parts: readonly Buffer[]): Buffer {
  const hashing = createHash('sha512');
  for (const part of parts) hashing.update(part);
  return hashing.digest();
}

/** Of the bits of a private key, the lowest three are zero, the highest too, and the one before it is one. */
const clamp = (key: bigint): bigint => (key & (2n ** 254n - 8n)) | (2n ** 254n);

export function ed25519Proof(password: string, scramble: Buffer): Buffer {
  const expanded = sha512(Buffer.from(password, 'utf8'));
  const key = clamp(fromBytes(expanded.subarray(0, 32)));
  const nonce = mod(fromBytes(sha512(expanded.subarray(32), scramble)), groupOrder);
  const commitment = encode(multiply(nonce));
  const challenge = fromBytes(sha512(commitment, encode(multiply(key)), scramble));
  return Buffer.concat([commitment, toBytes(mod(nonce + challenge * key, groupOrder))]);
}
