import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openTestVaultStore } from '../../../tests/support/testStore.ts';
import type { SealedSecret, StagedSecret } from '../vault/secrets/SecretRepository.ts';

const someSecret = (overrides: Partial<SealedSecret> = {}): SealedSecret => ({
  dataSourceId: randomUUID(),
  field: 'password',
  envelope: randomBytes(64),
  keyVersion: 1,
  revision: 1,
  ...overrides,
});

const resealed = (secret: SealedSecret): StagedSecret => ({
  ...secret,
  envelope: randomBytes(64),
  keyVersion: 2,
  fromKeyVersion: secret.keyVersion,
});

describe('SqliteSecretRepository', () => {
  it('gives back a sealed secret byte for byte and replaces it by data source and field', () => {
    const { secrets } = openTestVaultStore();
    const password = someSecret();
    const passphrase = { ...password, field: 'passphrase', envelope: randomBytes(64) };
    secrets.put(password);
    secrets.put(passphrase);
    const next = { ...password, envelope: randomBytes(80), keyVersion: 2, revision: 2 };
    secrets.put(next);
    expect(secrets.find(next)).toEqual(next);
    expect(secrets.listFor(password.dataSourceId)).toEqual([passphrase, next]);
    expect([secrets.count(), secrets.countWithKey(1), secrets.countWithKey(2)]).toEqual([2, 1, 1]);

    secrets.remove(password);
    expect(secrets.find(password)).toBeNull();
    expect(secrets.listFor(password.dataSourceId)).toEqual([passphrase]);
  });

  it('pages through every secret once, also those of one data source that lie on two pages', () => {
    const { secrets } = openTestVaultStore();
    const odd = [someSecret({ dataSourceId: '', field: '' }), someSecret({ dataSourceId: 'é', field: '🐘' })];
    const all = [...odd, ...['b', 'a'].flatMap((id) => ['y', 'x', 'z'].map((field) => ({ id, field })))].map(
      (entry) => ('id' in entry ? someSecret({ dataSourceId: entry.id, field: entry.field }) : entry),
    );
    for (const secret of all) secrets.put(secret);
    const seen: string[] = [];
    for (let page = secrets.page(null, 2); page.length > 0; page = secrets.page(page.at(-1) ?? null, 2)) {
      seen.push(...page.map((secret) => `${secret.dataSourceId}/${secret.field}`));
    }
    expect(seen).toEqual(['/', 'a/x', 'a/y', 'a/z', 'b/x', 'b/y', 'b/z', 'é/🐘']);
  });

  it('puts staged secrets in the place of those they were made from, and of no others', () => {
    const { secrets } = openTestVaultStore();
    const [same, savedAgain, removed, rotated] = [someSecret(), someSecret(), someSecret(), someSecret()];
    const untouched = someSecret();
    for (const secret of [same, savedAgain, removed, rotated, untouched]) secrets.put(secret);
    const staged = [same, savedAgain, removed, rotated].map(resealed);
    secrets.stage(staged);
    expect(secrets.find(same)).toEqual(same);
    // What happened between staging and the switch.
    const newer = { ...savedAgain, envelope: randomBytes(64), revision: 2 };
    const other = { ...rotated, keyVersion: 3 };
    secrets.put(newer);
    secrets.put(other);
    secrets.remove(removed);

    expect(secrets.switchStaged()).toBe(1);
    expect(secrets.find(same)).toEqual({ ...same, envelope: staged[0]?.envelope, keyVersion: 2 });
    expect([newer, other, untouched].map((secret) => secrets.find(secret))).toEqual([
      newer,
      other,
      untouched,
    ]);
    expect(secrets.find(removed)).toBeNull();
    expect(secrets.stagedPage(null, 10)).toEqual([]);
    expect(secrets.switchStaged()).toBe(0);
  });

  it('pages through what is staged, where the last one staged counts', () => {
    const { secrets } = openTestVaultStore();
    const [first, second] = ['a', 'b'].map((dataSourceId) => resealed(someSecret({ dataSourceId })));
    if (first === undefined || second === undefined) throw new Error('Two were made.');
    const again = { ...first, envelope: randomBytes(64) };
    secrets.stage([first, second]);
    secrets.stage([again]);
    expect(secrets.stagedPage(null, 1)).toEqual([again]);
    expect(secrets.stagedPage(again, 5)).toEqual([second]);
    expect(secrets.count()).toBe(0);
    secrets.clearStaged();
    expect(secrets.stagedPage(null, 5)).toEqual([]);
  });

  it('removes all of them, also those that wait', () => {
    const { secrets } = openTestVaultStore();
    const secret = someSecret();
    secrets.put(secret);
    secrets.stage([resealed(secret)]);
    secrets.removeAll();
    expect(secrets.count()).toBe(0);
    expect(secrets.stagedPage(null, 5)).toEqual([]);
  });
});
