import { z } from 'zod';
import { characterCount, firstCharacters } from './characters.ts';
import { dataSourceIdSchema } from './ids.ts';
import { relationRefSchema } from './schemaTree.ts';

/** Asks for the first rows of a relation, in the order the server gives them. */
export const rowsRequestSchema = z.strictObject({
  id: dataSourceIdSchema,
  relation: relationRefSchema,
  /** Most rows sent in all. */
  limit: z.int().min(1).max(10_000),
});

/** Longest cell sent to the renderer, in characters. A longer one is sent as its beginning. */
export const maxCellLength = 4_096;

/** The beginning of a value that is longer than `maxCellLength`, and how many characters it has in all. */
export const shortenedCellSchema = z.strictObject({
  start: z.string(),
  length: z.int().min(maxCellLength + 1),
});
export type ShortenedCell = z.infer<typeof shortenedCellSchema>;

/** The server's own text, whole or shortened; null is SQL NULL. */
const cellSchema = z.union([z.string(), z.null(), shortenedCellSchema]);
export type Cell = z.infer<typeof cellSchema>;

/** One batch of rows. */
export const rowBatchSchema = z.strictObject({
  /** Present in the first batch only. */
  fields: z.array(z.strictObject({ name: z.string(), type: z.string() })).nullable(),
  rows: z.array(z.array(cellSchema)).max(500),
});
export type RowBatch = z.infer<typeof rowBatchSchema>;

/** A value as it is sent to the renderer: whole up to `maxCellLength` characters. */
export function cellOf(value: string | null): Cell {
  // A text has never more characters than UTF-16 units, so that most need not be counted.
  if (value === null || value.length <= maxCellLength) return value;
  const length = characterCount(value);
  return length <= maxCellLength ? value : { start: firstCharacters(value, maxCellLength), length };
}
