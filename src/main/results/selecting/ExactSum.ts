import { isDigit } from '../files/numbers.ts';

/** A number as digits without a point, and how many of them stand behind it. */
interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** Sums of numbers of so many digits are exact in a floating-point number. */
const safeDigits = 14;
/** Such numbers that are added up before the sum is put away. */
const safeCount = 64;
/** Most digits of the whole and of the fraction that are added; beyond it somebody is trying something. */
const maxScale = 200_000;
/** Digits of an average behind the point, at least. */
const averageScale = 16;
const minus = 0x2d;
const plus = 0x2b;
const decimalPoint = 0x2e;
const zero = 0x30;
const decimalText = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,7}))?$/;

/** Adds up decimals exactly, however many digits they have. */
export class ExactSum {
  /** By scale. */
  readonly #small = new Map<number, { sum: number; count: number }>();
  #large: Decimal = { digits: 0n, scale: 0 };
  #count = 0;
  /** Of what is no finite number, as floating-point numbers are added: Infinity or NaN. */
  #special: number | null = null;

  /** @returns false when the text is no number; then nothing was added */
  add(text: string): boolean {
    const match = decimalText.exec(text);
    if (match === null) return this.#addSpecial(text);
    const [, sign = '', whole = '', fraction = '', exponent] = match;
    const scale = fraction.length - (exponent === undefined ? 0 : Number(exponent));
    if (whole.length + fraction.length === 0 || Math.abs(scale) > maxScale) return false;
    this.#count += 1;
    const digits = whole + fraction;
    if (digits.length <= safeDigits && scale >= 0) this.#addSmall(Number(sign + digits), scale);
    else this.#addLarge(BigInt(digits) * (sign === '-' ? -1n : 1n), scale);
    return true;
  }

  /**
   * Adds a number of few digits without making text of it.
   * @returns false when it is something else; then nothing was added
   */
  addShort(bytes: Uint8Array, from: number, to: number): boolean {
    const first = bytes[from];
    const start = first === minus || first === plus ? from + 1 : from;
    let value = 0;
    let point = -1;
    for (let position = start; position < to; position += 1) {
      const byte = bytes[position];
      if (byte === decimalPoint && point < 0) point = position;
      else if (isDigit(byte)) value = value * 10 + (byte ?? 0) - zero;
      else return false;
    }
    const digitCount = to - start - (point < 0 ? 0 : 1);
    if (digitCount < 1 || digitCount > safeDigits) return false;
    this.#count += 1;
    this.#addSmall(first === minus ? -value : value, point < 0 ? 0 : to - point - 1);
    return true;
  }

  /** Null when nothing was added. */
  get sum(): string | null {
    if (this.#count === 0) return null;
    if (this.#special !== null) return String(this.#special);
    return decimalOf(this.#total());
  }

  /** With at least sixteen digits behind the point where it does not end before; null when nothing was added. */
  get average(): string | null {
    if (this.#count === 0) return null;
    if (this.#special !== null) return String(this.#special);
    const { digits, scale } = this.#total();
    const targetScale = Math.max(scale, averageScale);
    const count = BigInt(this.#count);
    const dividend = digits * 10n ** BigInt(targetScale - scale);
    const half = dividend < 0n ? -count : count;
    return decimalOf({ digits: (2n * dividend + half) / (2n * count), scale: targetScale });
  }

  #addSpecial(text: string): boolean {
    const word = /^([+-]?)(?:(nan)|inf(?:inity)?)$/i.exec(text);
    if (word === null) return false;
    const value = word[2] === undefined ? Number.POSITIVE_INFINITY : Number.NaN;
    this.#count += 1;
    this.#special = (this.#special ?? 0) + (word[1] === '-' ? -value : value);
    return true;
  }

  #addSmall(value: number, scale: number): void {
    const small = this.#small.get(scale) ?? { sum: 0, count: 0 };
    if (small.count === 0) this.#small.set(scale, small);
    small.sum += value;
    small.count += 1;
    if (small.count < safeCount) return;
    this.#small.delete(scale);
    this.#addLarge(BigInt(small.sum), scale);
  }

  #addLarge(digits: bigint, scale: number): void {
    this.#large = sumOf(this.#large, { digits, scale });
  }

  #total(): Decimal {
    for (const [scale, { sum }] of this.#small) this.#addLarge(BigInt(sum), scale);
    this.#small.clear();
    return this.#large;
  }
}

function sumOf(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  const digits = (term: Decimal) =>
    term.scale === scale ? term.digits : term.digits * 10n ** BigInt(scale - term.scale);
  return { digits: digits(left) + digits(right), scale };
}

/** Without zeros at the end of the fraction. */
function decimalOf({ digits, scale }: Decimal): string {
  const isNegative = digits < 0n;
  const text = String(isNegative ? -digits : digits).padStart(scale + 1, '0');
  const whole = text.slice(0, text.length - scale);
  const fraction = text.slice(text.length - scale).replace(/0+$/, '');
  return `${isNegative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
