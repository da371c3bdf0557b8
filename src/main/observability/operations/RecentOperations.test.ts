import { beforeEach, describe, expect, it } from 'vitest';
import type { EndedOperation, OperationFilter } from '../../../shared/model/operations.ts';
import { RecentOperations } from './RecentOperations.ts';

const sourceId = crypto.randomUUID();
const operation = (id: number, fields: Partial<EndedOperation> = {}): EndedOperation => ({
  id,
  parentId: null,
  kind: 'call',
  name: 'query.run',
  sourceId: null,
  correlationId: 'click',
  startedAt: 1_000 + id,
  durationMs: 200,
  outcome: 'ok',
  code: null,
  rowCount: null,
  ...fields,
});
const all: OperationFilter = { sourceId: null, failedOnly: false, minDurationMs: 0 };

let recent: RecentOperations;
const end = (...ended: EndedOperation[]): void => {
  for (const one of ended) recent.ended(one, one.parentId === null ? one.id : 1);
};
const ids = (input: Partial<typeof all> = {}): number[] =>
  recent.list({ ...all, ...input }).map(({ id }) => id);

beforeEach(() => {
  recent = new RecentOperations();
});

describe('RecentOperations', () => {
  it('shows an operation with its parts, in the order in which they began', () => {
    end(operation(3, { parentId: 2 }), operation(2, { parentId: 1 }), operation(1));
    expect(ids()).toEqual([1]);
    expect(recent.tree(1).operations.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it('keeps what failed, took long or had parts, and not every trifle', () => {
    end(
      operation(5, { durationMs: 99 }),
      operation(6, { durationMs: 100 }),
      operation(7, { durationMs: 1, outcome: 'error', code: 'INTERNAL' }),
      operation(8, { outcome: 'cancelled' }),
    );
    end(operation(2, { parentId: 1 }), operation(1, { durationMs: 1 }));
    expect(ids()).toEqual([1, 7, 6]);
  });

  it('does not keep a call that only looked into the store, unless that took long', () => {
    const look = (id: number, durationMs: number, parentId: number): EndedOperation =>
      operation(id, { parentId, kind: 'store', name: 'read', durationMs });
    recent.ended(look(2, 3, 1), 1);
    recent.ended(operation(1, { durationMs: 4 }), 1);
    recent.ended(look(12, 300, 11), 11);
    recent.ended(operation(11, { durationMs: 301 }), 11);
    expect(ids()).toEqual([11]);
    expect(recent.tree(11).operations).toHaveLength(2);
  });

  it('shows what the store did within other work, but for glances', () => {
    const inStore = { parentId: 1, kind: 'store', name: 'write' } as const;
    end(operation(2, { parentId: 1 }), operation(3, { ...inStore, durationMs: 0.4 }));
    end(operation(4, { ...inStore, durationMs: 12 }), operation(1));
    expect(recent.tree(1).operations.map(({ id }) => id)).toEqual([1, 2, 4]);
  });

  it('finds by data source, failure and duration', () => {
    end(operation(2, { parentId: 1, sourceId }), operation(1));
    end(operation(10, { outcome: 'timeout', code: 'QUERY_TIMEOUT' }), operation(11, { durationMs: 5_000 }));
    expect(ids()).toEqual([11, 10, 1]);
    expect(recent.list({ ...all, sourceId })).toMatchObject([{ id: 1, sourceId }]);
    expect(ids({ failedOnly: true })).toEqual([10]);
    expect(ids({ minDurationMs: 1_000 })).toEqual([11]);
  });

  it('finds what went well although a part of it failed', () => {
    end(operation(2, { parentId: 1, outcome: 'error', code: 'CONNECTION_REFUSED' }), operation(1));
    expect(recent.list({ ...all, failedOnly: true })).toMatchObject([
      { id: 1, outcome: 'ok', code: 'CONNECTION_REFUSED' },
    ]);
  });

  it('is bounded: the oldest goes, and an operation has so many parts', () => {
    for (let id = 2; id <= 252; id += 1) end(operation(id, { parentId: 1 }));
    end(operation(1));
    expect(recent.tree(1)).toMatchObject({ leftOutCount: 51 });
    expect(recent.tree(1).operations).toHaveLength(201);
    for (let id = 1_000; id < 1_500; id += 1) end(operation(id));
    expect(recent.tree(1)).toEqual({ operations: [], leftOutCount: 0 });
    expect(ids()).toHaveLength(500);
  });

  it('forgets the parts of operations that never end', () => {
    for (let id = 1; id <= 400; id += 1) recent.ended(operation(10_000 + id, { parentId: id }), id);
    recent.ended(operation(1), 1);
    recent.ended(operation(400), 400);
    expect(recent.tree(1).operations).toHaveLength(1);
    expect(recent.tree(400).operations).toHaveLength(2);
  });
});
