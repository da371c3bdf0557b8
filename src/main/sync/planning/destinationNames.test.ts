import { describe, expect, it } from 'vitest';
import type { NameRules } from '../../connectors/TableWriter.ts';
import { destinationNames } from './destinationNames.ts';

const bytes: NameRules = { maxLength: 63, unit: 'bytes', ignoresCase: false };
const folding: NameRules = { maxLength: 64, unit: 'characters', ignoresCase: true };

describe('destinationNames', () => {
  it('shortens long names between letters, and keeps them different', () => {
    const long = 'account_billing_profile_recurring_invoice_delivery_preference';
    const given = [`${long}_at`, `${long}_enabled`, 'ü'.repeat(40), 'order', 'a b'];
    const names = destinationNames(given, bytes);
    expect(new Set(names).size).toBe(5);
    expect(names.slice(3)).toEqual(['order', 'a b']);
    for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63);
    expect(names[2]).toMatch(/^ü{27}_[0-9a-f]{8}$/);
    expect(destinationNames(given, bytes)).toEqual(names);
    expect(destinationNames([...given, 'later'].toReversed(), bytes).slice(1)).toEqual(names.toReversed());
  });

  it('tells names apart that the destination takes for the same, and leaves the others as they are', () => {
    const given = ['order', 'userId', 'userid', 'USERID', 'a b'];
    const names = destinationNames(given, folding);
    expect(names.filter((_, index) => index !== 2 && index !== 3)).toEqual(['order', 'userId', 'a b']);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(5);
    expect(names[2]).toMatch(/^userid_[0-9a-f]{8}$/);
    expect(destinationNames(given, bytes)).toEqual(given);
  });
});
