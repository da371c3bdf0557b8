import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openTestVaultStore } from '../../../tests/support/testStore.ts';
import { auditEntrySchema } from '../../shared/model/audit.ts';
import type { StoredAuditEntry } from '../audit/AuditRepository.ts';

const someEntry = (sequence: number, overrides: Partial<StoredAuditEntry> = {}): StoredAuditEntry => ({
  sequence,
  at: 1_000 + sequence,
  operation: 'secret.saved',
  subject: randomUUID(),
  outcome: 'ok',
  details: { revision: 2, mode: 'keychain', kept: true },
  hash: createHash('sha256').update(String(sequence)).digest(),
  signature: { keyVersion: 1, mac: randomBytes(32) },
  ...overrides,
});

function withEntries(count: number) {
  const store = openTestVaultStore();
  const entries = Array.from({ length: count }, (_, index) => someEntry(index + 1));
  for (const entry of entries) store.audit.add(entry);
  return { ...store, entries };
}

const sequences = (entries: readonly StoredAuditEntry[]): number[] => entries.map((entry) => entry.sequence);

describe('SqliteAuditRepository', () => {
  it('gives back what was added, every part of it', () => {
    const { audit } = openTestVaultStore();
    expect([audit.last(), audit.count()]).toEqual([null, 0]);
    const signed = someEntry(1);
    const unsigned = someEntry(2, { signature: null, subject: null, details: {} });
    audit.add(signed);
    audit.add(unsigned);
    expect(audit.oldestFirst(0, 10)).toEqual([signed, unsigned]);
    expect(audit.last()).toEqual(unsigned);
    expect(audit.count()).toBe(2);
  });

  it('pages from both ends', () => {
    const { audit } = withEntries(5);
    expect(sequences(audit.newestFirst(null, 2))).toEqual([5, 4]);
    expect(sequences(audit.newestFirst(4, 2))).toEqual([3, 2]);
    expect(sequences(audit.newestFirst(2, 2))).toEqual([1]);
    expect(sequences(audit.oldestFirst(0, 2))).toEqual([1, 2]);
    expect(sequences(audit.oldestFirst(4, 2))).toEqual([5]);
  });

  it('never takes a second entry with the same number', () => {
    const { audit, entries } = withEntries(2);
    expect(() => audit.add(someEntry(2))).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }));
    expect(audit.oldestFirst(0, 10)).toEqual(entries);
  });

  it.each([
    ['an operation that is none', "operation = 'vault.openee'"],
    ['details that are no JSON', "details = 'x'"],
    ['details of another shape', `details = '{"deep":{"er":1}}'`],
    ['a subject that is too long', `subject = '${'s'.repeat(101)}'`],
  ])('keeps an entry with %s in its place, as one that no hash fits, and shows the others', (_, damage) => {
    const { database, audit, entries } = withEntries(3);
    database.prepare(`UPDATE audit_entries SET ${damage} WHERE sequence = 2`).run();
    const [third, second, first] = audit.newestFirst(null, 3);
    expect([first, third]).toEqual([entries[0], entries[2]]);
    expect(second).toMatchObject({ sequence: 2, operation: 'audit.unreadable', hash: entries[1]?.hash });
    const { hash, signature, ...shown } = second ?? someEntry(0);
    expect(auditEntrySchema.safeParse(shown).success).toBe(true);
    expect(sequences(audit.oldestFirst(0, 3))).toEqual([1, 2, 3]);
  });

  it('lets the trail go on behind a last entry that cannot be read', () => {
    const { database, audit, entries } = withEntries(2);
    database.prepare("UPDATE audit_entries SET details = '' WHERE sequence = 2").run();
    expect(audit.last()).toMatchObject({ sequence: 2, hash: entries[1]?.hash });
    audit.add(someEntry(3));
    expect(audit.count()).toBe(3);
  });
});
