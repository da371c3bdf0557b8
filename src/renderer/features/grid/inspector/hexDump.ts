const bytesPerLine = 16;
const hex = /^(?:\\x|0x)?((?:[0-9a-f]{2})*)/i;

/** Bytes of a value that a server writes as hexadecimal digits, `\x00ff`; null for any other text. */
export function bytesOf(text: string): Uint8Array | null {
  const [read = '', digits = ''] = hex.exec(text) ?? [];
  // The end of a part may stand in the middle of a byte.
  if (text.length - read.length > 1) return null;
  const bytes = new Uint8Array(digits.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16);
  }
  return bytes;
}

/** Offset, sixteen bytes and their letters on each line: `00000000  48 69 0a …  Hi.`. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += bytesPerLine) {
    const part = [...bytes.subarray(offset, offset + bytesPerLine)];
    const digits = part.map((byte) => byte.toString(16).padStart(2, '0'));
    const left = digits.slice(0, 8).join(' ');
    const right = digits.slice(8).join(' ');
    const letters = part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'));
    lines.push(
      `${offset.toString(16).padStart(8, '0')}  ${left.padEnd(23)}  ${right.padEnd(23)}  ${letters.join('')}`,
    );
  }
  return lines.join('\n');
}
