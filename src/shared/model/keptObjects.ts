import { z } from 'zod';
import { dataSourceIdSchema } from './ids.ts';
import { maxFavourites, maxRecent } from './objectLimits.ts';
import { nodeRefSchema } from './schemaTree.ts';

/** An object of a data source that is kept apart from its names, which may have changed since. */
export const keptObjectSchema = z.strictObject({ sourceId: dataSourceIdSchema, node: nodeRefSchema });
export type KeptObject = z.infer<typeof keptObjectSchema>;

export const keptObjectsSchema = z.strictObject({
  /** In the order in which they were added. */
  favourites: z.array(keptObjectSchema).max(maxFavourites),
  /** What was opened lately, the newest first. */
  recent: z.array(keptObjectSchema).max(maxRecent),
});
export type KeptObjects = z.infer<typeof keptObjectsSchema>;
