/** How much of what was measured is kept. Apart from the schemas, which the first screen does without. */

/** Samples kept for each data source: five minutes at one a second. */
export const metricsHistoryLength = 300;

/** Decisions of the scaler kept for each data source. */
export const scalingHistoryLength = 20;
