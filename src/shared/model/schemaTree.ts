import { z } from 'zod';
import { factSchema } from './fact.ts';
import { type NodeListKey, nodeListColumns } from './nodeLists.ts';

/** In UTF-16 units; no server has longer names. */
const maxNameLength = 256;

/** In UTF-16 units; a hundred arguments of types with long names. */
const maxQualifierLength = 30_000;

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

/**
 * What stands in the tree below a schema: relations, which have rows, and routines and the like, which have none; and what
 * belongs to a database and to no schema, from `extension` to `event-trigger`.
 */
export const nodeKindSchema = z.enum([
  'table',
  'partitioned-table',
  'partition',
  'view',
  'materialized-view',
  'foreign-table',
  'sequence',
  'function',
  'procedure',
  'aggregate',
  'enum',
  'domain',
  /** Composite types, ranges and those that are written in C. */
  'type',
  'trigger',
  'policy',
  'event',
  'extension',
  'foreign-server',
  'publication',
  'event-trigger',
  /** Belongs to the server, and is seen from each of its databases. */
  'role',
  /** Who logs in, where that is something else than a role. */
  'account',
  /** What an API has to read. */
  'resource',
]);
export type NodeKind = z.infer<typeof nodeKindSchema>;

/** What a person can do with a node. */
export const nodeActionSchema = z.enum([
  'structure',
  'rows',
  'count',
  'definition',
  'dependencies',
  'rights',
]);
export type NodeAction = z.infer<typeof nodeActionSchema>;

/** The actions of each kind that a catalogue has, in the order in which a schema's nodes are grouped. */
export const nodeTraitsSchema = z.strictObject({
  kind: nodeKindSchema,
  actions: z.array(nodeActionSchema),
});
export type NodeTraits = z.infer<typeof nodeTraitsSchema>;

/** A node as the tree shows it; everything else about it is in its `NodeDetail`. */
export const catalogueNodeSchema = z.strictObject({
  /** The server's own identity of it, such as PostgreSQL's oid. */
  id: z.string(),
  /** Empty for what belongs to no schema. */
  schema: z.string(),
  name: z.string(),
  kind: nodeKindSchema,
  /** As in a `NodeRef`. */
  qualifier: z.string().optional(),
  comment: z.string().nullable(),
  rows: rowCountSchema.nullable(),
  /** The `id` of the node this one is a child of: a partition's table, which may be in another schema. */
  parentId: z.string().nullable(),
});
export type CatalogueNode = z.infer<typeof catalogueNodeSchema>;

/** Most nodes in one batch: parsing and drawing it must not be felt. */
export const maxNamesPerBatch = 1_000;

/** One batch of the names of a database. */
export const nameBatchSchema = z.strictObject({
  /** All schemas, those of people first, and the kinds of nodes in them; in the first batch only. */
  begin: z.strictObject({ schemas: z.array(schemaNameSchema), kinds: z.array(nodeTraitsSchema) }).nullable(),
  /** In no particular order. */
  nodes: z.array(catalogueNodeSchema).max(maxNamesPerBatch),
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
  /**
   * The expression that a generated column is computed from, with how it is kept where the server says so:
   * `(price * 2) STORED`. Null for others, and for identity columns.
   */
  expression: z.string().nullable(),
  /** False for one that `SELECT *` leaves out. */
  isVisible: z.boolean(),
  comment: z.string().nullable(),
});
export type Column = z.infer<typeof columnSchema>;

export const indexSchema = z.strictObject({
  name: z.string(),
  definition: z.string(),
  isUnique: z.boolean(),
  isPrimary: z.boolean(),
  isValid: z.boolean(),
  /** False for one that the planner is told to ignore. */
  isVisible: z.boolean(),
});

export const constraintSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(['primary', 'unique', 'foreign', 'check', 'exclusion']),
  /** In the server's words, such as `FOREIGN KEY (customer_id) REFERENCES customers(id)`. */
  definition: z.string(),
});

/** Most rows of a list; `total` says how many there are. */
export const maxListRows = 1_000;

export const nodeListSchema = z.strictObject({
  key: z.enum(Object.keys(nodeListColumns) as [NodeListKey, ...NodeListKey[]]),
  /** Text of each of the list's columns, in their order. */
  rows: z.array(z.array(z.string().nullable()).max(8)).max(maxListRows),
  total: z.int(),
});
export type NodeList = z.infer<typeof nodeListSchema>;

export const nodeDetailSchema = z.strictObject({
  columns: z.array(columnSchema),
  indexes: z.array(indexSchema),
  constraints: z.array(constraintSchema),
  /** Those that this node can have, also when they are empty, in the order in which they are shown. */
  lists: z.array(nodeListSchema),
  /** SQL that creates it, with all that belongs to it; null when there is none to be had. */
  definition: z.string().nullable(),
  /** What else there is to say, such as storage engine and size, in the engine's order. */
  facts: z.array(factSchema).max(40),
  /** The server's words about why it cannot be used, such as a view whose table is gone. */
  problem: z.string().max(600).nullable(),
});
export type NodeDetail = z.infer<typeof nodeDetailSchema>;

/** Names a node for a call: validated as text, quoted by the connector. */
export const nodeRefSchema = z.strictObject({
  /** Empty for what belongs to no schema. */
  schema: z.string().max(maxNameLength),
  name: z.string().min(1).max(maxNameLength),
  kind: nodeKindSchema,
  /**
   * What tells it from others of its kind and name in the schema: the argument types of a routine (`integer, text`), the
   * table of a trigger. Absent where names are unique.
   */
  qualifier: z.string().max(maxQualifierLength).optional(),
});
export type NodeRef = z.infer<typeof nodeRefSchema>;

/** Names a relation for a call: validated as text, quoted by the connector. */
export const relationRefSchema = z.strictObject({
  schema: z.string().min(1).max(maxNameLength),
  name: z.string().min(1).max(maxNameLength),
});
export type RelationRef = z.infer<typeof relationRefSchema>;

/** Most nodes in each direction; `total` says how many there are. */
export const maxDependencies = 500;

export const dependencySchema = z.strictObject({
  node: nodeRefSchema,
  /** Which parts of the one that depends do so: constraints, columns, triggers; null for the whole. */
  through: z.string().nullable(),
});
export type Dependency = z.infer<typeof dependencySchema>;

const dependencyListSchema = z.strictObject({
  nodes: z.array(dependencySchema).max(maxDependencies),
  total: z.int(),
});

/** What a node needs, and what needs it. */
export const nodeDependenciesSchema = z.strictObject({
  uses: dependencyListSchema,
  usedBy: dependencyListSchema,
});
export type NodeDependencies = z.infer<typeof nodeDependenciesSchema>;
