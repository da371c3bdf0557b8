import { z } from 'zod';
import { relationRefSchema } from './schemaTree.ts';

/** Most tables of one diagram: more of them nobody can read, and a window cannot draw. */
export const maxDiagramTables = 300;

/** Most columns of one table in a diagram; those of its keys are always among them. */
export const maxDiagramColumns = 200;

/** In UTF-16 units; the type of an enumeration lists all of its values. */
export const maxDiagramTypeLength = 120;

/** How many relations away from a table its neighbours are shown. */
const diagramDistanceSchema = z.int().min(1).max(3);

/** What a diagram is of: all tables of a schema, or one table with its neighbours. */
export const diagramScopeSchema = z.strictObject({
  schema: relationRefSchema.shape.schema,
  /** The table in the middle; null: all tables of the schema. */
  table: relationRefSchema.shape.name.nullable(),
  /** Of no meaning for a schema. */
  distance: diagramDistanceSchema,
});
export type DiagramScope = z.infer<typeof diagramScopeSchema>;

export const diagramColumnSchema = z.strictObject({
  name: z.string(),
  type: z.string().max(maxDiagramTypeLength),
  nullable: z.boolean(),
  isPrimaryKey: z.boolean(),
  /** The column alone tells rows apart. */
  isUnique: z.boolean(),
  isForeignKey: z.boolean(),
});
export type DiagramColumn = z.infer<typeof diagramColumnSchema>;

export const diagramTableSchema = z.strictObject({
  schema: z.string(),
  name: z.string(),
  /** In the order of the table, at most `maxDiagramColumns`. */
  columns: z.array(diagramColumnSchema).max(maxDiagramColumns),
  /** How many columns there are. */
  columnCount: z.int(),
});
export type DiagramTable = z.infer<typeof diagramTableSchema>;

/** A foreign key between two tables of the diagram. */
export const diagramLinkSchema = z.strictObject({
  name: z.string(),
  /** The table that refers to another one, and that one, by their place in `tables`. Both can be the same. */
  from: z.int().min(0),
  to: z.int().min(0),
  /** Columns of both, pair by pair. */
  columns: z.array(z.string()).min(1),
  targetColumns: z.array(z.string()).min(1),
  /** A row need not refer to any: one of the columns can be NULL. */
  isOptional: z.boolean(),
  /** At most one row refers to the same one. */
  isUnique: z.boolean(),
});
export type DiagramLink = z.infer<typeof diagramLinkSchema>;

/** Tables and how they refer to each other. */
export const diagramSchema = z.strictObject({
  /** By schema and name. */
  tables: z.array(diagramTableSchema).max(maxDiagramTables),
  links: z.array(diagramLinkSchema),
  /** How many tables there are in the schema, or near the table; `tables` has those with the most relations. */
  total: z.int(),
});
export type Diagram = z.infer<typeof diagramSchema>;

/** Longest SVG that is saved, in UTF-16 units: a diagram of the most and largest tables has half of it. */
export const maxDiagramFileLength = 24_000_000;

/** A diagram as SVG, as the window has drawn it. */
export const diagramFileSchema = z.strictObject({
  /** What the file is called unless the person names it otherwise. */
  name: z.string().min(1).max(300),
  svg: z.string().min(1).max(maxDiagramFileLength),
});
