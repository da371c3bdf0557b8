import { createHash } from 'node:crypto';
import type { AuditEntry } from '../../shared/model/audit.ts';
import { lengthPrefixed } from '../base/canonicalBytes.ts';

/** What the first entry has in place of the hash of the one before. */
export const noHash: Buffer = Buffer.alloc(32);

/**
 * SHA-256 over the length-prefixed list `"mooring-audit-1"`, the hash of the entry before, sequence, time, operation,
 * subject (nothing when there is none), outcome, details. Numbers are decimal digits, details JSON without spaces and
 * with their keys in order (of UTF-16 code units).
 */
export function entryHash(previousHash: Buffer, entry: AuditEntry): Buffer {
  const { sequence, at, operation, subject, outcome, details } = entry;
  const content = lengthPrefixed([
    'mooring-audit-1',
    previousHash,
    String(sequence),
    String(at),
    operation,
    subject ?? '',
    outcome,
    inOrder(details),
  ]);
  return createHash('sha256').update(content).digest();
}

function inOrder(details: AuditEntry['details']): string {
  const sorted = Object.entries(details).sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify(Object.fromEntries(sorted));
}

/** What the signature of the trail's end covers: the length-prefixed list `"mooring-audit-end-1"`, sequence, hash. */
export function endContent({ sequence, hash }: { readonly sequence: number; readonly hash: Buffer }): Buffer {
  return lengthPrefixed(['mooring-audit-end-1', String(sequence), hash]);
}
