import { z } from 'zod';
import { dataSourceIdSchema } from './ids.ts';
import { relationRefSchema } from './schemaTree.ts';

/** Opaque id of a result in its spool (UUID v4), made by main. */
export const resultIdSchema = z.uuid();
export type ResultId = z.infer<typeof resultIdSchema>;

/** A sorted or filtered view of a result; null is the result in the order in which it came. */
export const viewIdSchema = z.uuid().nullable();
export type ViewId = z.infer<typeof viewIdSchema>;

/** What a value is, for alignment, sorting, the inspector and files; the connector says so by the server's own type. */
export const valueKindSchema = z.enum([
  'integer',
  'decimal',
  'float',
  'boolean',
  'text',
  'json',
  'xml',
  'binary',
  'date',
  'time',
  'timestamp',
  'interval',
  'array',
  'geometry',
  'other',
]);
export type ValueKind = z.infer<typeof valueKindSchema>;

/** A column of a result as the server names it. Names may be empty, and several may be equal. */
export const resultColumnSchema = z.strictObject({
  name: z.string(),
  type: z.string(),
  kind: valueKindSchema,
});
export type ResultColumn = z.infer<typeof resultColumnSchema>;

/** Longest cell in a window, in characters. A longer one is sent as its beginning; `results.cell` gives all of it. */
export const windowCellLength = 512;

/** The server's own text, whole or its beginning with its true length in characters; null is SQL NULL. */
export const windowCellSchema = z.union([
  z.string(),
  z.null(),
  z.strictObject({ start: z.string(), length: z.int().min(1) }),
]);
export type WindowCell = z.infer<typeof windowCellSchema>;

/** Most rows of one window. */
const maxWindowRows = 500;

const position = z.int().min(0);

/** Cells that are side by side: rows `from` to `to` and columns `from` to `to`, all inclusive. */
export const windowInputSchema = z.strictObject({
  resultId: resultIdSchema,
  viewId: viewIdSchema,
  fromRow: position,
  rowCount: z.int().min(1).max(maxWindowRows),
  /** Only these columns are sent, so that 1,600 columns can be looked at in parts. */
  fromColumn: position,
  columnCount: z.int().min(1).max(400),
});
export type WindowInput = z.infer<typeof windowInputSchema>;

export const resultWindowSchema = z.strictObject({
  /** Fewer than asked for at the end of what has come so far. */
  rows: z.array(z.array(windowCellSchema)),
  /** For each row its position in the result as it came, from 0; null when the view is the result itself. */
  positions: z.array(position).nullable(),
});
export type ResultWindow = z.infer<typeof resultWindowSchema>;

export const cellRefSchema = z.strictObject({
  resultId: resultIdSchema,
  viewId: viewIdSchema,
  row: position,
  column: position,
});
export type CellRef = z.infer<typeof cellRefSchema>;

/** A part of one value, so that a value of 100 MB can be looked at. Offsets in characters (code points). */
export const cellPartInputSchema = z.strictObject({
  ...cellRefSchema.shape,
  offset: position,
  length: z.int().min(1).max(1_000_000),
});

export const cellPartSchema = z.strictObject({
  /** Null for SQL NULL. */
  text: z.string().nullable(),
  /** Characters of the whole value. */
  length: position,
  /** Bytes of the whole value, as the server sent it. */
  byteLength: position,
});
export type CellPart = z.infer<typeof cellPartSchema>;

export const sortKeySchema = z.strictObject({ column: position, descending: z.boolean() });
export type SortKey = z.infer<typeof sortKeySchema>;

export const filterOperatorSchema = z.enum([
  'equals',
  'differs',
  'contains',
  'excludes',
  'starts',
  'ends',
  'less',
  'at-most',
  'greater',
  'at-least',
  'null',
  'not-null',
]);
export type FilterOperator = z.infer<typeof filterOperatorSchema>;

export const columnFilterSchema = z.strictObject({
  column: position,
  operator: filterOperatorSchema,
  /** Empty where the operator takes none. */
  value: z.string().max(10_000),
});
export type ColumnFilter = z.infer<typeof columnFilterSchema>;

/** In which order rows stand, and which of them. */
export const arrangingShape = {
  /** The first decides, the next among equals. */
  sort: z.array(sortKeySchema).max(16),
  /** A row stays when all of them hold. */
  filters: z.array(columnFilterSchema).max(32),
};

/**
 * Sorts and filters a result on its spool. Numbers by value, dates by time, text by code point; NULL last. Rows that are
 * equal in all stay in the order in which they came.
 */
export const arrangeInputSchema = z.strictObject({ resultId: resultIdSchema, ...arrangingShape });
export type ArrangeInput = z.infer<typeof arrangeInputSchema>;

export const arrangedSchema = z.strictObject({ viewId: viewIdSchema, rowCount: position });
export type Arranged = z.infer<typeof arrangedSchema>;

