/**
 * The one way in which several values become bytes to hash or to authenticate: each as its length (4 bytes,
 * big-endian) and itself, text as UTF-8. Unlike with separators or JSON, no two lists give the same bytes.
 */
export function lengthPrefixed(parts: readonly (string | Buffer)[]): Buffer {
  const pieces = parts.flatMap((part) => {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
    return [uint32(bytes.length), bytes];
  });
  return Buffer.concat(pieces);
}

export const largestUint32 = 0xffff_ffff;

/** 4 bytes, big-endian. @throws RangeError outside of 0 to 2^32 - 1 */
export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
