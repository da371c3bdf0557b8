import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/FakeClock.ts';
import { unwatched } from '../../../../tests/support/startVault.ts';
import { openTestVault } from '../../../../tests/support/testVault.ts';
import type { KeyRing } from './KeyRing.ts';
import { encodeRootKey, rootKeyAccount } from './rootKeyItem.ts';

const activeBytes = (ring: KeyRing): Promise<string> =>
  ring.withActiveKey((key) => key.bytes.toString('hex'));

/** A vault whose first key is made, and a ring as after a new start of the app. */
async function setUp() {
  const opened = openTestVault();
  await opened.vault.setMode({ mode: 'keychain' }, unwatched);
  const [account = ''] = opened.keychain.items.keys();
  const bytes = await activeBytes(opened.keyRing);
  return { ...opened, account, bytes, restarted: opened.restart().keyRing };
}

/** The same with a passphrase around the key, locked. */
async function setUpLocked(mode: 'keychain' | 'passphrase') {
  const opened = await setUp();
  if (mode === 'keychain') await opened.vault.addPassphrase('a passphrase');
  else await opened.vault.setMode({ mode, passphrase: 'a passphrase' }, unwatched);
  return { ...opened, restarted: opened.restart().keyRing };
}

describe('KeyRing', () => {
  it('finds the key again after a new start, and asks the keychain once, however many need it', async () => {
    const { restarted, keychain, bytes } = await setUp();
    const before = keychain.readCount;
    const answers = await Promise.all(Array.from({ length: 20 }, () => activeBytes(restarted)));
    expect(new Set(answers)).toEqual(new Set([bytes]));
    expect(keychain.readCount).toBe(before + 1);
  });

  it('reads the item that the first release wrote', async () => {
    const { restarted, keychain, repository, account, bytes } = await setUp();
    const [record] = repository.keyVersions();
    if (record === undefined) throw new Error('There is no key.');
    const first = rootKeyAccount({ vaultId: repository.vaultId(), version: 1, itemNumber: 0 });
    keychain.items.set(first, keychain.items.get(account) ?? '');
    keychain.items.delete(account);
    repository.putKeyVersion({ ...record, itemNumber: 0 });
    expect(await activeBytes(restarted)).toBe(bytes);
  });

  it('takes a locked keychain for locked, and works as soon as it is unlocked', async () => {
    const { restarted, keychain, bytes } = await setUp();
    const before = new Map(keychain.items);
    keychain.isLocked = true;
    await expect(activeBytes(restarted)).rejects.toMatchObject({ code: 'VAULT_LOCKED_OR_MISSING_KEY' });
    expect(keychain.items).toEqual(before);
    keychain.isLocked = false;
    expect(await activeBytes(restarted)).toBe(bytes);
  });

  it.each([
    ['another vault’s key', encodeRootKey(randomBytes(32))],
    ['a damaged item', 'mrk1.garbage'],
    ['a wrapped item where a plain one is on record', `mrk2.${'A'.repeat(120)}`],
  ])('refuses %s and leaves it as it is', async (_, item) => {
    const { restarted, keychain, account } = await setUp();
    keychain.items.set(account, item);
    await expect(activeBytes(restarted)).rejects.toMatchObject({ code: 'VAULT_WRONG_KEY' });
    expect(keychain.items).toEqual(new Map([[account, item]]));
  });

  it('zeroes the keys in memory when locked, and reads them again afterwards', async () => {
    const { keyRing, keychain, bytes } = await setUp();
    const held = await keyRing.withActiveKey((key) => key.bytes);
    const before = keychain.readCount;
    keyRing.lock();
    expect(held).toEqual(Buffer.alloc(32));
    expect(keyRing.holdsAnything()).toBe(false);
    expect(await activeBytes(keyRing)).toBe(bytes);
    expect(keychain.readCount).toBe(before + 1);
  });

  it('gives no key to those who were waiting for it when it was locked, and keeps none', async () => {
    const { restarted, keychain } = await setUp();
    let answer = (): void => undefined;
    keychain.before = () => new Promise((resolve) => (answer = resolve));
    const waiting = expect(activeBytes(restarted)).rejects.toMatchObject({ code: 'VAULT_BUSY' });
    await settle();
    restarted.lock();
    answer();
    await waiting;
    expect(restarted.holdsAnything()).toBe(false);
  });
});

