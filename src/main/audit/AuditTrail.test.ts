import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { openTestVaultStore } from '../../../tests/support/testStore.ts';
import { type AuditCheck, auditOperationSchema, auditPageSchema } from '../../shared/model/audit.ts';
import { neverAborted } from '../base/abort.ts';
import { type Logger, silentLogger } from '../observability/Logger.ts';
import type { SqlValue } from '../store/Database.ts';
import type { Signer } from '../vault/Signer.ts';
import type { AuditRecord } from './Audit.ts';
import { AuditTrail } from './AuditTrail.ts';

let store: ReturnType<typeof openTestVaultStore>;
let clock: FakeClock;
/** The version of the key that signs; null while no key is in memory. */
let activeKey: number | null;
/** Versions whose key is in memory. */
let keysInMemory: Set<number>;
let trail: AuditTrail;
let logged: unknown[];

const macOf = (keyVersion: number, content: Buffer) =>
  createHmac('sha256', `key ${keyVersion}`).update(content).digest();

const signer: Signer = {
  sign: (_kind, content) =>
    activeKey === null ? null : { keyVersion: activeKey, mac: macOf(activeKey, content) },
  check: (_kind, content, { keyVersion, mac }) => {
    if (!keysInMemory.has(keyVersion)) return 'unknown';
    return macOf(keyVersion, content).equals(mac) ? 'right' : 'wrong';
  },
};

function openTrail(given: Partial<Logger> = {}): AuditTrail {
  return new AuditTrail({ repository: store.audit, signer, clock, logger: { ...silentLogger, ...given } });
}

beforeEach(() => {
  store = openTestVaultStore();
  clock = new FakeClock();
  activeKey = 1;
  keysInMemory = new Set([1, 2]);
  logged = [];
  trail = openTrail({ error: (...line) => void logged.push(line) });
});

const countOf = () => trail.page({ before: null, limit: 500 }).entries.length;
const check = (): Promise<AuditCheck> => trail.check(neverAborted);
const run = (sql: string, ...values: SqlValue[]) => store.database.prepare(sql).run(...values);

function recordSome(count: number): void {
  for (let number = 1; number <= count; number += 1) {
    trail.record({ operation: 'secret.saved', subject: `source ${number}`, details: { version: number } });
  }
}

const intact = (entryCount: number, signedUpTo: number | null, signaturesChecked = true): AuditCheck => ({
  status: 'intact',
  entryCount,
  signedUpTo,
  signaturesChecked,
  startsAfter: 0,
  startSigned: true,
});

describe('AuditTrail, writing', () => {
  it('numbers what it is told from 1 and gives it back newest first, page by page', () => {
    recordSome(5);
    const first = trail.page({ before: null, limit: 3 });
    expect(first.entries.map(({ sequence, subject }) => [sequence, subject])).toEqual([
      [5, 'source 5'],
      [4, 'source 4'],
      [3, 'source 3'],
    ]);
    expect(first.before).toBe(3);
    const second = trail.page({ before: 3, limit: 2 });
    expect(second.entries.map(({ sequence }) => sequence)).toEqual([2, 1]);
    expect(trail.page({ before: second.before, limit: 2 })).toEqual({ entries: [], before: null });
    expect(auditPageSchema.parse(first)).toEqual(first);
  });

  it('goes on where the last run of the app ended', async () => {
    recordSome(2);
    trail = openTrail();
    trail.record({ operation: 'vault.opened' });
    expect(await check()).toEqual(intact(3, 3));
  });

  it('tells once in a run that a secret was used, for each data source', () => {
    for (const subject of ['a', 'b', 'a', 'a']) trail.record({ operation: 'secret.used', subject });
    trail.record({ operation: 'secret.saved', subject: 'a' });
    trail.record({ operation: 'secret.saved', subject: 'a' });
    expect(countOf()).toBe(4);
    trail = openTrail();
    trail.record({ operation: 'secret.used', subject: 'a' });
    expect(countOf()).toBe(5);
  });

  it('leaves nothing of a transaction that was rolled back, and no gap after it', async () => {
    recordSome(1);
    expect(() =>
      store.vault.transaction(() => {
        recordSome(2);
        throw new Error('rolled back');
      }),
    ).toThrow('rolled back');
    recordSome(1);
    expect(await check()).toEqual(intact(2, 2));
  });

  it('logs what it cannot keep and throws nothing', () => {
    store.database.close();
    trail.record({ operation: 'vault.locked' });
    expect(logged).toHaveLength(1);
  });
});

