import { z } from 'zod';

/**
 * Rows of a relation: counted, or estimated by the server's planner. `at-least`: the figure of a table whose rows lie in
 * several (partitions, inheritance), of which some were never analysed. Null when nothing is known.
 */
export const rowCountSchema = z.strictObject({
  value: z.number(),
  accuracy: z.enum(['exact', 'estimate', 'at-least']),
});
export type RowCount = z.infer<typeof rowCountSchema>;

export const schemaNameSchema = z.strictObject({
  name: z.string(),
  comment: z.string().nullable(),
  isSystem: z.boolean(),
});
export type SchemaName = z.infer<typeof schemaNameSchema>;

export const relationKindSchema = z.enum([
  'table',
  'partitioned-table',
  'partition',
  'view',
  'materialized-view',
  'foreign-table',
]);
export type RelationKind = z.infer<typeof relationKindSchema>;

/** A relation as the tree shows it; everything else about it is in its `RelationDetail`. */
export const relationNameSchema = z.strictObject({
  /** The server's own identity of it, such as PostgreSQL's oid. */
  id: z.string(),
  schema: z.string(),
  name: z.string(),
  kind: relationKindSchema,
  comment: z.string().nullable(),
  rows: rowCountSchema.nullable(),
  /** The `id` of the partitioned table this is a partition of; it may be in another schema. */
  parentId: z.string().nullable(),
});
export type RelationName = z.infer<typeof relationNameSchema>;

/** Most relations in one batch: parsing and drawing it must not be felt. */
export const maxNamesPerBatch = 1_000;

/** One batch of the names of a database. */
export const nameBatchSchema = z.strictObject({
  /** All schemas, those of people first; in the first batch only. */
  schemas: z.array(schemaNameSchema).nullable(),
  /** In no particular order. */
  relations: z.array(relationNameSchema).max(maxNamesPerBatch),
});
export type NameBatch = z.infer<typeof nameBatchSchema>;

export const columnSchema = z.strictObject({
  name: z.string(),
  /** As the server formats it: `character varying(255)`, `sales.order_status`. */
  type: z.string(),
  nullable: z.boolean(),
  defaultValue: z.string().nullable(),
  isPrimaryKey: z.boolean(),
  isUnique: z.boolean(),
  /** `schema.table.column` of each foreign key this column is part of. */
  references: z.array(z.string()),
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
