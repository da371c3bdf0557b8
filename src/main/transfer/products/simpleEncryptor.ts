import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { fieldsOf, jsonOf, textOf } from './foreignValues.ts';

/**
 * The format of the package simple-encryptor, in which two products keep passwords: `HMAC-SHA256 in hex | initialisation
 * vector in hex | AES-256-CBC of JSON in Base64`, all with SHA-256 of the key. The key of an installation is in a file
 * beside its connections, encrypted in the same way with one that is the same in every copy of the program: it hides
 * passwords from a glance, and from nobody who has both files.
 */
const macLength = 64;
const vectorLength = 32;
/** Above any password. */
const maxLength = 65_536;

/** Null for a text that was not encrypted with this key. */
async function decrypted(text: string, key: string): Promise<unknown> {
  if (text.length <= macLength + vectorLength || text.length > maxLength) return null;
  const keyBytes = createHash('sha256').update(key).digest();
  const [mac, rest] = [text.slice(0, macLength), text.slice(macLength)];
  const sum = createHmac('sha256', keyBytes).update(rest).digest();
  const given = Buffer.from(mac, 'hex');
  if (given.length !== sum.length || !timingSafeEqual(given, sum)) return null;
  const vector = Buffer.from(rest.slice(0, vectorLength), 'hex');
  const decipher = createDecipheriv('aes-256-cbc', keyBytes, vector);
  try {
    const bytes = Buffer.from(rest.slice(vectorLength), 'base64');
    return await jsonOf(Buffer.concat([decipher.update(bytes), decipher.final()]).toString('utf8'));
  } catch {
    return null;
  }
}

/** Opens a password of an installation; null for one that cannot be opened. */
export type OpenPassword = (text: string) => Promise<string | null>;

/**
 * @param keyFile what the product has in `.key` beside its connections; null when it is not there
 * @param commonKey the key of that file, from the product's public source code
 */
export async function passwordOpener(keyFile: Buffer | null, commonKey: string): Promise<OpenPassword> {
  const content = keyFile === null ? null : await decrypted(keyFile.toString('utf8').trim(), commonKey);
  const key = textOf(fieldsOf(content), 'encryptionKey');
  return async (text) => {
    const opened = key === '' ? null : await decrypted(text, key);
    return typeof opened === 'string' ? opened : null;
  };
}
