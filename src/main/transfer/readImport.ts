import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { maxTransferCount } from '../../shared/model/transfer.ts';
import { JsonRefused, parseStrictJson } from '../base/strictJson.ts';
import { headerOf, openWithPassphraseKey, passphraseKeyFor } from '../vault/keys/passphraseKey.ts';
import {
  formatVersion,
  maxFileBytes,
  maxFileMegabytes,
  readableFileSchema,
  readableFormat,
  sealedFileSchema,
  sealedFormat,
  sealingContext,
} from './exportFormat.ts';
import type { ImportFile } from './ImportFile.ts';
import { type EntryOrigin, type ImportEntry, readEntry } from './importEntry.ts';
import { importInvalid, importNotOpened, importTooLong, importTooNew } from './transferErrors.ts';

/** What stands beside the file; null when it is not there or cannot be read. */
type Beside = (name: string) => Promise<Buffer | null>;
const nothingBeside: Beside = async () => null;

/** How many data sources are checked before others get their turn. */
const entriesPerTurn = 100;

const headSchema = z.looseObject({
  format: z.enum([readableFormat, sealedFormat]),
  version: z.int().min(1),
});

/** Files that are chosen by mistake, by how they begin. */
const foreignFiles: readonly { readonly start: Buffer; readonly what: string }[] = [
  {
    start: Buffer.from('SQLite format 3\0'),
    what: 'This is an SQLite database, perhaps a backup of Mooring’s data.',
  },
  {
    start: Buffer.from('bplist00'),
    what: 'This is a binary property list. Convert it with “plutil -convert xml1”.',
  },
  { start: Buffer.from('PK\u0003\u0004'), what: 'This is a ZIP archive. Unpack it first.' },
  { start: Buffer.from([0x1f, 0x8b]), what: 'This is compressed by gzip. Unpack it first.' },
  { start: Buffer.from([0xff, 0xfe]), what: 'The text is saved as UTF-16; it must be UTF-8.' },
  { start: Buffer.from([0xfe, 0xff]), what: 'The text is saved as UTF-16; it must be UTF-8.' },
];

/**
 * Reads what a file of ours or of another product holds, and stores nothing. A data source that cannot be read is listed
 * with its problems.
 * @throws IMPORT_INVALID, IMPORT_TOO_NEW
 */
export async function readImport(bytes: Buffer, beside: Beside = nothingBeside): Promise<ImportFile> {
  if (bytes.length > maxFileBytes) throw importInvalid(`The file is larger than ${maxFileMegabytes} MB.`);
  // Nobody needs it before a file is imported.
  const { readForeign } = await import('./products/readForeign.ts');
  return (await readForeign({ bytes, text: utf8Of(bytes), beside })) ?? (await readOurs(bytes));
}

async function readOurs(bytes: Buffer): Promise<ImportFile> {
  const document = await readDocument(bytes);
  if (document.format === readableFormat) {
    return { product: null, type: 'readable', entries: await readEntries(document, { isSealed: false }) };
  }
  const file = sealedFileSchema.safeParse(document);
  if (!file.success) throw importInvalid('The part that is encrypted is missing, or something was added.');
  await nextTurn();
  const sealed = Buffer.from(file.data.sealed, 'base64');
  // Buffer.from skips whatever is not Base64.
  if (sealed.toString('base64') !== file.data.sealed) {
    throw importInvalid('The part that is encrypted is damaged: it is not Base64.');
  }
  return { product: null, type: 'sealed', open: (passphrase) => openSealedImport(sealed, passphrase) };
}

/**
 * Opens the encrypted part of a file. How much work the file may ask for is limited before any is done.
 * @throws IMPORT_NOT_OPENED for a wrong passphrase and for a changed file alike; IMPORT_INVALID, IMPORT_TOO_NEW
 */
export async function openSealedImport(sealed: Buffer, passphrase: string): Promise<ImportEntry[]> {
  const plaintext = await openSealed(sealed, passphrase);
  if (plaintext === null) throw importNotOpened();
  try {
    const document = await readDocument(plaintext);
    if (document.format !== readableFormat) throw importInvalid('It holds another encrypted file.');
    return await readEntries(document, { isSealed: true });
  } finally {
    plaintext.fill(0);
  }
}

async function openSealed(sealed: Buffer, passphrase: string): Promise<Buffer | null> {
  const key = await passphraseKeyFor(passphrase, headerOf(sealed));
  if (key === null) return null;
  try {
    return openWithPassphraseKey(key, sealingContext, sealed);
  } finally {
    key.bytes.fill(0);
  }
}

/** The outermost object, known to be ours and not too new. */
async function readDocument(bytes: Buffer): Promise<z.infer<typeof headSchema>> {
  const document = await parseText(textOf(bytes));
  const head = headSchema.safeParse(document);
  if (!head.success) {
    throw importInvalid(
      'The file is JSON, but neither an export of Mooring (“format”, “version”) nor of a product that it knows.',
    );
  }
  if (head.data.version > formatVersion) throw importTooNew(head.data.version, formatVersion);
  return head.data;
}

function textOf(bytes: Buffer): string {
  if (bytes.length === 0) throw importInvalid('The file is empty.');
  const foreign = foreignFiles.find(({ start }) => bytes.subarray(0, start.length).equals(start));
  if (foreign !== undefined) throw importInvalid(foreign.what);
  const text = utf8Of(bytes);
  if (text === null) throw importInvalid('The file is not text in UTF-8.');
  return text;
}

/** Without the mark that some editors put in front of UTF-8; null for bytes that are no UTF-8. */
function utf8Of(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

async function parseText(text: string): Promise<unknown> {
  try {
    return await parseStrictJson(text);
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error;
    throw importInvalid(`The file is not the JSON that Mooring writes. ${error.message}`);
  }
}

async function readEntries(
  document: unknown,
  { isSealed }: Pick<EntryOrigin, 'isSealed'>,
): Promise<ImportEntry[]> {
  const file = readableFileSchema.safeParse(document);
  if (!file.success) throw importInvalid('The list of data sources is missing, or something was added.');
  const { dataSources, version } = file.data;
  if (dataSources.length > maxTransferCount) throw importTooLong();
  const entries: ImportEntry[] = [];
  for (const [index, value] of dataSources.entries()) {
    if (index % entriesPerTurn === entriesPerTurn - 1) await nextTurn();
    entries.push(readEntry(value, index, { version, isSealed }));
  }
  return entries;
}
