import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/FakeClock.ts';
import { MemoryKeychain } from '../../../tests/support/MemoryKeychain.ts';
import { openTestSecrets } from '../../../tests/support/testStore.ts';
import { silentLogger } from '../observability/Logger.ts';
import { KeyRing } from './KeyRing.ts';
import { encodeRootKey, rootKeyAccount } from './rootKeyItem.ts';
import type { SecretRepository } from './SecretRepository.ts';

function setUp(secrets: SecretRepository = openTestSecrets(), keychain = new MemoryKeychain()) {
  const options = { keychain, secrets, clock: new FakeClock(), logger: silentLogger };
  /** A ring as after a new start of the app: nothing in memory. */
  const start = () => new KeyRing(options);
  return { keychain, secrets, start, ring: start(), account: rootKeyAccount(secrets.vaultId(), 1) };
}

const activeBytes = (ring: KeyRing): Promise<string> =>
  ring.withActiveKey((key) => key.bytes.toString('hex'));

const someSecret = (keyVersion: number) => ({
  dataSourceId: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  field: 'password',
  envelope: Buffer.from('sealed'),
  keyVersion,
  revision: 1,
});

describe('KeyRing', () => {
  it('makes one key on first use, even for callers at the same time, and finds it again after a new start', async () => {
    const { ring, start, keychain } = setUp();
    const [first, second] = await Promise.all([activeBytes(ring), activeBytes(ring)]);
    expect(second).toBe(first);
    expect(keychain.writeCount).toBe(1);
    expect(await activeBytes(start())).toBe(first);
    expect(keychain.writeCount).toBe(1);
  });

  it('asks the keychain once, however many need the key', async () => {
    const { ring, start, keychain } = setUp();
    await activeBytes(ring);
    const restarted = start();
    const before = keychain.readCount;
    await Promise.all(Array.from({ length: 20 }, () => activeBytes(restarted)));
    expect(keychain.readCount).toBe(before + 1);
  });

  it('takes a locked keychain for locked and never for a first run', async () => {
    const { ring, start, keychain, secrets } = setUp();
    const bytes = await activeBytes(ring);
    keychain.isLocked = true;
    const restarted = start();
    await expect(activeBytes(restarted)).rejects.toMatchObject({ code: 'VAULT_LOCKED_OR_MISSING_KEY' });
    expect(keychain.writeCount).toBe(1);
    expect(secrets.keyVersions()).toHaveLength(1);

    keychain.isLocked = false;
    expect(await activeBytes(restarted)).toBe(bytes);
  });

  it('never makes a key over a missing item, also when nothing is sealed with it yet', async () => {
    const { ring, start, keychain } = setUp();
    await activeBytes(ring);
    keychain.items.clear();
    await expect(activeBytes(start())).rejects.toMatchObject({ code: 'VAULT_LOCKED_OR_MISSING_KEY' });
    expect(keychain.items.size).toBe(0);
  });

  it('never makes a key while sealed secrets exist whose key is not on record', async () => {
    const { ring, secrets, keychain } = setUp();
    secrets.put(someSecret(1));
    await expect(activeBytes(ring)).rejects.toMatchObject({ code: 'VAULT_LOCKED_OR_MISSING_KEY' });
    await expect(ring.probe()).rejects.toMatchObject({ code: 'VAULT_LOCKED_OR_MISSING_KEY' });
    expect(keychain.writeCount).toBe(0);
  });

  it('refuses another vault’s key and leaves the item as it is', async () => {
    const { ring, start, keychain, account } = setUp();
    await activeBytes(ring);
    const foreign = encodeRootKey(randomBytes(32));
    keychain.items.set(account, foreign);
    await expect(activeBytes(start())).rejects.toMatchObject({ code: 'VAULT_WRONG_KEY' });
    expect(keychain.items.get(account)).toBe(foreign);
  });

  it('refuses a damaged item and leaves it as it is, on the first run too', async () => {
    const { ring, keychain, account, secrets } = setUp();
    keychain.items.set(account, 'mrk1.garbage');
    await expect(activeBytes(ring)).rejects.toMatchObject({ code: 'VAULT_WRONG_KEY' });
    expect(keychain.items.get(account)).toBe('mrk1.garbage');
    expect(secrets.keyVersions()).toHaveLength(0);
  });

  it('uses the key of a first run that ended before it was recorded', async () => {
    const { ring, keychain, account } = setUp();
    const item = encodeRootKey(randomBytes(32));
    keychain.items.set(account, item);
    await activeBytes(ring);
    expect(keychain.items.get(account)).toBe(item);
  });

  it('records no key that the keychain did not keep', async () => {
    const { ring, keychain, secrets } = setUp();
    keychain.write = () => Promise.resolve();
    await expect(activeBytes(ring)).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' });
    expect(secrets.keyVersions()).toHaveLength(0);
  });

  it('zeroes the keys in memory when locked, and reads them again afterwards', async () => {
    const { ring, keychain } = setUp();
    const held = await ring.withActiveKey((key) => key.bytes);
    const bytes = held.toString('hex');
    const before = keychain.readCount;
    ring.lock();
    expect(held.equals(Buffer.alloc(32))).toBe(true);
    expect(await activeBytes(ring)).toBe(bytes);
    expect(keychain.readCount).toBe(before + 1);
  });

  it('gives no key to those who were waiting for it when it was locked, and keeps none', async () => {
    const { ring, start, keychain } = setUp();
    await activeBytes(ring);
    const restarted = start();
    let answer = (): void => undefined;
    keychain.before = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const waiting = expect(activeBytes(restarted)).rejects.toMatchObject({
      code: 'VAULT_LOCKED_OR_MISSING_KEY',
    });
    await settle();
    restarted.lock();
    answer();
    await waiting;

    const before = keychain.readCount;
    keychain.before = () => Promise.resolve();
    await activeBytes(restarted);
    expect(keychain.readCount).toBe(before + 1);
  });

  it('makes nothing when only asked whether it works', async () => {
    const { ring, keychain, secrets } = setUp();
    await ring.probe();
    expect(keychain.items.size).toBe(0);
    expect(secrets.keyVersions()).toHaveLength(0);
  });
});
