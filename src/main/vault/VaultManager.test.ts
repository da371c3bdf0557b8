import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settle } from '../../../tests/support/FakeClock.ts';
import type { MemoryKeychain } from '../../../tests/support/MemoryKeychain.ts';
import { unwatched } from '../../../tests/support/startVault.ts';
import { openTestVault } from '../../../tests/support/testVault.ts';
import { isAppError } from '../base/AppError.ts';
import type { Logger } from '../observability/Logger.ts';
import type { SealedSecret, SecretRef } from './secrets/SecretRepository.ts';

const ref: SecretRef = { dataSourceId: '7c9e6679-7425-40de-944b-e07fc1f90ae7', field: 'password' };
const otherRef: SecretRef = { dataSourceId: '1b4e28ba-2fa1-41d2-883f-0016d3cca427', field: 'password' };
const here = Buffer.alloc(32, 1);
const elsewhere = Buffer.alloc(32, 2);

/** Keeps all that is logged as text. */
function recordingLogger(lines: string[]): Logger {
  const write = (...parts: unknown[]): void => {
    lines.push(
      parts.map((part) => (part instanceof Error ? `${part.stack}` : JSON.stringify(part))).join(' '),
    );
  };
  return { error: write, warn: write, info: write, debug: write, scope: () => recordingLogger(lines) };
}

function setUp() {
  const lines: string[] = [];
  const opened = openTestVault({ logger: recordingLogger(lines), hashFor: () => here });
  return { ...opened, lines, start: () => opened.restart().vault };
}

/** Holds the keychain's answers back until the returned function is called. */
function holdBack(keychain: MemoryKeychain): () => void {
  const waiting: (() => void)[] = [];
  keychain.before = () => new Promise((resolve) => waiting.push(resolve));
  return () => {
    keychain.before = () => Promise.resolve();
    for (const release of waiting) release();
  };
}

describe('VaultManager', () => {
  it('opens after a new start what was sealed before, byte for byte', async () => {
    const { vault, start } = setUp();
    for (const value of ['hunter2', '', ' ', 'pä ss\nwörd 🐘', 'ﬁ vs fi', 'x'.repeat(16_384)]) {
      await vault.seal(ref, value, here);
      expect(await start().open(ref, here)).toBe(value);
    }
  });

  it('answers null, and asks no keychain, where nothing is stored', async () => {
    const { vault, keychain } = setUp();
    expect(await vault.open(ref, here)).toBeNull();
    expect(vault.has(ref)).toBe(false);
    expect(keychain.readCount).toBe(0);
  });

  it('does not open for an endpoint that was edited behind its back, and keeps the secret', async () => {
    const { vault } = setUp();
    await vault.seal(ref, 'hunter2', here);
    await expect(vault.open(ref, elsewhere)).rejects.toMatchObject({
      code: 'SECRET_TAMPERED',
      message: 'The saved password no longer matches this data source',
    });
    expect(vault.has(ref)).toBe(true);
    expect(await vault.open(ref, here)).toBe('hunter2');
  });

  it('does not open an earlier envelope put back into the row, nor another data source’s', async () => {
    const { vault, secrets } = setUp();
    await vault.seal(ref, 'first', here);
    const first = secrets.find(ref);
    await vault.seal(ref, 'second', here);
    const second = secrets.find(ref);
    await vault.seal(otherRef, 'other', here);
    const other = secrets.find(otherRef);
    if (first === null || second === null || other === null) throw new Error('A secret was not kept.');

    for (const forged of [
      { ...second, envelope: first.envelope },
      { ...second, revision: first.revision },
      { ...other, ...ref },
      { ...second, keyVersion: 2 },
      { ...second, revision: 0 },
      { ...second, revision: 2 ** 40 },
      { ...second, envelope: Buffer.alloc(0) },
    ]) {
      secrets.put(forged);
      await expect(vault.open(ref, here)).rejects.toMatchObject({ code: 'SECRET_TAMPERED' });
    }
    await vault.seal(ref, 'entered again', here);
    expect(await vault.open(ref, here)).toBe('entered again');
  });

  it('seals the stored value for another endpoint or data source, so that only that one opens it', async () => {
    const { vault, secrets } = setUp();
    await vault.seal(ref, 'hunter2', here);
    const copy = await vault.prepareCopy(ref, here, otherRef, elsewhere, {});
    if (copy === null) throw new Error('Nothing was copied.');
    secrets.put(copy);
    expect(await vault.open(otherRef, elsewhere)).toBe('hunter2');
    await expect(vault.open(otherRef, here)).rejects.toMatchObject({ code: 'SECRET_TAMPERED' });
  });

  it('does not copy what does not open', async () => {
    const { vault } = setUp();
    await vault.seal(ref, 'hunter2', here);
    await expect(vault.prepareCopy(ref, elsewhere, otherRef, elsewhere, {})).rejects.toMatchObject({
      code: 'SECRET_TAMPERED',
    });
  });

  it('keeps nothing when only preparing: what is saved with it decides', async () => {
    const { vault, secrets } = setUp();
    const sealed = await vault.prepareSeal(ref, 'hunter2', here);
    expect(vault.has(ref)).toBe(false);
    secrets.put(sealed);
    expect(await vault.open(ref, here)).toBe('hunter2');
    expect(await vault.prepareCopy(otherRef, here, otherRef, elsewhere, {})).toBeNull();
  });

  it('keeps the value that was saved last, whatever waited for the keychain', async () => {
    const { vault, secrets, keychain } = setUp();
    const release = holdBack(keychain);
    const writes = ['one', 'two', 'three'].map((value) => vault.seal(ref, value, here));
    await settle();
    release();
    await Promise.all(writes);
    expect(await vault.open(ref, here)).toBe('three');
    expect(secrets.count()).toBe(1);
  });

  it('goes on after a write that failed', async () => {
    const { vault, keychain } = setUp();
    keychain.isLocked = true;
    await expect(vault.seal(ref, 'one', here)).rejects.toMatchObject({ code: 'VAULT_MODE_REQUIRED' });
    keychain.isLocked = false;
    await vault.seal(ref, 'two', here);
    expect(await vault.open(ref, here)).toBe('two');
  });

  it('writes no value, in any form, to the log or into an error', async () => {
    const { vault, lines, keychain } = setUp();
    const canary = 'CANARY-pa55word';
    await vault.seal(ref, canary, here);
    await vault.open(ref, here);
    await vault.open(ref, elsewhere).catch((error: unknown) => lines.push(JSON.stringify(error)));
    await vault.prepareCopy(ref, here, otherRef, elsewhere, {});
    const rootKey = [...keychain.items.values()][0] ?? 'none';
    const log = lines.join('\n');
    expect(lines.length).toBeGreaterThan(4);
    const forms = [
      canary,
      Buffer.from(canary).toString('base64'),
      Buffer.from(canary).toString('hex'),
      rootKey,
    ];
    for (const form of forms) expect(log).not.toContain(form);
  });
});

