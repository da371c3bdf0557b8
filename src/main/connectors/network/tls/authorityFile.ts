import { X509Certificate } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { maxAuthorityLength } from '../../../../shared/model/tls.ts';
import { expandHome } from '../../../base/files/homePath.ts';
import { readWhole } from '../../../base/files/readWhole.ts';
import { fileUnreadable, tlsFileUnusable } from './tlsErrors.ts';

/** Files in use at one time. */
const maxRemembered = 8;

interface ReadFile {
  /** What a renewed file has another one of. */
  readonly state: string;
  readonly pem: string;
}

/** By their paths, the last used at the end. */
const remembered = new Map<string, ReadFile>();

/**
 * The certificates of a file in PEM, or of one certificate in DER. Read again when the file has changed: a bundle may
 * have hundreds of kilobytes, and every connection of a pool needs it.
 * @throws TLS_FILE_UNUSABLE
 */
export async function readAuthorityFile(path: string): Promise<string> {
  const read = await current(path);
  remembered.delete(path);
  remembered.set(path, read);
  const [oldest] = remembered.keys();
  if (remembered.size > maxRemembered && oldest !== undefined) remembered.delete(oldest);
  return read.pem;
}

async function current(path: string): Promise<ReadFile> {
  const known = remembered.get(path);
  try {
    const place = expandHome(path);
    const { mtimeMs, size, ino } = await stat(place);
    const state = [mtimeMs, size, ino].join();
    if (known?.state === state) return known;
    return { state, pem: pemOf(path, await readWhole(place, maxAuthorityLength)) };
  } catch (cause) {
    throw cause instanceof NoCertificate
      ? tlsFileUnusable(
          'CA certificate',
          path,
          'It is no certificate that Mooring can read.',
          'Choose a file with certificates in PEM, or one certificate in DER.',
        )
      : fileUnreadable('CA certificate', path, cause);
  }
}

class NoCertificate extends Error {
  override readonly name = 'NoCertificate';
}

function pemOf(path: string, bytes: Buffer): string {
  const text = bytes.toString('latin1');
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  try {
    return new X509Certificate(bytes).toString();
  } catch {
    throw new NoCertificate(path);
  }
}
