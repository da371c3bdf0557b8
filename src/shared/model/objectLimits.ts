/** How many objects are kept apart. Beside the schemas, which the first screen does without. */

/** Of all data sources together. */
export const maxFavourites = 2_000;
export const maxRecent = 300;

/** Of one data source: no other one is crowded out. */
export const maxRecentOfSource = 30;
