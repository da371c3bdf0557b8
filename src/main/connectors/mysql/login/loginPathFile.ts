import { createDecipheriv } from 'node:crypto';

/** After four unused bytes. */
const keyOffset = 4;
const keyLength = 20;
const blockLength = 16;

/**
 * The option file within `.mylogin.cnf`, as `mysql_config_editor` writes it. That is no encryption: the key stands in the
 * file, and only keeps passers-by from reading along.
 * @returns null for bytes that are no such file
 */
export function readLoginPaths(bytes: Buffer): string | null {
  const writtenKey = bytes.subarray(keyOffset, keyOffset + keyLength);
  if (writtenKey.length < keyLength) return null;
  const key = Buffer.alloc(blockLength);
  for (const [index, byte] of writtenKey.entries()) {
    key.writeUInt8(key.readUInt8(index % blockLength) ^ byte, index % blockLength);
  }
  const lines: string[] = [];
  for (let offset = keyOffset + keyLength; offset < bytes.length; ) {
    if (offset + 4 > bytes.length) return null;
    const length = bytes.readUInt32LE(offset);
    const line = bytes.subarray(offset + 4, offset + 4 + length);
    if (line.length < length || length === 0 || length % blockLength !== 0) return null;
    const text = decrypted(key, line);
    if (text === null) return null;
    lines.push(text);
    offset += 4 + length;
  }
  return lines.join('');
}

function decrypted(key: Buffer, line: Buffer): string | null {
  try {
    const decipher = createDecipheriv('aes-128-ecb', key, null);
    return Buffer.concat([decipher.update(line), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