describe('VaultManager, revisions', () => {
  it('does not open an older row that was put back whole, where the revision is known', async () => {
    const { vault, secrets } = setUp();
    await vault.seal(ref, 'first', here);
    const older = secrets.find(ref);
    await vault.seal(ref, 'second', here);
    if (older === null) throw new Error('It was not kept.');
    const revision = vault.revisionOf(ref) ?? 0;
    expect(await vault.open(ref, here, { revision })).toBe('second');
    secrets.put(older);
    await expect(vault.open(ref, here, { revision })).rejects.toMatchObject({ code: 'SECRET_TAMPERED' });
    expect(secrets.find(ref)).toEqual(older);
  });

  it('never takes another envelope of the vault or an older one for its own, whatever is swapped and moved', async () => {
    const { vault, secrets } = setUp();
    const refs = [ref, otherRef, { ...ref, field: 'other' }, { ...otherRef, field: 'other' }];
    const rows: { readonly ref: SecretRef; readonly row: SealedSecret; readonly value: string }[] = [];
    for (const round of [1, 2, 3]) {
      for (const one of refs) {
        const value = `${one.dataSourceId} ${one.field} ${round}`;
        await vault.seal(one, value, here);
        const row = secrets.find(one);
        if (row === null) throw new Error('It was not kept.');
        rows.push({ ref: one, row, value });
      }
      if (round === 2) await vault.rotate({ destroyOldKey: false }, unwatched);
    }
    const anyRow = fc.constantFrom(...rows);
    // Each part of the row from any row there ever was: swapped, put back, or mixed.
    const mixed = fc.record({ place: anyRow, envelope: anyRow, version: anyRow, revision: anyRow });
    await fc.assert(
      fc.asyncProperty(mixed, async ({ place, envelope, version, revision }) => {
        const row = {
          ...place.ref,
          envelope: envelope.row.envelope,
          keyVersion: version.row.keyVersion,
          revision: revision.row.revision,
        };
        secrets.put(row);
        const own = rows.find((known) => isSameRow(known.row, row))?.value;
        expect(await vault.open(place.ref, here).catch(codeOf)).toBe(own ?? 'SECRET_TAMPERED');
        // With the revision that was saved last, only what was saved last opens.
        const latest = rows.findLast((known) => known.ref === place.ref)?.row.revision ?? 0;
        const isLatest = row.revision === latest && own !== undefined;
        const checked = await vault.open(place.ref, here, { revision: latest }).catch(codeOf);
        expect(checked).toBe(isLatest ? own : 'SECRET_TAMPERED');
      }),
      { numRuns: 200 },
    );
  });

  it('gives a secret that was removed and saved again no revision it had before', async () => {
    const { vault } = setUp();
    await vault.seal(ref, 'first', here);
    const before = vault.revisionOf(ref);
    vault.remove(ref);
    await vault.seal(ref, 'second', here);
    expect(vault.revisionOf(ref)).not.toBe(before);
  });

  it('does not copy an older row that was put back', async () => {
    const { vault } = setUp();
    await vault.seal(ref, 'value', here);
    const revision = (vault.revisionOf(ref) ?? 0) + 1;
    await expect(vault.prepareCopy(ref, here, otherRef, elsewhere, { revision })).rejects.toMatchObject({
      code: 'SECRET_TAMPERED',
    });
  });

  it('tells in the audit trail that a secret does not open, once', async () => {
    const { vault, audit } = setUp();
    await vault.seal(ref, 'hunter2', here);
    for (const _ of [1, 2, 3]) await vault.open(ref, elsewhere).catch(() => undefined);
    const { entries } = audit.page({ before: null, limit: 100 });
    const told = entries.filter(({ operation }) => operation === 'secret.not-opened');
    expect(told).toEqual([
      expect.objectContaining({ subject: ref.dataSourceId, outcome: 'SECRET_TAMPERED' }),
    ]);
  });
});

