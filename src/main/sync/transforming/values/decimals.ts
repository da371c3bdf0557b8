/** An exact number: `digits / 10 ** scale`. */
export interface Decimal {
  readonly digits: bigint;
  /** Digits behind the point, 0 or more. */
  readonly scale: number;
}

/** Most digits of a number that is calculated with. Nothing real has so many, and somebody is trying something. */
export const maxDigits = 2_000;

const numberText = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,5}))?$/;
const integerText = /^-?(?:0|[1-9]\d*)$/;

/** Words that stand for no number, or for one without an end. */
export const numberWords: ReadonlySet<string> = new Set(['NaN', 'Infinity', '-Infinity']);

export const isIntegerText = (text: string): boolean => integerText.test(text);

/** Null for what is no number, is one in words, or has more than `maxDigits` digits. */
export function parseDecimal(text: string): Decimal | null {
  if (text.length > maxDigits) return null;
  const match = numberText.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match;
  if (whole === '' && fraction === '') return null;
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > maxDigits) return null;
  const digits = BigInt(whole + fraction);
  const scale = fraction.length - exponent;
  const signed = sign === '-' ? -digits : digits;
  return scale >= 0 ? { digits: signed, scale } : { digits: signed * powerOfTen(-scale), scale: 0 };
}

/** All digits behind the point, those that are zero as well. */
export function formatDecimal({ digits, scale }: Decimal): string {
  if (scale === 0) return digits.toString();
  const isNegative = digits < 0n;
  const text = (isNegative ? -digits : digits).toString().padStart(scale + 1, '0');
  return `${isNegative ? '-' : ''}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

const powers: bigint[] = [1n];

export function powerOfTen(exponent: number): bigint {
  for (let next = powers.length; next <= exponent; next += 1) powers.push((powers[next - 1] ?? 1n) * 10n);
  return powers[exponent] ?? 1n;
}

/** The same number with more digits behind the point. @param scale not below that of the number */
export const scaledTo = ({ digits, scale: from }: Decimal, scale: number): bigint =>
  from === scale ? digits : digits * powerOfTen(scale - from);

/** Negative, zero or positive, by value. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  const scale = Math.max(left.scale, right.scale);
  const difference = scaledTo(left, scale) - scaledTo(right, scale);
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

/** Without zeros at the end of the digits behind the point. */
export function trimmed({ digits, scale }: Decimal): Decimal {
  let shorter = digits;
  let left = scale;
  while (left > 0 && shorter % 10n === 0n) {
    shorter /= 10n;
    left -= 1;
  }
  return { digits: shorter, scale: left };
}

/** Rounded half away from zero. @param scale may be negative: to tens, hundreds … */
export function rounded(value: Decimal, scale: number): Decimal {
  if (value.scale <= scale) return value;
  const unit = powerOfTen(value.scale - scale);
  const half = value.digits < 0n ? -(unit / 2n) : unit / 2n;
  const quotient = (value.digits + half) / unit;
  return scale >= 0 ? { digits: quotient, scale } : { digits: quotient * powerOfTen(-scale), scale: 0 };
}

/** The quotient, rounded half away from zero. @param right not zero */
export function divided(left: Decimal, right: Decimal, scale: number): Decimal {
  const raised = scale + right.scale - left.scale;
  let dividend = left.digits;
  let divisor = right.digits;
  if (raised >= 0) dividend *= powerOfTen(raised);
  else divisor *= powerOfTen(-raised);
  const isNegative = dividend < 0n !== divisor < 0n;
  const [up, down] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  const quotient = (2n * up + down) / (2n * down);
  return { digits: isNegative ? -quotient : quotient, scale };
}
