import { createHmac } from 'node:crypto';
import type { LogicalType } from '../../../shared/model/columnTypes.ts';
import type { Mask } from '../../../shared/model/pipelines.ts';
import type { CellStep } from './steps.ts';

/** Characters of an HMAC-SHA-256 in hexadecimal digits. */
const hashLength = 64;

/** What a masked column holds: a text, whatever it was before. */
export function maskedType(mask: Mask): LogicalType {
  if (mask.type === 'hash') return { type: 'text', length: hashLength };
  const length = mask.type === 'redact' ? [...mask.text].length : mask.length;
  return { type: 'text', length: Math.max(1, length) };
}

/**
 * Masks the canonical text of a value. The hash knows nothing of the column, so that a value is the same in each of them
 * and tables can still be joined.
 */
export function maskStep(mask: Mask, key: Uint8Array): CellStep {
  switch (mask.type) {
    case 'hash':
      return (text) => createHmac('sha256', key).update(text).digest('hex');
    case 'redact':
      return () => mask.text;
    case 'truncate':
      return (text) => (text.length <= mask.length ? text : beginningOf(text, mask.length));
  }
}

/** The first characters, none of them cut in the middle. */
function beginningOf(text: string, length: number): string {
  let end = 0;
  for (let count = 0; count < length && end < text.length; count += 1) {
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  }
  return text.slice(0, end);
}
