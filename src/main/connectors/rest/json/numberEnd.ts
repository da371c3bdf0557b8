/** Longest number that is read. It would be text for everybody else too. */
const maxNumberBytes = 65_536;

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

function digitsEnd(bytes: Buffer, from: number, limit: number): number {
  let position = from;
  while (position < limit && isDigit(bytes[position])) position += 1;
  return position;
}

/** Where a number ends that begins at `from`, as JSON writes numbers; -1: there is none. Its value is not looked at. */
export function numberEnd(bytes: Buffer, from: number): number {
  const limit = from + maxNumberBytes;
  const first = bytes[from] === 0x2d ? from + 1 : from;
  let end = digitsEnd(bytes, first, limit);
  if (end === first) return -1;
  // 0 stands alone before the point.
  if (bytes[first] === 0x30 && end > first + 1) return -1;
  if (bytes[end] === 0x2e) {
    const fraction = end + 1;
    end = digitsEnd(bytes, fraction, limit);
    if (end === fraction) return -1;
  }
  if (bytes[end] === 0x65 || bytes[end] === 0x45) {
    const sign = bytes[end + 1];
    const exponent = sign === 0x2b || sign === 0x2d ? end + 2 : end + 1;
    end = digitsEnd(bytes, exponent, limit);
    if (end === exponent) return -1;
  }
  return end >= limit ? -1 : end;
}
