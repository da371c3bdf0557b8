/** A number that JavaScript cannot hold: it counts as the nearest one, and is written as it was sent. */
export class ExactNumber extends Number {
  readonly digits: string;

  constructor(digits: string) {
    super(digits);
    this.digits = digits;
  }
}

/** A number of JSON as JMESPath computes with it. */
export function numberOf(digits: string): number | ExactNumber {
  const value = Number(digits);
  // A few digits are exact for sure.
  if (digits.length <= 15 && !/[eE]/.test(digits)) return value;
  return Number.isFinite(value) && normalised(String(value)) === normalised(digits)
    ? value
    : new ExactNumber(digits);
}

/** The same text for all ways to write a number: its digits without zeros at the ends, and where the point is. */
function normalised(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const power = Number(exponent) - fraction.length + digits.length - significant.length;
  return `${sign}${significant}e${power}`;
}
