import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../../tests/support/FakeClock.ts';
import { FakeConnection } from '../../../../tests/support/FakeConnection.ts';
import { DrainWait, Inventory } from './Inventory.ts';
import type { PoolEntry } from './Lease.ts';

describe('Inventory', () => {
  let clock: FakeClock;
  let seen: string[];
  let inventory: Inventory;
  let names: Map<PoolEntry, string>;

  beforeEach(() => {
    clock = new FakeClock();
    seen = [];
    names = new Map();
    inventory = new Inventory({
      clock,
      random: () => 0,
      onLost: (entry) => seen.push(`lost ${names.get(entry)}`),
      onRemoved: (entry) => seen.push(`removed ${names.get(entry)} of ${inventory.size + 1}`),
      onGone: () => seen.push(`gone, ${inventory.leaving.count} left`),
    });
  });

  const open = (name: string) => {
    const connection = new FakeConnection();
    const entry = inventory.add(connection);
    names.set(entry, name);
    return { connection, entry };
  };
  const idle = (name: string, idleSinceMs: number) => {
    const opened = open(name);
    opened.entry.idleSinceMs = idleSinceMs;
    inventory.putDown(opened.entry);
    return opened;
  };
  const takeAllNames = () => inventory.takeAll().map((entry) => names.get(entry));

  it('keeps idle ones in the order in which they came back, also one that was only away to be checked', () => {
    for (const [name, sinceMs] of [
      ['a', 1],
      ['b', 3],
      ['c', 3],
      ['d', 2],
      ['e', 0],
    ] as const)
      idle(name, sinceMs);
    expect(takeAllNames()).toEqual(['e', 'a', 'd', 'b', 'c']);
    expect(inventory.take()).toBeNull();
    expect(inventory.size).toBe(5);
  });

  it('gives the one used last, without a ping only when that one is fit', async () => {
    idle('a', 1);
    const { entry } = idle('b', 2);
    entry.isSuspect = true;
    expect(inventory.takeFit(0)).toBeNull();
    expect(inventory.take()).toBe(entry);
    expect(names.get(inventory.takeFit(0) as PoolEntry)).toBe('a');
    expect(inventory.takeFit(0)).toBeNull();
  });

  it('reports the end of a session only while it is open', () => {
    const [lost, dropped] = [open('lost'), open('dropped')];
    inventory.drop(dropped.entry);
    dropped.connection.lose();
    lost.connection.lose();
    expect(seen).toEqual(['removed dropped of 2', 'lost lost']);
    expect(dropped.connection).toMatchObject({ isDestroyed: true, isClosedPolitely: false });
  });

  it('forgets what it closes, whether it was idle or not, and counts it until it has left', async () => {
    const [first, second] = [idle('first', 1), open('second')];
    inventory.dismiss(first.entry);
    inventory.cut(second.entry);
    expect(inventory.size).toBe(0);
    expect(inventory.has(first.entry)).toBe(false);
    expect([...inventory.open]).toEqual([]);
    expect(takeAllNames()).toEqual([]);
    expect(inventory.leaving.count).toBe(2);
    await inventory.leaving.allGone();
    expect(seen).toEqual(['removed first of 2', 'removed second of 1', 'gone, 1 left', 'gone, 0 left']);
    expect(first.connection).toMatchObject({ isClosedPolitely: true, isDestroyed: false, cancelCount: 0 });
    expect(second.connection).toMatchObject({ isClosedPolitely: false, isDestroyed: true, cancelCount: 0 });
    expect(clock.pendingCount).toBe(0);
  });

  it('leaves the idle ones alone when one that is not idle goes', () => {
    idle('idle', 0);
    inventory.drop(open('lent').entry);
    expect(takeAllNames()).toEqual(['idle']);
  });

  it('closes those idle ones that are unwanted, the longest idle first, as it is when each is asked', () => {
    for (const name of ['a', 'b', 'c']) idle(name, 0);
    inventory.dismissIdle((entry) => inventory.size > 1 && names.get(entry) !== 'b');
    expect(seen).toEqual(['removed a of 3', 'removed c of 2']);
    expect(takeAllNames()).toEqual(['b']);
  });

  it('cancels what runs before it closes, for a second at most', async () => {
    const [obeying, hanging] = [open('obeying'), open('hanging')];
    for (const { connection } of [obeying, hanging]) connection.isBusy = true;
    hanging.connection.answerCancel = () => new Promise(() => undefined);
    inventory.dismiss(obeying.entry);
    inventory.dismiss(hanging.entry);
    await settle();
    expect(obeying.connection).toMatchObject({ cancelCount: 1, isClosedPolitely: true, isDestroyed: false });
    expect(clock.pendingCount).toBe(1);
    await clock.advance(999);
    expect(hanging.connection).toMatchObject({ cancelCount: 1, isDestroyed: false });
    await clock.advance(1);
    expect(hanging.connection.isDestroyed).toBe(true);
    expect(inventory.leaving.count).toBe(0);
  });

  it('waits for all that leave, also for those that begin to leave meanwhile', async () => {
    const [first, second] = [open('first'), open('second')];
    let areAllGone = false;
    let leave: () => void = () => undefined;
    second.connection.answerGoodbye = () => new Promise((resolve) => (leave = resolve));
    inventory.dismiss(first.entry);
    const waiting = inventory.leaving.allGone().then(() => {
      areAllGone = true;
    });
    inventory.dismiss(second.entry);
    await settle();
    expect(areAllGone).toBe(false);
    leave();
    await waiting;
  });
});

describe('DrainWait', () => {
  let clock: FakeClock;
  let drain: DrainWait;
  let isOver: boolean;

  beforeEach(() => {
    clock = new FakeClock();
    drain = new DrainWait(clock);
    isOver = false;
    void drain.over.then(() => {
      isOver = true;
    });
  });

  it('is over at its deadline, which can come nearer but not move away', async () => {
    drain.within(1_000);
    drain.within(2_000);
    await clock.advance(400);
    drain.within(500);
    drain.within(600);
    expect(clock.pendingCount).toBe(1);
    await clock.advance(499);
    expect(isOver).toBe(false);
    await clock.advance(1);
    expect(isOver).toBe(true);
    expect(clock.pendingCount).toBe(0);
  });

  it('is over at once with no time left', async () => {
    drain.within(1_000);
    drain.within(0);
    await settle();
    expect(isOver).toBe(true);
    expect(clock.pendingCount).toBe(0);
  });

  it('sets no timer after it has ended', async () => {
    drain.within(1_000);
    drain.end();
    drain.within(10);
    await settle();
    expect(isOver).toBe(true);
    expect(clock.pendingCount).toBe(0);
  });
});
