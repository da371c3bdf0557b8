import { z } from 'zod';
import { dataSourceIdSchema } from './ids.ts';
import { relationRefSchema } from './schemaTree.ts';

/** Asks for the first rows of a relation, in the order the server gives them. */
export const rowsRequestSchema = z.strictObject({
  id: dataSourceIdSchema,
  relation: relationRefSchema,
  /** Most rows sent in all. */
  limit: z.int().min(1).max(10_000),
});

/** One batch of rows. Cells are the server's own text (null is SQL NULL), cut at 4,096 characters. */
export const rowBatchSchema = z.strictObject({
  /** Present in the first batch only. */
  fields: z.array(z.strictObject({ name: z.string(), type: z.string() })).nullable(),
  rows: z.array(z.array(z.string().nullable())).max(500),
});
export type RowBatch = z.infer<typeof rowBatchSchema>;

/** Longest cell sent to the renderer, in characters. */
export const maxCellLength = 4_096;
