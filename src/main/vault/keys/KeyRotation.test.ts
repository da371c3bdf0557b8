import { describe, expect, it, vi } from 'vitest';
import { someDataSource } from '../../../../tests/support/dataSources.ts';
import { testHash, unwatched } from '../../../../tests/support/startVault.ts';
import { openTestVault } from '../../../../tests/support/testVault.ts';
import type { VaultStep } from '../LongWork.ts';
import type { SealedSecret, SecretRef } from '../secrets/SecretRepository.ts';

type Opened = ReturnType<typeof openTestVault>;

const refOf = (number: number): SecretRef => ({
  dataSourceId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  field: 'password',
});
const ref = refOf(1);
const hash = testHash(ref);
/** More than one page. */
const secretCount = 130;
const keepOld = { destroyOldKey: false };
const dayMs = 24 * 3_600_000;

async function setUp(overrides: Parameters<typeof openTestVault>[0] = {}) {
  const opened = openTestVault(overrides);
  const sealed: SealedSecret[] = [];
  for (let number = 1; number <= secretCount; number += 1) {
    sealed.push(await opened.vault.prepareSeal(refOf(number), `value ${number}`, testHash(refOf(number))));
  }
  // One write to the disk for all.
  opened.database.transaction(() => {
    for (const secret of sealed) opened.vault.keep(secret);
  });
  return opened;
}

async function expectAllOpen({ vault }: Pick<Opened, 'vault'>): Promise<void> {
  for (let number = 1; number <= secretCount; number += 1) {
    expect(await vault.open(refOf(number), testHash(refOf(number)))).toBe(`value ${number}`);
  }
}

const states = ({ repository }: Opened) =>
  repository.keyVersions().map(({ version, state }) => `${version} ${state}`);

/** Nothing of a rotation is left: as it was before. */
async function expectUndone(opened: Opened): Promise<void> {
  expect(states(opened)).toEqual(['1 active']);
  expect(opened.secrets.stagedPage(null, 1)).toEqual([]);
  expect(opened.keychain.items.size).toBe(1);
  expect(opened.repository.leftovers()).toEqual([]);
  expect(opened.vault.status()).toMatchObject({ lastRotationAt: null, retiredKeyCount: 0 });
  await expectAllOpen(opened.restart());
}

/** A rotation that does `act` at the first report of a step. */
function rotateWith(opened: Opened, step: VaultStep['step'], act: () => void, options = keepOld) {
  let isDone = false;
  const onProgress = (progress: VaultStep) => {
    if (isDone || progress.step !== step) return;
    isDone = true;
    act();
  };
  return opened.vault.rotate(options, { ...unwatched, onProgress });
}