describe('VaultManager, status', () => {
  it('says why the keys cannot be had, until they can', async () => {
    const { vault, keychain, start } = setUp();
    await vault.seal(ref, 'hunter2', here);
    keychain.isLocked = true;
    const restarted = start();
    expect(restarted.status()).toMatchObject({ mode: 'keychain', lock: 'closed', problem: null });
    const told = { lock: 'closed', problem: { code: 'VAULT_LOCKED_OR_MISSING_KEY', retryable: true } };
    expect(await restarted.retry()).toMatchObject(told);
    keychain.isLocked = false;
    expect(await restarted.retry()).toMatchObject({ lock: 'open', problem: null });
  });

  it('asks no keychain', async () => {
    const { vault, keychain, start } = setUp();
    await vault.seal(ref, 'hunter2', here);
    const before = keychain.readCount;
    expect(start().status()).toMatchObject({ key: { version: 1 }, secretCount: 1 });
    expect(keychain.readCount).toBe(before);
  });

  it('is told after every change, after the transaction that a secret is kept in, and once for all of it', async () => {
    const { vault, database } = setUp();
    const first = await vault.prepareSeal(ref, 'one', here);
    const second = await vault.prepareSeal(otherRef, 'two', here);
    const told: string[] = [];
    vault.onStatus.on(({ lock, secretCount }) => void told.push(`${lock} ${secretCount}`));
    database.transaction(() => {
      vault.keep(first);
      vault.keep(second);
      expect(told).toEqual([]);
    });
    await settle();
    vault.remove(ref);
    await settle();
    vault.lock();
    await vault.open(otherRef, here);
    expect(told).toEqual(['open 2', 'open 1', 'closed 1', 'open 1']);
  });

  it('keeps nothing of a transaction that is rolled back', async () => {
    const { vault, database } = setUp();
    const sealed = await vault.prepareSeal(ref, 'one', here);
    const rolledBack = () =>
      database.transaction(() => {
        vault.keep(sealed);
        throw new Error('rolled back');
      });
    expect(rolledBack).toThrow('rolled back');
    expect(vault.has(ref)).toBe(false);
  });

  it('tells in the audit trail that it was opened and locked, and a failure once for each reason', async () => {
    const { vault, keychain, restart } = setUp();
    await vault.seal(ref, 'hunter2', here);
    const { vault: later, audit } = restart();
    keychain.isLocked = true;
    await later.retry();
    await later.retry();
    keychain.isLocked = false;
    await later.open(ref, here);
    await later.open(ref, here);
    later.lock();
    later.lock();
    const { entries } = audit.page({ before: null, limit: 3 });
    expect(entries.map(({ operation }) => operation)).toEqual([
      'vault.locked',
      'vault.opened',
      'vault.not-opened',
    ]);
    expect(await audit.check(unwatched.signal)).toMatchObject({ status: 'intact' });
  });
});

function codeOf(error: unknown): unknown {
  return isAppError(error) ? error.code : error;
}

function isSameRow(left: SealedSecret, right: SealedSecret): boolean {
  return (
    left.dataSourceId === right.dataSourceId &&
    left.field === right.field &&
    left.keyVersion === right.keyVersion &&
    left.revision === right.revision &&
    left.envelope.equals(right.envelope)
  );
}
