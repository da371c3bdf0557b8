import { beforeEach, describe, expect, it } from 'vitest';
import { TrailUnderTest } from '../../../tests/support/auditTrail.ts';
import { neverAborted } from '../base/abort.ts';

let under: TrailUnderTest;

beforeEach(() => {
  under = new TrailUnderTest();
});

describe('AuditRetention', () => {
  it('keeps everything until somebody decides otherwise', async () => {
    under.recordDays(50);
    under.clock.passDays(1_000);
    expect(under.retention.keepDays).toBeNull();
    expect(await under.prune()).toBe(0);
    expect(under.sequences()).toHaveLength(50);
  });

  it('removes what is too old, says so in the trail, and leaves a trail that can be checked', async () => {
    under.recordDays(50);
    under.retention.decide(30);
    expect(await under.retention.countTooOld(30, neverAborted)).toBe(20);
    expect(await under.prune()).toBe(20);
    expect(under.sequences()).toEqual(Array.from({ length: 32 }, (_, index) => index + 21));
    expect(under.store.audit.last()).toMatchObject({
      operation: 'audit.pruned',
      details: { removedCount: 20, upTo: 20, keepDays: 30 },
    });
    expect(await under.check()).toEqual({
      status: 'intact',
      entryCount: 32,
      signedUpTo: 52,
      signaturesChecked: true,
      startsAfter: 20,
      startSigned: true,
    });
  });

  it('goes on from where it removed last, and remembers the decision after that entry is gone', async () => {
    under.retention.decide(30);
    under.recordDays(40);
    expect(await under.prune()).toBe(11);
    under.recordDays(40);
    expect(await under.prune()).toBeGreaterThan(30);
    expect(under.retention.keepDays).toBe(30);
    expect(await under.check()).toMatchObject({ status: 'intact', startSigned: true });
  });

  it('never removes the newest entry, whatever the clock says', async () => {
    under.recordDays(3);
    under.retention.decide(30);
    under.clock.passDays(10_000);
    expect(await under.prune()).toBe(3);
    expect(under.sequences()).toEqual([4, 5]);
    expect(await under.prune()).toBe(1);
    expect(await under.check()).toMatchObject({ status: 'intact' });
  });

  it('removes many in several transactions, each of which leaves a whole trail', async () => {
    under.recordDays(4_500);
    under.retention.decide(30);
    expect(await under.prune()).toBe(4_470);
    const pruned = under.trail
      .page({ before: null, limit: 500 })
      .entries.filter(({ operation }) => operation === 'audit.pruned');
    expect(pruned.map(({ details }) => details.upTo)).toEqual([4_470, 4_000, 2_000]);
    expect(await under.check()).toMatchObject({ status: 'intact', startsAfter: 4_470 });
  });

  it('removes nothing that it cannot sign for', async () => {
    under.recordDays(50);
    under.retention.decide(30);
    const check = await under.check();
    under.activeKey = null;
    await expect(under.retention.prune(check, neverAborted)).rejects.toMatchObject({
      code: 'AUDIT_NOT_PRUNED',
    });
    expect(under.sequences()).toHaveLength(51);
  });

  it('takes no decision that it cannot sign, but one to keep everything', () => {
    under.recordDays(3);
    under.activeKey = null;
    expect(() => under.retention.decide(30)).toThrow(expect.objectContaining({ code: 'AUDIT_NOT_PRUNED' }));
    expect(under.sequences()).toEqual([1, 2, 3]);
    under.retention.decide(null);
    expect(under.retention.keepDays).toBeNull();
  });

  it('signs the removal anew before its key is destroyed', async () => {
    under.recordDays(50);
    under.retention.decide(30);
    await under.prune();
    under.activeKey = 2;
    under.trail.record({ operation: 'vault.key-destroyed' });
    under.keysInMemory.delete(1);
    expect(under.store.audit.last()).toMatchObject({ operation: 'audit.renewed' });
    expect(await under.check()).toMatchObject({ status: 'intact', startsAfter: 20, startSigned: true });
    under.trail.record({ operation: 'vault.opened' });
    expect(under.store.audit.last()).toMatchObject({ operation: 'vault.opened' });
  });

  it('remembers the decision too when the key that signed it is destroyed', async () => {
    under.recordDays(10);
    under.retention.decide(30);
    under.activeKey = 2;
    under.trail.record({ operation: 'vault.key-destroyed' });
    under.keysInMemory.delete(1);
    under.recordDays(40);
    expect(await under.prune()).toBeGreaterThan(10);
  });

  it('says so when the key that signed the removal is gone, and removes nothing more', async () => {
    under.recordDays(50);
    under.retention.decide(30);
    await under.prune();
    under.keysInMemory.delete(1);
    under.activeKey = 2;
    under.recordDays(50);
    const check = await under.check();
    expect(check).toMatchObject({ status: 'intact', signaturesChecked: true, startSigned: false });
    expect(await under.retention.prune(check, neverAborted)).toBe(0);
    expect(() => under.retention.requireTrusted(check)).toThrow(
      expect.objectContaining({ code: 'AUDIT_NOT_PRUNED' }),
    );
  });
});
