import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../shared/model/audit.ts';
import { entriesAsText, subjectText } from './entryText.ts';

const id = 'b2e3a7de-5d0a-4b1e-9d6b-0a5b1f1c2d3e';
const entry: AuditEntry = {
  sequence: 7,
  at: 0,
  operation: 'secret.used',
  subject: id,
  outcome: 'ok',
  details: { version: 2, keptCount: 1_200, enabled: true },
};

describe('an entry of the trail in words', () => {
  it('names its data source, and says when there is none of it any more', () => {
    expect(subjectText(entry, () => 'Shop')).toBe('Shop');
    expect(subjectText(entry, () => undefined)).toContain('b2e3a7de');
  });

  it('is copied with everything that is known of it', () => {
    expect(entriesAsText([entry], () => 'Shop').text).toBe(
      '7\t1970-01-01T00:00:00.000Z\tPassword used\tShop\tDone\tversion: 2, kept count: 1,200, enabled: yes',
    );
  });

  it('is copied whole or not at all, however long the trail is', () => {
    const { text, count } = entriesAsText(new Array<AuditEntry>(5_000).fill(entry), () => 'Shop');
    expect(text.length).toBeLessThanOrEqual(100_000);
    expect(text.endsWith('enabled: yes')).toBe(true);
    expect(text.split('\n')).toHaveLength(count);
  });
});