describe('KeyRotation', () => {
  it('seals every secret anew under the next version, with the same revisions, and retires the old key', async () => {
    const opened = await setUp();
    await opened.vault.seal(ref, 'value 1', hash);
    const revision = opened.vault.revisionOf(ref);
    await opened.clock.advance(1_000);
    const report = await opened.vault.rotate(keepOld, unwatched);
    expect(report).toMatchObject({ version: 2, resealedCount: secretCount, keptCount: 0 });
    expect(states(opened)).toEqual(['1 retired', '2 active']);
    expect(opened.secrets.countWithKey(2)).toBe(secretCount);
    expect(opened.vault.revisionOf(ref)).toBe(revision);
    expect(opened.vault.status()).toMatchObject({
      key: { version: 2, createdAt: opened.clock.wallMs() },
      lastRotationAt: opened.clock.wallMs(),
      retiredKeyCount: 1,
      lock: 'open',
    });
    expect(opened.keychain.items.size).toBe(2);
    expect(opened.repository.leftovers()).toEqual([]);
    await expectAllOpen(opened);
    await expectAllOpen(opened.restart());
  });

  it('tells each step as it goes', async () => {
    const opened = await setUp();
    const steps: string[] = [];
    const onProgress = ({ step, doneCount, totalCount }: VaultStep) =>
      void steps.push(`${step} ${doneCount}/${totalCount}`);
    await opened.vault.rotate(keepOld, { ...unwatched, onProgress });
    expect(steps).toEqual([
      'key 0/1',
      ...['seal 100/130', 'seal 130/130'],
      ...['verify 100/130', 'verify 130/130'],
      'switch 0/1',
      'clean 0/1',
    ]);
  });

  it('works with a passphrase, and asks for it while locked', async () => {
    const opened = await setUp();
    await opened.vault.setMode({ mode: 'passphrase', passphrase: 'a passphrase' }, unwatched);
    await opened.vault.rotate(keepOld, unwatched);
    expect(opened.keychain.items.size).toBe(0);
    const restarted = opened.restart();
    const refusal = { code: 'VAULT_PASSPHRASE_REQUIRED' };
    await expect(restarted.vault.rotate(keepOld, unwatched)).rejects.toMatchObject(refusal);
    await restarted.vault.unlock('a passphrase');
    await restarted.vault.rotate(keepOld, unwatched);
    expect(states(opened)).toEqual(['1 retired', '2 retired', '3 active']);
    await expectAllOpen(restarted);
  });

  it('signs data sources anew, but not one that was changed outside', async () => {
    const opened = await setUp();
    const [whole, changed] = [someDataSource(), someDataSource()];
    for (const dataSource of [whole, changed]) opened.dataSources.put(dataSource, {});
    opened.database
      .prepare("UPDATE data_sources SET fields = json_set(fields, '$.host', 'evil') WHERE id = ?")
      .run(changed.id);
    await opened.vault.rotate({ destroyOldKey: true }, unwatched);
    expect(opened.dataSources.integrityOf(whole.id)).toBe('intact');
    expect(opened.dataSources.integrityOf(changed.id)).toBe('changed');
    expect(await opened.audit.check(unwatched.signal)).toMatchObject({ status: 'intact' });
  });

  it('keeps what does not open under its old key, which it then never destroys, and tells so', async () => {
    const lost = [refOf(7).dataSourceId, refOf(120).dataSourceId];
    const opened = await setUp({
      hashFor: (asked) => {
        if (asked.dataSourceId === lost[0]) return null;
        return asked.dataSourceId === lost[1] ? Buffer.alloc(32) : testHash(asked);
      },
    });
    const before = lost.map((dataSourceId) => opened.secrets.find({ dataSourceId, field: 'password' }));
    const report = await opened.vault.rotate({ destroyOldKey: true }, unwatched);
    expect(report).toMatchObject({ resealedCount: secretCount - 2, keptCount: 2 });
    expect(lost.map((dataSourceId) => opened.secrets.find({ dataSourceId, field: 'password' }))).toEqual(
      before,
    );
    expect(states(opened)).toEqual(['1 retired', '2 active']);
    await expectAllOpen(opened.restart());
    const { entries } = opened.audit.page({ before: null, limit: 10 });
    const told = entries.filter(({ operation }) => operation === 'secret.not-opened');
    expect(told.map(({ subject }) => subject).sort()).toEqual(lost);
  });

  it('keeps what is under a retired key that cannot be had, asking for that key once', async () => {
    const opened = await setUp();
    const early = await opened.vault.prepareSeal(ref, 'value 1', hash);
    await opened.vault.rotate(keepOld, unwatched);
    opened.vault.keep(early);
    const [first = ''] = opened.keychain.items.keys();
    opened.keychain.items.delete(first);
    const restarted = opened.restart();
    const report = await restarted.vault.rotate({ destroyOldKey: true }, unwatched);
    expect(report).toMatchObject({ resealedCount: secretCount - 1, keptCount: 1 });
    expect(states(opened)).toEqual(['1 retired', '3 active']);
  });
});

