/**
 * HeidiSQL's `encrypt` (apphelpers.pas): each character as two hexadecimal digits, shifted by the digit at the end of the
 * text. Where that is 0, which is no shift, each has four, and the shift stands in front of the 0. It hides passwords from
 * a glance only.
 * @returns null for none, and for one with control characters, which it does not write in one way only
 */
export function heidisqlPassword(text: string): string | null {
  const isWide = text.endsWith('0');
  const body = isWide ? text.slice(0, -1) : text;
  const shift = Number(body.at(-1) ?? Number.NaN);
  const digits = body.slice(0, -1);
  const size = isWide ? 4 : 2;
  if (!/^[0-9A-Fa-f]+$/.test(digits) || digits.length % size !== 0 || !(shift > 0)) return null;
  const most = isWide ? 0xffff : 0xff;
  const codes = Array.from({ length: digits.length / size }, (_, index) => {
    const code = Number.parseInt(digits.slice(index * size, (index + 1) * size), 16) - shift;
    return code < 0 ? code + most : code;
  });
  return codes.every((code) => code >= 0x20) ? String.fromCharCode(...codes) : null;
}
