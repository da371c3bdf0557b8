import { describe, expect, it } from 'vitest';
import { FakeConnection } from '../../../../tests/support/FakeConnection.ts';
import { Lease, PoolEntry } from './Lease.ts';

describe('PoolEntry', () => {
  const entryWith = (random = 0, nowMs = 0) => {
    const connection = new FakeConnection();
    return { connection, entry: new PoolEntry(connection, nowMs, random) };
  };

  it('is fit for one second after it has proved itself, and no longer', () => {
    const { entry } = entryWith(0, 500);
    expect(entry.isFit(1_500)).toBe(true);
    expect(entry.isFit(1_501)).toBe(false);
    entry.provenAtMs = 1_501;
    expect(entry.isFit(2_501)).toBe(true);
  });

  it('is not fit when it is suspect or its session has ended', () => {
    const { entry, connection } = entryWith();
    entry.isSuspect = true;
    expect(entry.isFit(0)).toBe(false);
    entry.isSuspect = false;
    expect(entry.isFit(0)).toBe(true);
    connection.lose();
    expect(entry.isFit(0)).toBe(false);
  });

  it('retires after half an hour, or up to a fortieth of that earlier', () => {
    expect(entryWith(0, 7).entry.retiresAtMs).toBe(1_800_007);
    expect(entryWith(1, 7).entry.retiresAtMs).toBe(1_755_007);
    const { entry } = entryWith();
    entry.provenAtMs = 1_800_000;
    expect(entry.isFit(1_799_999)).toBe(true);
    expect(entry.isFit(1_800_000)).toBe(false);
  });

  it('reports the end of its session while it is watched', () => {
    let lostCount = 0;
    const [watched, unwatched] = [entryWith(), entryWith()];
    for (const { entry } of [watched, unwatched]) entry.watch(() => (lostCount += 1));
    unwatched.entry.unwatch();
    unwatched.entry.unwatch();
    for (const { connection } of [watched, unwatched]) connection.lose();
    expect(lostCount).toBe(1);
  });
});

describe('Lease', () => {
  it('gives its own entry back, once', () => {
    const entry = new PoolEntry(new FakeConnection(), 0, 0);
    const given: unknown[] = [];
    const lease = new Lease(7, entry, (...what) => given.push(what));
    expect(lease).toMatchObject({ id: 7, connection: entry.connection });
    lease.release();
    expect(() => lease.release()).toThrow(expect.objectContaining({ code: 'LEASE_ALREADY_RELEASED' }));
    expect(given).toEqual([[entry, lease]]);
  });
});
