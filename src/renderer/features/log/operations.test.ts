import { describe, expect, it } from 'vitest';
import type { EndedOperation } from '../../../shared/model/operations.ts';
import { waterfallOf } from './operations.ts';

const operation = (
  id: number,
  parentId: number | null,
  startedAt: number,
  durationMs: number,
): EndedOperation => ({
  id,
  parentId,
  kind: 'stage',
  name: 'tcp',
  sourceId: null,
  correlationId: null,
  startedAt,
  durationMs,
  outcome: 'ok',
  code: null,
  rowCount: null,
});

describe('the waterfall of an operation', () => {
  it('puts parts below what they are a part of, with bars on one scale', () => {
    const rows = waterfallOf([
      operation(1, null, 1_000, 100),
      operation(2, 1, 1_000, 50),
      operation(3, 1, 1_050, 50),
      operation(4, 2, 1_025, 25),
    ]);
    expect(rows.map(({ operation: { id }, depth, from, length }) => [id, depth, from, length])).toEqual([
      [1, 0, 0, 1],
      [2, 1, 0, 0.5],
      [4, 2, 0.25, 0.25],
      [3, 1, 0.5, 0.5],
    ]);
  });

  it('shows a part whose own whole is not kept', () => {
    expect(waterfallOf([operation(1, null, 0, 10), operation(9, 7, 2, 1)]).map(({ depth }) => depth)).toEqual(
      [0, 0],
    );
  });
});
