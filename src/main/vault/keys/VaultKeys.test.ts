import { webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { someDataSource } from '../../../../tests/support/dataSources.ts';
import { testHash, unwatched, withPassphrase } from '../../../../tests/support/startVault.ts';
import { openTestVault } from '../../../../tests/support/testVault.ts';
import type { ModeChoice } from '../../../shared/model/vault.ts';
import { neverAborted } from '../../base/abort.ts';
import type { SecretRef } from '../secrets/SecretRepository.ts';

type Opened = ReturnType<typeof openTestVault>;

const refOf = (number: number): SecretRef => ({
  dataSourceId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  field: 'password',
});
const ref = refOf(1);
const hash = testHash(ref);
const passphrase = 'correct horse';
/** Taken where there is a passphrase. */
const owner = withPassphrase(passphrase);

const choices = {
  keychain: { mode: 'keychain' },
  passphrase: { mode: 'passphrase', passphrase },
  session: { mode: 'session' },
} as const satisfies Record<string, ModeChoice>;

async function sealSome({ vault }: Pick<Opened, 'vault'>): Promise<void> {
  for (const number of [1, 2, 3]) await vault.seal(refOf(number), `value ${number}`, testHash(refOf(number)));
}

async function expectAllOpen({ vault }: Pick<Opened, 'vault'>): Promise<void> {
  for (const number of [1, 2, 3]) {
    expect(await vault.open(refOf(number), testHash(refOf(number)))).toBe(`value ${number}`);
  }
}

/** Three secrets in a mode that somebody chose. */
async function setUp(mode: keyof typeof choices, overrides: Parameters<typeof openTestVault>[0] = {}) {
  const opened = openTestVault(overrides);
  await opened.vault.setMode(choices[mode], unwatched);
  await sealSome(opened);
  return opened;
}

/** A new start, unlocked where that takes a passphrase. */
async function restartOpen(opened: Opened, typed = passphrase) {
  const restarted = opened.restart();
  if (restarted.vault.status().hasPassphrase) await restarted.vault.unlock(typed);
  return restarted;
}

describe('VaultManager before its first key', () => {
  it('makes no key for who only looks', async () => {
    const { vault, keychain, repository } = openTestVault();
    expect(await vault.retry()).toMatchObject({ mode: null, lock: 'closed', key: null, problem: null });
    expect(await vault.open(ref, hash)).toBeNull();
    expect(keychain.items.size).toBe(0);
    expect(repository.keyVersions()).toHaveLength(0);
  });

  it('makes one key at the first save, even for callers at the same time', async () => {
    const { vault, keychain, repository } = openTestVault();
    await Promise.all([1, 2, 3].map((number) => vault.prepareSeal(ref, `value ${number}`, hash)));
    expect(keychain.writeCount).toBe(1);
    expect(repository.protection()).toEqual({ mode: 'keychain', hasPassphrase: false });
    expect(repository.leftovers()).toEqual([]);
    expect(vault.status()).toMatchObject({ mode: 'keychain', lock: 'open', key: { version: 1 } });
  });

  it('never makes a key while sealed secrets exist whose key is not on record', async () => {
    const { vault, secrets, keychain } = openTestVault();
    secrets.put({ ...ref, envelope: Buffer.from('sealed'), keyVersion: 1, revision: 1 });
    const refusal = { code: 'VAULT_LOCKED_OR_MISSING_KEY' };
    await expect(vault.prepareSeal(ref, 'value', hash)).rejects.toMatchObject(refusal);
    await expect(vault.setMode({ mode: 'keychain' }, unwatched)).rejects.toMatchObject(refusal);
    expect((await vault.retry()).problem).toMatchObject(refusal);
    expect(keychain.writeCount).toBe(0);
  });

  it('never makes a key over a missing item, also when nothing is sealed with it yet', async () => {
    const { vault, restart, keychain } = openTestVault();
    await vault.setMode({ mode: 'keychain' }, unwatched);
    keychain.items.clear();
    const refusal = { code: 'VAULT_LOCKED_OR_MISSING_KEY' };
    await expect(restart().vault.prepareSeal(ref, 'value', hash)).rejects.toMatchObject(refusal);
    expect(keychain.items.size).toBe(0);
  });

  it.each(['is locked', 'keeps nothing'])(
    'lets the person choose when the keychain %s, and makes nothing',
    async (how) => {
      const opened = openTestVault();
      if (how === 'is locked') opened.keychain.isLocked = true;
      else opened.keychain.write = () => Promise.resolve();
      await expect(opened.vault.prepareSeal(ref, 'value', hash)).rejects.toMatchObject({
        code: 'VAULT_MODE_REQUIRED',
        retryable: true,
      });
      expect(opened.repository.keyVersions()).toHaveLength(0);
      expect(opened.vault.status()).toMatchObject({ mode: null, key: null, problem: null });
    },
  );

  it('signs every data source that is there when the first key is made', async () => {
    const { vault, dataSources } = openTestVault();
    const dataSource = someDataSource();
    dataSources.put(dataSource, {});
    expect(dataSources.integrityOf(dataSource.id)).toBe('unsigned');
    await vault.prepareSeal(ref, 'value', hash);
    expect(dataSources.integrityOf(dataSource.id)).toBe('intact');
  });
});

describe('VaultManager, choosing a mode', () => {
  it('keeps the root key in the file when a passphrase was chosen, and asks no keychain', async () => {
    const opened = await setUp('passphrase');
    expect(opened.keychain.readCount + opened.keychain.writeCount).toBe(0);
    expect(opened.vault.status()).toMatchObject({
      mode: 'passphrase',
      hasPassphrase: true,
      lock: 'open',
      secretCount: 3,
    });
    const restarted = opened.restart();
    expect(restarted.vault.status().lock).toBe('locked');
    await expect(restarted.vault.open(ref, hash)).rejects.toMatchObject({
      code: 'VAULT_PASSPHRASE_REQUIRED',
    });
    await restarted.vault.unlock(passphrase);
    await expectAllOpen(restarted);
  });

  it('writes nothing in mode session, and has nothing after a new start', async () => {
    const opened = await setUp('session');
    await expectAllOpen(opened);
    expect(opened.vault.status()).toMatchObject({ mode: 'session', lock: 'open', key: null, secretCount: 3 });
    expect(opened.vault.revisionOf(ref)).toBeNull();
    expect(opened.secrets.count()).toBe(0);
    expect(opened.vault.signer.sign('audit', Buffer.alloc(1))).toBeNull();
    const restarted = opened.restart();
    expect(restarted.vault.status()).toMatchObject({ mode: 'session', secretCount: 0 });
    expect(await restarted.vault.open(ref, hash)).toBeNull();
  });

  it('forgets the secrets of a session when locked', async () => {
    const opened = await setUp('session');
    const prepared = await opened.vault.prepareSeal(ref, 'sealed before', hash);
    opened.vault.lock();
    expect(opened.vault.status().secretCount).toBe(0);
    expect(opened.vault.has(ref)).toBe(false);
    expect(() => opened.vault.keep(prepared)).toThrowError(expect.objectContaining({ code: 'VAULT_BUSY' }));
    await opened.vault.seal(ref, 'typed again', hash);
    expect(await opened.vault.open(ref, hash)).toBe('typed again');
  });

  it('opens a secret of the session for its own endpoint only, and takes it away when removed', async () => {
    const { vault } = await setUp('session');
    await expect(vault.open(ref, Buffer.alloc(32))).rejects.toMatchObject({ code: 'SECRET_TAMPERED' });
    vault.remove(ref);
    expect(vault.has(ref)).toBe(false);
  });
});

describe.each([
  ['keychain', 'passphrase'],
  ['keychain', 'session'],
  ['passphrase', 'keychain'],
  ['passphrase', 'session'],
  ['session', 'keychain'],
  ['session', 'passphrase'],
] as const)('VaultManager, moving from %s to %s', (from, to) => {
  it('keeps every secret, and leaves no item behind', async () => {
    const opened = await setUp(from);
    const status = await opened.vault.setMode(choices[to], unwatched, owner);
    expect(status).toMatchObject({
      mode: to,
      lock: 'open',
      secretCount: 3,
      hasPassphrase: to === 'passphrase',
    });
    await expectAllOpen(opened);
    expect(opened.keychain.items.size).toBe(to === 'keychain' ? 1 : 0);
    expect(opened.repository.leftovers()).toEqual([]);
    expect(opened.secrets.count()).toBe(to === 'session' ? 0 : 3);
    if (to !== 'session') await expectAllOpen(await restartOpen(opened));
  });

  it('is told in the audit trail, which stays whole', async () => {
    const opened = await setUp(from);
    await opened.vault.setMode(choices[to], unwatched, owner);
    const { entries } = opened.audit.page({ before: null, limit: 100 });
    const moves = entries.filter(({ operation }) => operation === 'vault.mode-changed');
    expect(moves.map(({ details }) => details)).toEqual([
      { from, to },
      { from: 'none', to: from },
    ]);
    expect(await opened.audit.check(unwatched.signal)).toMatchObject({ status: 'intact' });
  });

  it('changes nothing when it is cancelled', async () => {
    const opened = await setUp(from);
    const controller = new AbortController();
    const work = { signal: controller.signal, onProgress: () => controller.abort() };
    await expect(opened.vault.setMode(choices[to], work, owner)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(opened.vault.status()).toMatchObject({ mode: from, secretCount: 3 });
    await expectAllOpen(opened);
    expect(opened.keychain.items.size).toBe(from === 'keychain' ? 1 : 0);
    expect(opened.repository.leftovers()).toEqual([]);
  });

  it('keeps what is saved while it runs, or refuses to keep what would never open', async () => {
    const opened = await setUp(from);
    const early = await opened.vault.prepareSeal(ref, 'saved meanwhile', hash);
    let isKept = false;
    const onProgress = () => {
      if (isKept) return;
      isKept = true;
      opened.vault.keep(early);
    };
    await opened.vault.setMode(choices[to], { ...unwatched, onProgress }, owner);
    expect(await opened.vault.open(ref, hash)).toBe('saved meanwhile');

    if (from === 'session' || to === 'session') {
      expect(() => opened.vault.keep(early)).toThrowError(expect.objectContaining({ code: 'VAULT_BUSY' }));
    } else opened.vault.keep(early);
    expect(await opened.vault.open(ref, hash)).toBe('saved meanwhile');
  });
});

describe('VaultManager, moves that are refused', () => {
  it('does not go to session mode when a secret would be lost, and says how many', async () => {
    const opened = await setUp('keychain', {
      hashFor: (asked) => (asked.dataSourceId === refOf(2).dataSourceId ? null : testHash(asked)),
    });
    await expect(opened.vault.setMode(choices.session, unwatched, owner)).rejects.toMatchObject({
      code: 'SECRET_TAMPERED',
      detail: '1 of 3 cannot be decrypted and would be lost. Nothing has been changed.',
    });
    expect(opened.vault.status()).toMatchObject({ mode: 'keychain', secretCount: 3 });
    await expectAllOpen(opened);
  });

  it('does not move what is locked', async () => {
    const locked = (await setUp('passphrase')).restart();
    for (const choice of [choices.keychain, choices.session]) {
      await expect(locked.vault.setMode(choice, unwatched)).rejects.toMatchObject({
        code: 'VAULT_PASSPHRASE_REQUIRED',
      });
    }
    expect(locked.vault.status()).toMatchObject({ mode: 'passphrase', lock: 'locked' });
  });

  it('does not take a locked keychain for an empty one', async () => {
    const opened = await setUp('keychain');
    opened.keychain.isLocked = true;
    const { vault } = opened.restart();
    await expect(vault.setMode(choices.passphrase, unwatched)).rejects.toMatchObject({
      code: 'VAULT_LOCKED_OR_MISSING_KEY',
    });
    expect(vault.status()).toMatchObject({ mode: 'keychain', hasPassphrase: false });
  });

  it('stays in mode passphrase when the keychain does not keep the key', async () => {
    const opened = await setUp('passphrase');
    opened.keychain.write = () => Promise.resolve();
    await expect(opened.vault.setMode(choices.keychain, unwatched, owner)).rejects.toMatchObject({
      code: 'VAULT_UNAVAILABLE',
    });
    await expectAllOpen(await restartOpen(opened));
  });

  it('does not pass over a mode that is chosen already, nor a passphrase given with it', async () => {
    const opened = await setUp('passphrase');
    await expect(
      opened.vault.setMode({ mode: 'passphrase', passphrase: 'another one' }, unwatched, owner),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expectAllOpen(await restartOpen(opened));
  });

  it('runs one operation on the keys at a time, and saves meanwhile', async () => {
    const opened = await setUp('keychain');
    const running = opened.vault.setMode(choices.passphrase, unwatched, owner);
    const busy = { code: 'VAULT_BUSY', retryable: true };
    await expect(opened.vault.rotate({ destroyOldKey: false }, unwatched)).rejects.toMatchObject(busy);
    await expect(opened.vault.addPassphrase('a passphrase')).rejects.toMatchObject(busy);
    await expect(opened.vault.startOver(neverAborted)).rejects.toMatchObject(busy);
    await opened.vault.seal(ref, 'value 1', hash);
    await running;
    await expectAllOpen(opened);
  });
});

describe('VaultManager, passphrases', () => {
  it('adds one around the key in the keychain, so that it takes both', async () => {
    const opened = await setUp('keychain');
    const [plain = ''] = opened.keychain.items.values();
    const status = await opened.vault.addPassphrase(passphrase);
    expect(status).toMatchObject({ mode: 'keychain', hasPassphrase: true, lock: 'open' });
    const items = [...opened.keychain.items.values()];
    expect(items).toEqual([expect.stringMatching(/^mrk2\./)]);
    expect(items[0]).not.toContain(plain.slice(5, 40));
    await expectAllOpen(await restartOpen(opened));
    opened.keychain.items.clear();
    await expect(opened.restart().vault.unlock(passphrase)).rejects.toMatchObject({
      code: 'VAULT_LOCKED_OR_MISSING_KEY',
    });
  });

  it('removes it again for who knows it', async () => {
    const opened = await setUp('keychain');
    await opened.vault.addPassphrase(passphrase);
    await expect(opened.vault.removePassphrase('another')).rejects.toMatchObject({
      code: 'VAULT_PASSPHRASE_WRONG',
    });
    expect(opened.vault.status().hasPassphrase).toBe(true);
    await opened.vault.removePassphrase(passphrase);
    const restarted = opened.restart();
    expect(restarted.vault.status()).toMatchObject({ hasPassphrase: false, lock: 'closed' });
    await expectAllOpen(restarted);
    expect([...opened.keychain.items.values()]).toEqual([expect.stringMatching(/^mrk1\./)]);
  });

  it.each(['keychain', 'passphrase'] as const)(
    'changes it in mode %s: then only the new one opens',
    async (mode) => {
      const opened = await setUp(mode);
      if (mode === 'keychain') await opened.vault.addPassphrase(passphrase);
      await expect(opened.vault.changePassphrase('another', 'new one')).rejects.toMatchObject({
        code: 'VAULT_PASSPHRASE_WRONG',
      });
      await opened.vault.changePassphrase(passphrase, 'the new one');
      await expectAllOpen(opened);
      const restarted = opened.restart();
      await expect(restarted.vault.unlock(passphrase)).rejects.toMatchObject({
        code: 'VAULT_PASSPHRASE_WRONG',
      });
      await restarted.vault.unlock('the new one');
      await expectAllOpen(restarted);
      expect(opened.repository.leftovers()).toEqual([]);
    },
  );

  it('changes it for retired keys too, and leaves one that cannot be had where it is', async () => {
    const opened = await setUp('keychain');
    await opened.vault.rotate({ destroyOldKey: false }, unwatched);
    await opened.vault.rotate({ destroyOldKey: false }, unwatched);
    const [lost = ''] = opened.keychain.items.keys();
    const lostItem = opened.keychain.items.get(lost) ?? '';
    opened.keychain.items.delete(lost);
    await opened.vault.addPassphrase(passphrase);
    expect(opened.repository.keyVersions().map(({ isWrapped }) => isWrapped)).toEqual([false, true, true]);
    opened.keychain.items.set(lost, lostItem);
    await opened.vault.changePassphrase(passphrase, 'the new one');
    expect(opened.repository.keyVersions().map(({ isWrapped }) => isWrapped)).toEqual([true, true, true]);
    await expectAllOpen(await restartOpen(opened, 'the new one'));
  });

  it.each([
    ['adding a second one', 'passphrase', (vault: Opened['vault']) => vault.addPassphrase('another')],
    [
      'removing the only protection',
      'passphrase',
      (vault: Opened['vault']) => vault.removePassphrase(passphrase),
    ],
    ['adding one to a session', 'session', (vault: Opened['vault']) => vault.addPassphrase('another')],
    ['changing none', 'keychain', (vault: Opened['vault']) => vault.changePassphrase('', 'another')],
    ['unlocking with none', 'keychain', (vault: Opened['vault']) => vault.unlock('another')],
  ] as const)('refuses %s', async (_, mode, act) => {
    const opened = await setUp(mode);
    await expect(act(opened.vault)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(opened.vault.status()).toMatchObject({ mode, secretCount: 3 });
  });

  it('leaves the audit trail a line when the vault is locked and opened; a wrong one is told by the call', async () => {
    const opened = await setUp('passphrase');
    opened.vault.lock();
    await opened.vault.unlock('wrong').catch(() => undefined);
    await opened.vault.unlock(passphrase);
    const { entries } = opened.audit.page({ before: null, limit: 2 });
    expect(entries.map(({ operation, outcome }) => `${operation} ${outcome}`)).toEqual([
      'vault.opened ok',
      'vault.locked ok',
    ]);
  });
});

describe('VaultManager, keys that cannot be had', () => {
  it('says it once in status and trail, and once again when they can be had', async () => {
    const opened = await setUp('keychain');
    const { vault, keychain } = opened;
    vault.lock();
    const missing = 'VAULT_LOCKED_OR_MISSING_KEY';
    const told: (string | null)[] = [];
    vault.onStatus.on(({ problem }) => told.push(problem?.code ?? null));
    keychain.isLocked = true;
    for (const _ of ['first', 'second']) await vault.retry();
    keychain.isLocked = false;
    for (const _ of ['third', 'fourth']) await vault.retry();
    expect([...new Set(told)]).toEqual([missing, null]);
    const { entries } = opened.audit.page({ before: null, limit: 3 });
    expect(entries.map(({ operation, outcome, details }) => [operation, outcome, details])).toEqual([
      ['vault.opened', 'ok', { version: 1 }],
      ['vault.not-opened', missing, {}],
      ['vault.locked', 'ok', {}],
    ]);
  });
});

describe('VaultManager, locking', () => {
  it('gives up an operation that runs, which then has not happened', async () => {
    const opened = await setUp('passphrase');
    const onProgress = () => opened.vault.lock();
    await expect(
      opened.vault.rotate({ destroyOldKey: true }, { ...unwatched, onProgress }, owner),
    ).rejects.toThrow();
    expect(opened.keyRing.holdsAnything()).toBe(false);
    expect(opened.repository.keyVersions().map(({ state }) => state)).toEqual(['active']);
    await expectAllOpen(await restartOpen(opened));
  });
});

describe('VaultManager, starting over', () => {
  it('forgets keys and secrets, and begins as at the first start, with a version that was never used', async () => {
    const opened = await setUp('keychain');
    const dataSource = someDataSource();
    opened.dataSources.put(dataSource, {});
    await opened.vault.startOver(neverAborted);
    expect(opened.vault.status()).toMatchObject({ mode: null, lock: 'closed', key: null, secretCount: 0 });
    expect(opened.keychain.items.size).toBe(0);
    expect(opened.dataSources.integrityOf(dataSource.id)).toBe('unsigned');

    await sealSome(opened);
    expect(opened.vault.status()).toMatchObject({ mode: 'keychain', key: { version: 2 }, secretCount: 3 });
    expect(opened.dataSources.integrityOf(dataSource.id)).toBe('intact');
    await expectAllOpen(opened.restart());
    expect(await opened.audit.check(unwatched.signal)).toMatchObject({ status: 'intact' });
  });

  it('works for who has lost the key, and deletes the item when the keychain is back', async () => {
    const opened = await setUp('keychain');
    opened.keychain.isLocked = true;
    const restarted = opened.restart();
    expect((await restarted.vault.retry()).problem).toMatchObject({ code: 'VAULT_LOCKED_OR_MISSING_KEY' });
    await restarted.vault.startOver(neverAborted);
    expect(restarted.vault.status()).toMatchObject({ mode: null, problem: null });
    expect(opened.repository.leftovers()).toHaveLength(1);

    opened.keychain.isLocked = false;
    await restarted.vault.retry();
    expect(opened.keychain.items.size).toBe(0);
    expect(opened.repository.leftovers()).toEqual([]);
  });
});

describe('VaultManager, leftovers in the keychain', () => {
  it('never deletes an item that a key uses, whatever the list says', async () => {
    const opened = await setUp('keychain');
    const [used = ''] = opened.keychain.items.keys();
    opened.repository.addLeftover(used);
    await opened.vault.retry();
    await opened.vault.rotate({ destroyOldKey: false }, unwatched);
    expect(opened.keychain.items.has(used)).toBe(true);
    await expectAllOpen(opened.restart());
  });

  it('takes those off the list that are gone, but not while the keychain is locked', async () => {
    const opened = await setUp('passphrase');
    opened.repository.addLeftover('vault:x:root:v1:i1');
    opened.keychain.isLocked = true;
    await opened.vault.retry();
    expect(opened.repository.leftovers()).toHaveLength(1);
    opened.keychain.isLocked = false;
    await opened.vault.retry();
    expect(opened.repository.leftovers()).toEqual([]);
    expect(opened.keychain.items.size).toBe(0);
  });
});

describe('VaultManager, as documented', () => {
  const { subtle } = webcrypto;
  const text = (value: string) => Buffer.from(value, 'utf8');
  const number = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const list = (parts: Buffer[]) => Buffer.concat(parts.flatMap((part) => [number(part.length), part]));

  async function decrypt(raw: Buffer | ArrayBuffer, nonce: Buffer, tag: Buffer, rest: Buffer, bound: Buffer) {
    const key = await subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
    const data = Buffer.concat([rest, tag]);
    return Buffer.from(
      await subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData: bound }, key, data),
    );
  }

  /** From the item to the root key: Argon2 by the library the app uses (its vectors are Python's), the rest by Web Crypto. */
  async function unwrap(wrapped: Buffer, typed: string, context: Buffer[]): Promise<Buffer> {
    const { hashRaw } = await import('@node-rs/argon2');
    const header = wrapped.subarray(0, 30);
    const hashed = await hashRaw(text(typed), {
      memoryCost: header.readUInt32BE(2),
      timeCost: header.readUInt32BE(6),
      parallelism: header.readUInt32BE(10),
      salt: header.subarray(14),
      outputLen: 32,
    });
    const master = await subtle.importKey('raw', hashed, 'HKDF', false, ['deriveBits']);
    const info = text('mooring/1/passphrase-seal');
    const key = await subtle.deriveBits(
      { name: 'HKDF', hash: 'SHA-256', salt: Buffer.alloc(0), info },
      master,
      256,
    );
    const [nonce, tag, rest] = [wrapped.subarray(30, 42), wrapped.subarray(42, 58), wrapped.subarray(58)];
    return decrypt(key, nonce, tag, rest, list([header, ...context]));
  }

  async function openEnvelope(root: Buffer, vaultId: string, { secrets }: Opened): Promise<string> {
    const sealed = secrets.find(ref);
    if (sealed === null) throw new Error('It was not kept.');
    const { envelope, keyVersion, revision } = sealed;
    const master = await subtle.importKey('raw', root, 'HKDF', false, ['deriveBits']);
    const info = text('mooring/1/seal-secret');
    const key = await subtle.deriveBits(
      { name: 'HKDF', hash: 'SHA-256', salt: text(vaultId), info },
      master,
      256,
    );
    const bound = list([
      text('mooring-secret'),
      Buffer.from([1, 1]),
      number(keyVersion),
      text(vaultId),
      text(ref.dataSourceId),
      text(ref.field),
      number(revision),
      hash,
    ]);
    const [nonce, tag, rest] = [envelope.subarray(6, 18), envelope.subarray(18, 34), envelope.subarray(34)];
    return (await decrypt(key, nonce, tag, rest, bound)).toString('utf8');
  }

  it.each(['keychain', 'keychain and passphrase', 'passphrase'] as const)(
    'another implementation finds key and secret in mode %s',
    async (mode) => {
      const opened = await setUp(mode === 'passphrase' ? mode : 'keychain');
      if (mode === 'keychain and passphrase') await opened.vault.addPassphrase(passphrase);
      const vaultId = opened.repository.vaultId();
      const [record] = opened.repository.keyVersions();
      if (record === undefined) throw new Error('There is no key.');
      const account = `vault:${vaultId}:root:v1:i${record.itemNumber}`;
      const [form, base64 = ''] = (opened.keychain.items.get(account) ?? '').split('.');
      const context = [text('mooring-root-key'), text(vaultId), number(1), number(record.itemNumber)];
      const wrapped = record.wrapped ?? Buffer.from(base64, 'base64');
      const root = form === 'mrk1' ? wrapped : await unwrap(wrapped, passphrase, context);
      expect(root).toHaveLength(32);
      expect(await openEnvelope(root, vaultId, opened)).toBe('value 1');
    },
  );
});
