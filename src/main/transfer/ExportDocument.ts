import { setImmediate as nextTurn } from 'node:timers/promises';
import { newPassphraseKey, sealWithPassphraseKey } from '../vault/keys/passphraseKey.ts';
import {
  type FileEntry,
  formatVersion,
  maxFileBytes,
  readableFormat,
  sealedFormat,
  sealingContext,
} from './exportFormat.ts';
import { exportTooLarge } from './transferErrors.ts';

const opening = `{\n  "format": "${readableFormat}",\n  "version": ${formatVersion},\n  "dataSources": [`;
const closing = '\n  ]\n}\n';

/** A file in the making. What was added is held as bytes only, which `erase` zeroes. */
export class ExportDocument {
  readonly #parts: Buffer[] = [];
  #byteCount = opening.length + closing.length;

  /** @throws TOO_LARGE when the file would be larger than one that is read */
  add(entry: FileEntry): void {
    const separator = this.#parts.length === 0 ? '\n' : ',\n';
    const lines = JSON.stringify(entry, null, 2).replaceAll(/^/gm, '    ');
    const part = Buffer.from(separator + lines, 'utf8');
    this.#parts.push(part);
    this.#byteCount += part.length;
    if (this.#byteCount > maxFileBytes) throw exportTooLarge();
  }

  /** The file as anybody can read it. The caller has added no secrets. */
  readable(): Buffer {
    return Buffer.concat([Buffer.from(opening), ...this.#parts, Buffer.from(closing)]);
  }

  /** The file encrypted with a passphrase. @throws TOO_LARGE */
  async sealed(passphrase: string): Promise<Buffer> {
    const key = await newPassphraseKey(passphrase);
    const plaintext = this.readable();
    try {
      const sealed = sealWithPassphraseKey(key, sealingContext, plaintext);
      // Each of these steps takes some milliseconds for the largest files.
      await nextTurn();
      const envelope = { format: sealedFormat, version: formatVersion, sealed: sealed.toString('base64') };
      await nextTurn();
      const file = Buffer.from(`${JSON.stringify(envelope, null, 2)}\n`, 'latin1');
      if (file.length > maxFileBytes) throw exportTooLarge();
      return file;
    } finally {
      key.bytes.fill(0);
      plaintext.fill(0);
    }
  }

  /** Zeroes everything that was added. */
  erase(): void {
    for (const part of this.#parts) part.fill(0);
  }
}