export const findInputSchema = z.strictObject({
  resultId: resultIdSchema,
  viewId: viewIdSchema,
  text: z.string().min(1).max(1_000),
  matchesCase: z.boolean(),
  /** The search begins behind (or before) this cell and goes around once; null begins at the top (or the end). */
  after: z.strictObject({ row: position, column: position }).nullable(),
  backwards: z.boolean(),
});
export type FindInput = z.infer<typeof findInputSchema>;

export const foundSchema = z
  .strictObject({ row: position, column: position, hasWrapped: z.boolean() })
  .nullable();
export type Found = z.infer<typeof foundSchema>;

/** What is selected: rows of the view, and columns by their position in the result, in the order shown. */
export const selectedRangeSchema = z.strictObject({
  fromRow: position,
  /** Inclusive. */
  toRow: position,
  columns: z.array(position).min(1).max(2_000),
});
export type SelectedRange = z.infer<typeof selectedRangeSchema>;

export const selectionInputSchema = z.strictObject({
  resultId: resultIdSchema,
  viewId: viewIdSchema,
  ranges: z.array(selectedRangeSchema).min(1).max(1_000),
});
export type SelectionInput = z.infer<typeof selectionInputSchema>;

/** Figures are exact decimals as text; null when no selected cell is a number. */
export const summarySchema = z.strictObject({
  cellCount: position,
  nullCount: position,
  /** Different values, NULL not counted. */
  distinctCount: position,
  sum: z.string().nullable(),
  average: z.string().nullable(),
  minimum: z.string().nullable(),
  maximum: z.string().nullable(),
});
export type Summary = z.infer<typeof summarySchema>;

export const copyFormatSchema = z.enum(['tsv', 'csv', 'json', 'markdown', 'sql-insert', 'in-list']);
export type CopyFormat = z.infer<typeof copyFormatSchema>;

export const copyInputSchema = z.strictObject({
  ...selectionInputSchema.shape,
  format: copyFormatSchema,
  withHeader: z.boolean(),
  /** For `sql-insert`: whose quoting and name to use; without a relation the table is called `table_name`. */
  target: z.strictObject({ sourceId: dataSourceIdSchema, relation: relationRefSchema.nullable() }).nullable(),
});
export type CopyInput = z.infer<typeof copyInputSchema>;

/** What was put on the clipboard: always whole values. What does not fit is refused, never cut. */
export const copiedSchema = z.strictObject({ rowCount: position, cellCount: position, byteCount: position });
export type Copied = z.infer<typeof copiedSchema>;

export const csvOptionsSchema = z.strictObject({
  separator: z.enum([',', ';', '\t', '|']),
  decimalComma: z.boolean(),
  withHeader: z.boolean(),
  /** UTF-8 with a byte order mark, as Excel wants it. */
  withBom: z.boolean(),
  lineEnd: z.enum(['\n', '\r\n']),
  /** What NULL becomes; the empty text is always `""`. */
  nullText: z.string().max(20),
  /** Puts `'` before cells that a spreadsheet would run as a formula. */
  escapesFormulas: z.boolean(),
});
export type CsvOptions = z.infer<typeof csvOptionsSchema>;

export const fileFormatSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('csv'), options: csvOptionsSchema }),
  z.strictObject({ type: z.literal('json') }),
  z.strictObject({ type: z.literal('ndjson') }),
]);
export type FileFormat = z.infer<typeof fileFormatSchema>;

/** The format that rows were saved in last, and the options of CSV, also while it is another one. */
export const fileOptionsSchema = z.strictObject({
  type: z.enum(['csv', 'json', 'ndjson']),
  csv: csvOptionsSchema,
});
export type FileOptions = z.infer<typeof fileOptionsSchema>;

/** How rows are saved to a file. */
export const savingShape = {
  format: fileFormatSchema,
  /** What the dialog offers, without an ending. */
  suggestedName: z.string().max(200),
};

export const saveResultInputSchema = z.strictObject({
  resultId: resultIdSchema,
  viewId: viewIdSchema,
  /** Only these columns, in this order; null: all of them. */
  columns: z.array(position).min(1).max(2_000).nullable(),
  /** Only these rows of the view, inclusive; null: all of them. */
  rows: z.strictObject({ from: position, to: position }).nullable(),
  ...savingShape,
});
export type SaveResultInput = z.infer<typeof saveResultInputSchema>;

/** Null when the person closed the dialog. */
export const savedFileSchema = z
  .strictObject({ fileName: z.string(), rowCount: position, byteCount: position })
  .nullable();
export type SavedFile = z.infer<typeof savedFileSchema>;

/** How far a call on a result is (`results.progress`); `callId` is the call's. */
export const resultProgressSchema = z.strictObject({
  rowsDone: position,
  /** Null while it is not known. */
  rowsTotal: position.nullable(),
  bytesDone: position,
});
export type ResultProgress = z.infer<typeof resultProgressSchema>;