describe('KeyRotation, meanwhile', () => {
  it.each(['seal', 'verify'] as const)(
    'takes along what is saved and removed during step %s',
    async (step) => {
      const opened = await setUp();
      const { vault } = opened;
      const before = opened.secrets.find(refOf(3));
      if (before === null) throw new Error('It was not kept.');
      // Sealed as the one after its predecessor, so that only the value is another: key and revision are the same.
      vault.keep({ ...before, revision: before.revision - 1 });
      const replacement = await vault.prepareSeal(refOf(3), 'new value', testHash(refOf(3)));
      vault.keep(before);
      const addition = await vault.prepareSeal(refOf(999), 'added', testHash(refOf(999)));
      await rotateWith(opened, step, () => {
        expect(replacement.revision).toBe(before.revision);
        vault.keep(replacement);
        vault.keep(addition);
        vault.remove(refOf(4));
      });
      expect(opened.secrets.countWithKey(2)).toBe(secretCount);
      expect(await vault.open(refOf(3), testHash(refOf(3)))).toBe('new value');
      expect(await vault.open(refOf(999), testHash(refOf(999)))).toBe('added');
      expect(vault.has(refOf(4))).toBe(false);
    },
  );

  it('opens what was sealed before the switch and kept after it, and seals it anew the next time', async () => {
    const opened = await setUp();
    const early = await opened.vault.prepareSeal(ref, 'value 1', hash);
    await opened.vault.rotate(keepOld, unwatched);
    opened.vault.keep(early);
    await expectAllOpen(opened.restart());
    await opened.vault.rotate({ destroyOldKey: true }, unwatched);
    expect(states(opened)).toEqual(['3 active']);
    await expectAllOpen(opened.restart());
  });

  it('refuses to keep what was sealed under a key that is destroyed by then', async () => {
    const opened = await setUp();
    const early = await opened.vault.prepareSeal(ref, 'lost otherwise', hash);
    await opened.vault.rotate({ destroyOldKey: true }, unwatched);
    expect(() => opened.vault.keep(early)).toThrowError(
      expect.objectContaining({ code: 'VAULT_BUSY', retryable: true }),
    );
    await expectAllOpen(opened);
  });
});

