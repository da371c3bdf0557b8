import { z } from 'zod';

const count = z.int().min(0);

/**
 * How far a reading has come, behind the last row of a batch. It is kept with that batch, in one transaction of the
 * destination where that is a table.
 */
export const positionSchema = z.strictObject({
  /** The run that has written it; a new run goes on from `cursor` only. */
  runId: z.string(),
  /** Largest value of the cursor so far, as the source's own text; null where there is none, or nothing came yet. */
  cursor: z.string().nullable(),
  /** What tells rows apart that have exactly that value and were copied: for appending, which must not copy them twice. */
  atCursor: z.array(z.string()),
  /** The ordering columns of the last row; null when the reading cannot be continued in its middle. */
  after: z.array(z.string().nullable()).nullable(),
  readCount: count,
  writtenCount: count,
  rejectedCount: count,
  byteCount: count,
  /** The run has copied all there was. */
  isComplete: z.boolean(),
  /** What a complete run has done to its table, for an attempt that has only that to say. */
  counts: z
    .strictObject({
      rowsBefore: count.nullable(),
      rowsAfter: count.nullable(),
      deletedCount: count,
    })
    .optional(),
});
export type Position = z.infer<typeof positionSchema>;

/** Where a run stands before its first row. @param from what earlier runs have copied */
export const beginningOf = (
  runId: string,
  from?: Pick<Position, 'cursor' | 'atCursor'> | null,
): Position => ({
  runId,
  cursor: from?.cursor ?? null,
  atCursor: from?.atCursor ?? [],
  after: null,
  readCount: 0,
  writtenCount: 0,
  rejectedCount: 0,
  byteCount: 0,
  isComplete: false,
});
