import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/FakeClock.ts';
import { MemoryKeychain } from '../../../tests/support/MemoryKeychain.ts';
import { openTestSecrets } from '../../../tests/support/testStore.ts';
import type { Logger } from '../observability/Logger.ts';
import { KeyRing } from './KeyRing.ts';
import type { SecretRef } from './SecretRepository.ts';
import { VaultManager } from './VaultManager.ts';

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
  const secrets = openTestSecrets();
  const keychain = new MemoryKeychain();
  const clock = new FakeClock();
  const lines: string[] = [];
  const logger = recordingLogger(lines);
  const start = () =>
    new VaultManager({ keyRing: new KeyRing({ keychain, secrets, clock, logger }), secrets, clock, logger });
  return { secrets, keychain, lines, start, vault: start() };
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
    for (const value of ['hunter2', '', ' ', 'pä ss\nwörd 🐘', 'ﬁ vs fi', 'x'.repeat(1_024)]) {
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
      message: 'The saved password no longer fits this data source',
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
    const copy = await vault.prepareCopy(ref, here, otherRef, elsewhere);
    if (copy === null) throw new Error('Nothing was copied.');
    secrets.put(copy);
    expect(await vault.open(otherRef, elsewhere)).toBe('hunter2');
    await expect(vault.open(otherRef, here)).rejects.toMatchObject({ code: 'SECRET_TAMPERED' });
  });

  it('does not copy what does not open', async () => {
    const { vault } = setUp();
    await vault.seal(ref, 'hunter2', here);
    await expect(vault.prepareCopy(ref, elsewhere, otherRef, elsewhere)).rejects.toMatchObject({
      code: 'SECRET_TAMPERED',
    });
  });

  it('keeps nothing when only preparing: what is saved with it decides', async () => {
    const { vault, secrets } = setUp();
    const sealed = await vault.prepareSeal(ref, 'hunter2', here);
    expect(vault.has(ref)).toBe(false);
    secrets.put(sealed);
    expect(await vault.open(ref, here)).toBe('hunter2');
    expect(await vault.prepareCopy(otherRef, here, otherRef, elsewhere)).toBeNull();
  });

  it('keeps the value that was saved last, whatever waited for the keychain', async () => {
    const { vault, secrets, keychain } = setUp();
    const release = holdBack(keychain);
    const writes = ['one', 'two', 'three'].map((value) => vault.seal(ref, value, here));
    await settle();
    release();
    await Promise.all(writes);
    expect(await vault.open(ref, here)).toBe('three');
    expect(secrets.find(ref)?.revision).toBe(3);
  });

  it('goes on after a write that failed', async () => {
    const { vault, keychain } = setUp();
    keychain.isLocked = true;
    await expect(vault.seal(ref, 'one', here)).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' });
    keychain.isLocked = false;
    await vault.seal(ref, 'two', here);
    expect(await vault.open(ref, here)).toBe('two');
  });

  it('says whether the keychain works, and in words why not', async () => {
    const { vault, keychain, start } = setUp();
    expect(await vault.status()).toEqual({ mode: 'keychain', detail: null });
    await vault.seal(ref, 'hunter2', here);
    keychain.isLocked = true;
    const status = await start().status();
    expect(status.mode).toBe('unavailable');
    expect(status.detail).toContain('keychain is locked');
  });

  it('writes no value, in any form, to the log or into an error', async () => {
    const { vault, lines, keychain } = setUp();
    const canary = 'CANARY-pa55word';
    await vault.seal(ref, canary, here);
    await vault.open(ref, here);
    await vault.open(ref, elsewhere).catch((error: unknown) => lines.push(JSON.stringify(error)));
    await vault.prepareCopy(ref, here, otherRef, elsewhere);
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