describe('AuditTrail, checking', () => {
  it('finds an empty trail and one longer than a page intact', async () => {
    expect(await check()).toEqual(intact(0, null));
    store.vault.transaction(() => recordSome(1_001));
    expect(await check()).toEqual(intact(1_001, 1_001));
  });

  it('takes entries for right that were made while no key was in memory', async () => {
    recordSome(2);
    activeKey = null;
    recordSome(2);
    expect(await check()).toEqual(intact(4, 2));
    activeKey = 2;
    recordSome(1);
    expect(await check()).toEqual(intact(5, 5));
  });

  it('says that signatures were not checked while the key is not in memory', async () => {
    recordSome(2);
    keysInMemory.clear();
    expect(await check()).toEqual(intact(2, null, false));
  });

  it('needs no destroyed key: a later signature stands for what was before it', async () => {
    recordSome(2);
    activeKey = 2;
    recordSome(1);
    keysInMemory.delete(1);
    expect(await check()).toEqual(intact(3, 3));
  });

  it('finds a forged entry although its hashes were computed anew, by the signature it cannot make', async () => {
    recordSome(3);
    const stored = store.audit.oldestFirst(0, 3);
    run('DELETE FROM audit_entries');
    activeKey = null;
    recordSome(1);
    trail.record({ operation: 'secret.copied', subject: 'forged' });
    recordSome(1);
    for (const { sequence, signature } of stored) {
      run(
        'UPDATE audit_entries SET mac = ?, mac_key_version = 1 WHERE sequence = ?',
        signature?.mac ?? null,
        sequence,
      );
    }
    expect(await check()).toEqual({ status: 'broken', at: 2, reason: 'entry' });
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    store.vault.transaction(() => recordSome(600));
    const running = trail.check(controller.signal);
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

const recordArbitrary: fc.Arbitrary<AuditRecord> = fc.record(
  {
    operation: fc.constantFrom(...auditOperationSchema.options),
    subject: fc.option(fc.uuid()),
    outcome: fc.constantFrom('ok', 'SECRET_TAMPERED'),
    details: fc.dictionary(
      fc.stringMatching(/^[a-zA-Z0-9]{1,8}$/),
      fc.oneof(fc.string({ maxLength: 20 }), fc.integer(), fc.boolean()),
      { maxKeys: 4 },
    ),
  },
  { requiredKeys: ['operation'] },
);
/** Different in their subject at least, so that moving one is a change. */
const recordsArbitrary = fc.uniqueArray(
  recordArbitrary.chain((record) => fc.uuid().map((subject) => ({ ...record, subject }))),
  { minLength: 2, maxLength: 8, selector: ({ subject }) => subject },
);

/** Columns and what could be put into them, whoever wrote it. */
const anyText = fc.string({ maxLength: 30 });
const anyBytes = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes));
const columnArbitrary = fc.oneof(
  fc.tuple(fc.constant('at'), fc.maxSafeInteger()),
  fc.tuple(fc.constantFrom('operation', 'subject', 'outcome'), anyText),
  fc.tuple(fc.constant('details'), fc.constantFrom('', '[]', 'null', '{"a":{}}', '{"more":1}')),
  fc.tuple(fc.constantFrom('operation'), fc.constantFrom(...auditOperationSchema.options)),
  fc.tuple(fc.constantFrom('hash', 'mac'), anyBytes),
);

/** Each run writes to a real file and waits for the disk. */
const runs = { numRuns: 60 };

describe('AuditTrail, tampered with', () => {
  async function write(records: readonly AuditRecord[]): Promise<void> {
    trail = openTrail();
    // One transaction, because each that stands alone waits for the disk.
    store.vault.transaction(() => {
      run('DELETE FROM audit_entries');
      for (const record of records) trail.record(record);
    });
    expect(await check()).toEqual(intact(records.length, records.length));
  }

  it('finds any entry that was changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        recordsArbitrary,
        fc.nat(),
        columnArbitrary,
        async (records, seed, [column, value]) => {
          await write(records);
          const sequence = 1 + (seed % records.length);
          const changedCount = run(
            `UPDATE audit_entries SET ${column} = ? WHERE sequence = ? AND ${column} IS NOT ?`,
            value,
            sequence,
            value,
          );
          fc.pre(changedCount === 1);
          expect(await check()).toMatchObject({ status: 'broken', at: sequence });
        },
      ),
      runs,
    );
  });

  it('finds any flipped bit of a hash or a signature', async () => {
    recordSome(3);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom('hash', 'mac'),
        fc.nat(255),
        async (sequence, column, bit) => {
          const entry = store.audit.oldestFirst(sequence - 1, 1)[0];
          const right = (column === 'hash' ? entry?.hash : entry?.signature?.mac) ?? Buffer.alloc(0);
          const wrong = Buffer.from(right);
          wrong.writeUInt8(wrong.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
          const put = (bytes: Buffer) =>
            run(`UPDATE audit_entries SET ${column} = ? WHERE sequence = ?`, bytes, sequence);
          put(wrong);
          expect(await check()).toMatchObject({ status: 'broken', at: sequence });
          put(right);
          expect(await check()).toEqual(intact(3, 3));
        },
      ),
      runs,
    );
  });

  it('finds an entry that was removed, and does not mind the one after the end', async () => {
    await fc.assert(
      fc.asyncProperty(recordsArbitrary, fc.nat(), async (records, seed) => {
        await write(records);
        const sequence = 1 + (seed % (records.length - 1));
        run('DELETE FROM audit_entries WHERE sequence = ?', sequence);
        expect(await check()).toMatchObject({ status: 'broken', at: sequence + 1 });
        run('UPDATE audit_entries SET sequence = -sequence WHERE sequence > ?', sequence);
        run('UPDATE audit_entries SET sequence = -sequence - 1 WHERE sequence < 0');
        expect(await check()).toMatchObject({ status: 'broken', at: sequence });
      }),
      runs,
    );
  });

  it('finds two entries that changed places', async () => {
    await fc.assert(
      fc.asyncProperty(recordsArbitrary, fc.nat(), fc.nat(), async (records, seedA, seedB) => {
        await write(records);
        const [a, b] = [1 + (seedA % records.length), 1 + (seedB % records.length)];
        fc.pre(a !== b);
        run('UPDATE audit_entries SET sequence = 0 WHERE sequence = ?', a);
        run('UPDATE audit_entries SET sequence = ? WHERE sequence = ?', a, b);
        run('UPDATE audit_entries SET sequence = ? WHERE sequence = 0', b);
        expect(await check()).toMatchObject({ status: 'broken', at: Math.min(a, b) });
      }),
      runs,
    );
  });

  it.each([-1, 0, 2, 3])('finds a copy that was put in as entry %i', async (place) => {
    recordSome(3);
    run('UPDATE audit_entries SET sequence = -100 - sequence WHERE sequence >= ?', place);
    run('UPDATE audit_entries SET sequence = 1 - (sequence + 100) WHERE sequence < -100');
    const columns = 'at, operation, subject, outcome, details, hash, mac, mac_key_version';
    run(
      `INSERT INTO audit_entries (sequence, ${columns})
       SELECT ?, ${columns} FROM audit_entries ORDER BY sequence LIMIT 1`,
      place,
    );
    expect((await check()).status).toBe('broken');
  });
});
