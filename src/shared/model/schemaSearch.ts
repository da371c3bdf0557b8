import { z } from 'zod';
import { dataSourceIdSchema } from './ids.ts';
import { nodeRefSchema } from './schemaTree.ts';

/** Where a database is searched, in the order in which it is done: the quickest first. */
export const searchPlaceSchema = z.enum(['names', 'columns', 'comments', 'definitions']);
export type SearchPlace = z.infer<typeof searchPlaceSchema>;

/** In UTF-16 units. */
export const maxSearchLength = 200;

export const searchQuerySchema = z.strictObject({
  text: z.string().max(maxSearchLength),
  /** The text is a regular expression, as the server understands it; else it is looked for as it stands. */
  isRegex: z.boolean(),
  matchesCase: z.boolean(),
  places: z.array(searchPlaceSchema).max(searchPlaceSchema.options.length),
});
export type SearchQuery = z.infer<typeof searchQuerySchema>;

export const searchInputSchema = z.strictObject({
  id: dataSourceIdSchema,
  query: searchQuerySchema.refine(({ text, places }) => text !== '' && places.length > 0),
});

/** Most hits in each place. */
export const maxSearchHits = 500;

/** Most lines of one definition, and most columns of one table. */
export const maxHitsPerObject = 20;

/** In UTF-16 units, of what stands before a hit, of the hit, and of what stands after it. */
export const excerptLengths = { before: 60, hit: 200, after: 160 } as const;

/** What of an object something was found in. */
export const searchPartSchema = z.enum([
  'column',
  'argument',
  'value',
  'constraint',
  'index',
  'trigger',
  'policy',
  'rule',
]);
export type SearchPart = z.infer<typeof searchPartSchema>;

/** The longest excerpt has an ellipsis at both ends. */
const excerpt = (length: number) => z.string().max(length + 1);

export const searchHitSchema = z.strictObject({
  /** The object of the tree that it belongs to. */
  node: nodeRefSchema,
  place: searchPlaceSchema,
  /** Null for the object itself. */
  part: z.strictObject({ kind: searchPartSchema, name: z.string() }).nullable(),
  /** In the text of a comment or a definition, from 1; null for a name. */
  line: z.int().min(1).nullable(),
  /** The line around the hit. */
  before: excerpt(excerptLengths.before),
  hit: excerpt(excerptLengths.hit),
  after: excerpt(excerptLengths.after),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

/** One batch of a search. Each place begins with a batch without an outcome, and ends with one that has it. */
export const searchBatchSchema = z.strictObject({
  place: searchPlaceSchema,
  hits: z.array(searchHitSchema).max(maxSearchHits),
  /** Null while the place is being searched. `cut`: there are more hits than these. */
  outcome: z.enum(['whole', 'cut', 'refused']).nullable(),
  /** Why the server refused to search here. */
  problem: z.string().max(600).nullable(),
});
export type SearchBatch = z.infer<typeof searchBatchSchema>;
