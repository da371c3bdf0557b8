import { describe, expect, it } from 'vitest';
import { decodeRootKey, decodeWrappedRootKey, encodeRootKey, rootKeyAccount } from './rootKeyItem.ts';

const key = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
/** Written out, since items of earlier versions must stay readable. */
const item = 'mrk1.AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=.630dcd29';

describe('rootKeyItem', () => {
  it('finds the item of the first release, and gives each later one a name of its own', () => {
    const name = { vaultId: 'id', version: 2, itemNumber: 0 };
    expect(rootKeyAccount(name)).toBe('vault:id:root:v2');
    expect(rootKeyAccount({ ...name, itemNumber: 7 })).toBe('vault:id:root:v2:i7');
  });

  it('reads back the key it wrote, in the form of the first release', () => {
    expect(encodeRootKey(key)).toBe(item);
    expect(decodeRootKey(item)?.equals(key)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['another prefix', item.replace('mrk1', 'mrk2')],
    ['a cut item', item.slice(0, -1)],
    ['another sum', item.replace('630dcd29', '630dcd28')],
    ['a changed key', item.replace('AAEC', 'AAEB')],
    ['something behind it', `${item}\n`],
    ['a shorter key', 'mrk1.AAEC.ae4b3280'],
  ])('refuses %s', (_, text) => {
    expect(decodeRootKey(text)).toBeNull();
    expect(decodeWrappedRootKey(text)).toBeNull();
  });
});
