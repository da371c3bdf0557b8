import { createHash } from 'node:crypto';
import { lengthPrefixed } from '../base/canonicalBytes.ts';

/** The columns of a data source that are signed, as they stand in the file: bytes where the file has text. */
export interface SignedColumns {
  readonly id: string;
  readonly fields: Buffer;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly secretRevisions: Buffer;
}

/**
 * What a data source's digest and signature cover: all of its row but when it was taken out of the list. Numbers are
 * decimal digits.
 */
export function signedContent(row: SignedColumns): Buffer {
  return lengthPrefixed([
    'mooring-data-source',
    row.id,
    row.fields,
    String(row.createdAt),
    String(row.updatedAt),
    row.secretRevisions,
  ]);
}

/** SHA-256 of the signed content: shows a damaged row to who has no key. Against a person only the signature helps. */
export function digestOf(content: Buffer): Buffer {
  return createHash('sha256').update(content).digest();
}

/** Secret revisions as the file has them: JSON with the fields in order, so that the same revisions are the same bytes. */
export function secretRevisionsText(revisions: Readonly<Record<string, number>>): string {
  const inOrder = Object.entries(revisions).sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify(Object.fromEntries(inOrder));
}
