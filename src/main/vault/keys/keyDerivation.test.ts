import { describe, expect, it } from 'vitest';
import { deriveSigningKey, keyCheckValue, matchesCheckValue } from './keyDerivation.ts';

const vaultId = '0f8fad5b-d9cb-469f-a165-70867728950e';
const rootKey = Buffer.from(Array.from({ length: 32 }, (_, index) => index));

describe('key check value', () => {
  it('stays what it was in the first release: made by Python from docs/security.md', () => {
    expect(keyCheckValue(rootKey, vaultId, 1).toString('hex')).toBe(
      'e6fcd2ca56a93ebbf2499b4d0bcd8267dc5f17eea0765c480a8b0e349f013d3e',
    );
  });

  it('fits only the key, vault and version it was made for, and nothing cut short', () => {
    const recorded = keyCheckValue(rootKey, vaultId, 1);
    const otherKey = Buffer.from(rootKey).fill(9, 31);
    expect(matchesCheckValue(rootKey, vaultId, 1, recorded)).toBe(true);
    expect(matchesCheckValue(otherKey, vaultId, 1, recorded)).toBe(false);
    expect(matchesCheckValue(rootKey, `${vaultId}x`, 1, recorded)).toBe(false);
    expect(matchesCheckValue(rootKey, vaultId, 2, recorded)).toBe(false);
    expect(matchesCheckValue(rootKey, vaultId, 1, recorded.subarray(0, 16))).toBe(false);
    expect(matchesCheckValue(rootKey, vaultId, 1, Buffer.alloc(0))).toBe(false);
  });
});

describe('signing keys', () => {
  it.each([
    ['data-source', '6fd68d2e4d4a9a08fceb8b8a7062f8335551a416d5c5dba8234bd3e3dd79c3ff'],
    ['audit', '1f1d9659619e9ed55ed1d722d48e68a40088490948290b144117b3daa401d7a0'],
  ] as const)('are what Python makes of docs/security.md: %s', (kind, expected) => {
    expect(deriveSigningKey(rootKey, vaultId, kind).toString('hex')).toBe(expected);
  });
});
