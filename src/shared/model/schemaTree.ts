import { z } from 'zod';

/** Rows of a relation: counted, or the planner's estimate. Null when the server knows neither. */
export const rowCountSchema = z.strictObject({
  value: z.number(),
  accuracy: z.enum(['exact', 'estimate']),
});
export type RowCount = z.infer<typeof rowCountSchema>;

export const schemaSummarySchema = z.strictObject({
  name: z.string(),
  comment: z.string().nullable(),
  isSystem: z.boolean(),
  tableCount: z.int(),
  viewCount: z.int(),
});
export type SchemaSummary = z.infer<typeof schemaSummarySchema>;

export const relationKindSchema = z.enum([
  'table',
  'partitioned-table',
  'partition',
  'view',
  'materialized-view',
  'foreign-table',
]);
export type RelationKind = z.infer<typeof relationKindSchema>;

export const relationSummarySchema = z.strictObject({
  schema: z.string(),
  name: z.string(),
  kind: relationKindSchema,
  comment: z.string().nullable(),
  columnCount: z.int(),
  rows: rowCountSchema.nullable(),
  /** Name of the partitioned table this is a partition of. */
  partitionOf: z.string().nullable(),
});
export type RelationSummary = z.infer<typeof relationSummarySchema>;

export const columnSchema = z.strictObject({
  name: z.string(),
  /** As the server formats it: `character varying(255)`, `sales.order_status`. */
  type: z.string(),
  nullable: z.boolean(),
  defaultValue: z.string().nullable(),
  isPrimaryKey: z.boolean(),
  isUnique: z.boolean(),
  /** `schema.table.column` this column refers to. */
  references: z.string().nullable(),
  isGenerated: z.boolean(),
  comment: z.string().nullable(),
});
export type Column = z.infer<typeof columnSchema>;

export const indexSchema = z.strictObject({
  name: z.string(),
  definition: z.string(),
  isUnique: z.boolean(),
  isPrimary: z.boolean(),
  isValid: z.boolean(),
});

export const relationDetailSchema = z.strictObject({
  columns: z.array(columnSchema),
  indexes: z.array(indexSchema),
  /** The query behind a view or materialised view. */
  viewDefinition: z.string().nullable(),
  /** `RANGE (placed_at)` for a partitioned table. */
  partitionKey: z.string().nullable(),
});
export type RelationDetail = z.infer<typeof relationDetailSchema>;

/** Names a relation for a call: validated as text, quoted by the connector. */
export const relationRefSchema = z.strictObject({
  schema: z.string().min(1).max(63),
  name: z.string().min(1).max(63),
});
export type RelationRef = z.infer<typeof relationRefSchema>;
