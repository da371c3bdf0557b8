/**
 * The one way in which several values become bytes to hash or to authenticate: each as its length (4 bytes,
 * big-endian) and itself, text as UTF-8. Unlike with separators or JSON, no two lists give the same bytes.
 */
export function lengthPrefixed(parts: readonly (string | Buffer)[]): Buffer {
  const contentLength = parts.reduce((length, part) => length + Buffer.byteLength(part), 0);
  const bytes = Buffer.alloc(parts.length * 4 + contentLength);
  let end = 0;
  for (const part of parts) {
    const start = end + 4;
    end = start + (typeof part === 'string' ? bytes.write(part, start, 'utf8') : part.copy(bytes, start));
    bytes.writeUInt32BE(end - start, start - 4);
  }
  return bytes;
}

export const largestUint32 = 0xffff_ffff;

/** 4 bytes, big-endian. @throws RangeError outside of 0 to 2^32 - 1 */
export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
