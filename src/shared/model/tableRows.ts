import { z } from 'zod';
import { dataSourceIdSchema } from './ids.ts';
import { arrangingShape, resultColumnSchema, resultIdSchema, savingShape, viewIdSchema } from './results.ts';
import { relationRefSchema } from './schemaTree.ts';
import { tabIdSchema } from './tabs.ts';

/** A relation in an order and with filters, which the server applies as far as it can. Columns by their position in the relation. */
export const tableQuerySchema = z.strictObject({
  sourceId: dataSourceIdSchema,
  relation: relationRefSchema,
  ...arrangingShape,
});
export type TableQuery = z.infer<typeof tableQuerySchema>;

export const openTableInputSchema = z.strictObject({ tabId: tabIdSchema, ...tableQuerySchema.shape });

/** Rows that have been read; more come with `table.more`, until it is complete. */
export const tableProgressSchema = z.strictObject({
  rowCount: z.int().min(0),
  isComplete: z.boolean(),
});
export type TableProgress = z.infer<typeof tableProgressSchema>;

/** A foreign key that leaves from columns of a relation, each by its position. */
export const tableLinkSchema = z.strictObject({
  columns: z.array(z.int().min(0)).min(1),
  relation: relationRefSchema,
  /** The columns of the other relation, by position, in the same order. */
  targetColumns: z.array(z.int().min(0)).min(1),
});
export type TableLink = z.infer<typeof tableLinkSchema>;

export const openedTableSchema = z.strictObject({
  resultId: resultIdSchema,
  columns: z.array(resultColumnSchema),
  links: z.array(tableLinkSchema),
  progress: tableProgressSchema,
  /** What is shown of the result; null: the result itself. */
  viewId: viewIdSchema,
  /** What was done on this computer, on all rows, because the server does not do it: filters by position in the query. */
  here: z.strictObject({ filters: z.array(z.int().min(0)), sort: z.boolean() }),
});
export type OpenedTable = z.infer<typeof openedTableSchema>;

export const saveTableInputSchema = z.strictObject({
  ...tableQuerySchema.shape,
  ...savingShape,
});