describe('KeyRotation, undone', () => {
  it.each(['key', 'seal', 'verify', 'switch', 'clean'] as const)(
    'is undone when cancelled in step %s, but for the last one, when it has happened',
    async (step) => {
      const opened = await setUp();
      const controller = new AbortController();
      const onProgress = (progress: VaultStep) => {
        if (progress.step === step) controller.abort();
      };
      const rotating = opened.vault.rotate(keepOld, { signal: controller.signal, onProgress });
      if (step === 'clean') {
        expect(await rotating).toMatchObject({ version: 2, resealedCount: secretCount });
        return;
      }
      await expect(rotating).rejects.toMatchObject({ code: 'CANCELLED' });
      await expectUndone(opened);
    },
  );

  it('is undone when the keychain does not keep the new key', async () => {
    const opened = await setUp();
    opened.keychain.write = () => Promise.resolve();
    await expect(opened.vault.rotate(keepOld, unwatched)).rejects.toMatchObject({
      code: 'VAULT_UNAVAILABLE',
    });
    expect(states(opened)).toEqual(['1 active']);
    await expectAllOpen(opened.restart());
  });

  it.each([
    ['is changed', "UPDATE secrets_staged SET envelope = zeroblob(60) WHERE data_source_id LIKE '%7'"],
    ['is swapped', 'UPDATE secrets_staged SET envelope = (SELECT max(envelope) FROM secrets_staged)'],
    ['is gone', "DELETE FROM secrets_staged WHERE data_source_id LIKE '%7'"],
  ])('switches to nothing when what is in the stage %s', async (_, sql) => {
    const opened = await setUp();
    const damage = () => void opened.database.prepare(sql).run();
    let sealed = 0;
    const onProgress = ({ step, doneCount }: VaultStep) => {
      if (step === 'seal' && doneCount === secretCount) sealed += 1;
      if (sealed === 1) damage();
    };
    await expect(opened.vault.rotate(keepOld, { ...unwatched, onProgress })).rejects.toMatchObject({
      code: 'STORE_FAILED',
    });
    await expectUndone(opened);
  });

  it('is undone by the next start when it could not be undone at once', async () => {
    const opened = await setUp();
    opened.database
      .prepare("CREATE TRIGGER full BEFORE DELETE ON secrets_staged BEGIN SELECT RAISE(ABORT, 'full'); END")
      .run();
    const controller = new AbortController();
    const onProgress = ({ step }: VaultStep) => {
      if (step === 'switch') controller.abort();
    };
    const rotating = opened.vault.rotate(keepOld, { signal: controller.signal, onProgress });
    await expect(rotating).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(states(opened)).toEqual(['1 active', '2 next']);
    opened.database.prepare('DROP TRIGGER full').run();
    const restarted = opened.restart();
    expect(states(opened)).toEqual(['1 active']);
    expect(opened.secrets.stagedPage(null, 1)).toEqual([]);
    const { entries } = opened.audit.page({ before: null, limit: 1 });
    expect(entries[0]).toMatchObject({ operation: 'vault.rotation-undone', details: { version: 2 } });
    await expectAllOpen(restarted);
    await vi.waitFor(() => expect(opened.keychain.items.size).toBe(1));
  });

  it('is undone when the switch itself fails', async () => {
    const opened = await setUp();
    opened.database
      .prepare("CREATE TRIGGER full BEFORE UPDATE ON vault BEGIN SELECT RAISE(ABORT, 'full'); END")
      .run();
    await expect(rotateWith(opened, 'clean', () => expect.fail('It switched.'))).rejects.toMatchObject({
      code: 'STORE_FAILED',
    });
    opened.database.prepare('DROP TRIGGER full').run();
    await expectAllOpen(opened);
    expect(opened.restart().vault.status()).toMatchObject({ key: { version: 1 } });
    await opened.vault.retry();
    await expectAllOpen(opened.restart());
  });
});

describe('KeyRotation, destroying', () => {
  it('destroys the old key at once when asked to', async () => {
    const opened = await setUp();
    await opened.vault.rotate({ destroyOldKey: true }, unwatched);
    expect(states(opened)).toEqual(['2 active']);
    expect(opened.keychain.items.size).toBe(1);
    expect(opened.repository.leftovers()).toEqual([]);
    const { entries } = opened.audit.page({ before: null, limit: 1 });
    expect(entries[0]).toMatchObject({ operation: 'vault.key-destroyed', details: { version: 1 } });
    await expectAllOpen(opened.restart());
  });

  it('destroys it when the vault is opened after 30 days, not before', async () => {
    const opened = await setUp();
    await opened.vault.rotate(keepOld, unwatched);
    await opened.clock.advance(30 * dayMs - 1);
    await opened.restart().vault.retry();
    expect(states(opened)).toEqual(['1 retired', '2 active']);
    await opened.clock.advance(1);
    await opened.restart().vault.open(ref, hash);
    await vi.waitFor(() => expect(opened.keychain.items.size).toBe(1));
    expect(states(opened)).toEqual(['2 active']);
    await expectAllOpen(opened.restart());
  });

  it('destroys no key that a secret still needs, however old it is', async () => {
    const opened = await setUp();
    const early = await opened.vault.prepareSeal(ref, 'value 1', hash);
    await opened.vault.rotate(keepOld, unwatched);
    opened.vault.keep(early);
    await opened.clock.advance(400 * dayMs);
    await opened.restart().vault.retry();
    expect(states(opened)).toEqual(['1 retired', '2 active']);
    await expectAllOpen(opened.restart());
  });
});