describe('KeyRing, signing', () => {
  const content = Buffer.from('a row');

  it('signs while the active key is in memory, with another key for each kind', async () => {
    const { keyRing } = await setUp();
    const signature = keyRing.sign('data-source', content);
    if (signature === null) throw new Error('It was not signed.');
    expect(signature.keyVersion).toBe(1);
    expect(keyRing.check('data-source', content, signature)).toBe('right');
    expect(keyRing.check('audit', content, signature)).toBe('wrong');
    expect(keyRing.check('data-source', Buffer.from('a rov'), signature)).toBe('wrong');
    expect(keyRing.check('data-source', content, { ...signature, mac: Buffer.alloc(0) })).toBe('wrong');
  });

  it('knows nothing of signatures while their key is not in memory', async () => {
    const { keyRing } = await setUp();
    const signature = keyRing.sign('audit', content);
    if (signature === null) throw new Error('It was not signed.');
    keyRing.lock();
    expect(keyRing.sign('audit', content)).toBeNull();
    expect(keyRing.check('audit', content, signature)).toBe('unknown');
    await activeBytes(keyRing);
    expect(keyRing.check('audit', content, signature)).toBe('right');
    expect(keyRing.check('audit', content, { ...signature, keyVersion: 2 })).toBe('unknown');
  });
});

describe.each(['keychain', 'passphrase'] as const)('KeyRing with a passphrase in mode %s', (mode) => {
  it('needs the passphrase, and then gives the same key', async () => {
    const { restarted, bytes } = await setUpLocked(mode);
    await expect(activeBytes(restarted)).rejects.toMatchObject({
      code: 'VAULT_PASSPHRASE_REQUIRED',
      retryable: false,
    });
    await expect(restarted.unlock('another')).rejects.toMatchObject({ code: 'VAULT_PASSPHRASE_WRONG' });
    expect(restarted.holdsAnything()).toBe(false);
    await restarted.unlock('a passphrase');
    expect(await activeBytes(restarted)).toBe(bytes);
  });

  it('asks for it again after it was locked, and keeps nothing of it', async () => {
    const { restarted } = await setUpLocked(mode);
    await restarted.unlock('a passphrase');
    const { passphraseKey } = restarted.protection();
    restarted.lock();
    expect(passphraseKey?.bytes).toEqual(Buffer.alloc(32));
    await expect(activeBytes(restarted)).rejects.toMatchObject({ code: 'VAULT_PASSPHRASE_REQUIRED' });
    await restarted.unlock('a passphrase');
    await activeBytes(restarted);
  });

  it('keeps nothing when it is locked while the passphrase is looked at', async () => {
    const { restarted } = await setUpLocked(mode);
    const unlocking = restarted.unlock('a passphrase');
    await settle();
    restarted.lock();
    await expect(unlocking).rejects.toMatchObject({ code: 'VAULT_BUSY' });
    expect(restarted.holdsAnything()).toBe(false);
  });

  it('waits longer and longer for who guesses, and forgets that with the right one', async () => {
    const { restarted, clock } = await setUpLocked(mode);
    const refusal = (retryAfterMs: number) => ({ code: 'VAULT_PASSPHRASE_WRONG', retryAfterMs });
    for (const _ of [1, 2]) await expect(restarted.unlock('wrong')).rejects.toThrow();
    await expect(restarted.unlock('wrong')).rejects.toMatchObject(refusal(1_000));
    await expect(restarted.unlock('a passphrase')).rejects.toMatchObject(refusal(1_000));
    await clock.advance(1_000);
    await restarted.unlock('a passphrase');
  });

  it('tells a damaged item from a wrong passphrase', async () => {
    const { restarted, keychain, repository } = await setUpLocked(mode);
    const [record] = repository.keyVersions();
    if (record === undefined) throw new Error('There is no key.');
    if (record.wrapped === null) keychain.items.set([...keychain.items.keys()][0] ?? '', 'mrk2.AAAA');
    else repository.putKeyVersion({ ...record, wrapped: record.wrapped.subarray(1) });
    await expect(restarted.unlock('a passphrase')).rejects.toMatchObject({ code: 'VAULT_WRONG_KEY' });
  });
});
