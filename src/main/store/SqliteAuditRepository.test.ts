import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openTestVaultStore } from '../../../tests/support/testStore.ts';
import { type AuditFilter, type AuditOperation, auditEntrySchema } from '../../shared/model/audit.ts';
import { everyAuditEntry } from '../../shared/model/defaultAuditFilter.ts';
import type { AuditRepository, StoredAuditEntry } from '../audit/AuditRepository.ts';

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

/** With the end that it makes. */
const add = (audit: AuditRepository, entry: StoredAuditEntry) => audit.add(entry, entry);

const newestFirst = (audit: AuditRepository, before: number | null, limit: number) =>
  audit.findBefore(everyAuditEntry, before, limit).entries;
const countOf = (audit: AuditRepository) => audit.countBefore(everyAuditEntry, null).count;

function withEntries(count: number) {
  const store = openTestVaultStore();
  const entries = Array.from({ length: count }, (_, index) => someEntry(index + 1));
  for (const entry of entries) add(store.audit, entry);
  return { ...store, entries };
}

const sequences = (entries: readonly StoredAuditEntry[]): number[] => entries.map((entry) => entry.sequence);

describe('SqliteAuditRepository', () => {
  it('gives back what was added, every part of it', () => {
    const { audit } = openTestVaultStore();
    expect([audit.last(), countOf(audit)]).toEqual([null, 0]);
    const signed = someEntry(1);
    const unsigned = someEntry(2, { signature: null, subject: null, details: {} });
    add(audit, signed);
    add(audit, unsigned);
    expect(audit.oldestFirst(0, 10)).toEqual([signed, unsigned]);
    expect(audit.last()).toEqual(unsigned);
    expect(countOf(audit)).toBe(2);
  });

  it('pages from both ends', () => {
    const { audit } = withEntries(5);
    expect(sequences(newestFirst(audit, null, 2))).toEqual([5, 4]);
    expect(sequences(newestFirst(audit, 4, 2))).toEqual([3, 2]);
    expect(sequences(newestFirst(audit, 2, 2))).toEqual([1]);
    expect(sequences(audit.oldestFirst(0, 2))).toEqual([1, 2]);
    expect(sequences(audit.oldestFirst(4, 2))).toEqual([5]);
  });

  it('never takes a second entry with the same number', () => {
    const { audit, entries } = withEntries(2);
    expect(() => add(audit, someEntry(2))).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }));
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
    const [third, second, first] = newestFirst(audit, null, 3);
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
    add(audit, someEntry(3));
    expect(countOf(audit)).toBe(3);
  });
});

describe('SqliteAuditRepository, filtered', () => {
  const find = (audit: AuditRepository, filter: Partial<AuditFilter>): number[] =>
    sequences(audit.findBefore({ ...everyAuditEntry, ...filter }, null, 100).entries);

  function withVariety() {
    const { audit } = openTestVaultStore();
    const entries = [
      someEntry(1, { operation: 'vault.opened', subject: null, details: { version: 7 } }),
      someEntry(2, { operation: 'secret.saved', subject: 'shop' }),
      someEntry(3, { operation: 'vault.rotated', subject: null, outcome: 'VAULT_BUSY' }),
      someEntry(4, { operation: 'secret.used', subject: 'shop_2', details: { mode: '100%' } }),
    ];
    for (const entry of entries) add(audit, entry);
    return audit;
  }

  it('finds by group, data source, outcome and time', () => {
    const audit = withVariety();
    expect(find(audit, { group: 'vault' })).toEqual([3, 1]);
    expect(find(audit, { subject: 'shop' })).toEqual([2]);
    expect(find(audit, { outcome: 'failed' })).toEqual([3]);
    expect(find(audit, { outcome: 'ok', group: 'vault' })).toEqual([1]);
    expect(find(audit, { since: 1_002, until: 1_004 })).toEqual([3, 2]);
  });

  it('finds by words in what is kept, or by what the window calls it', () => {
    const audit = withVariety();
    const search = (text: string, named: { operations?: AuditOperation[]; subjects?: string[] } = {}) =>
      find(audit, { search: { text, operations: [], subjects: [], ...named } });
    expect(search('busy')).toEqual([3]);
    expect(search('ROTATED')).toEqual([3]);
    expect(search('shop_')).toEqual([4]);
    expect(search('0%')).toEqual([4]);
    expect(search('root', { operations: ['vault.rotated', 'vault.opened'] })).toEqual([3, 1]);
    expect(search('Warehouse', { subjects: ['shop'] })).toEqual([2]);
    expect(search("' OR 1=1 --")).toEqual([]);
  });

  it('looks through a bounded number of entries at once, in both directions, also when somebody numbered them wildly', () => {
    const { database, audit } = openTestVaultStore();
    database.transaction(() => {
      for (let number = 1; number <= 5_100; number += 1) {
        add(audit, someEntry(number, { operation: number === 3 ? 'vault.opened' : 'secret.used' }));
      }
      add(audit, someEntry(Number.MAX_SAFE_INTEGER - 1));
    });
    const filter = { ...everyAuditEntry, group: 'vault' as const };
    const first = audit.findBefore(filter, null, 10);
    expect(first).toEqual({ entries: [], next: 102 });
    const second = audit.findBefore(filter, first.next, 10);
    expect([sequences(second.entries), second.next]).toEqual([[3], null]);
    expect(audit.countBefore(filter, null)).toEqual({ count: 0, next: 102 });
    expect(audit.countBefore(filter, 102)).toEqual({ count: 1, next: null });
    expect(audit.findAfter(filter, null, 10)).toMatchObject({ entries: [{ sequence: 3 }], next: 5_000 });
    expect(audit.findAfter(everyAuditEntry, 5_099, 10).entries).toHaveLength(2);
  });
});
