/** How much of what was measured is kept. Apart from the schemas, which the first screen does without. */

/** Samples kept in memory for each data source: five minutes at one a second. */
export const metricsHistoryLength = 300;

/** Points of a range of the metrics at most, whatever its length. */
export const maxRangePoints = 1_000;

/** Changes of state, and decisions of the scaler, in a range of the metrics at most. */
export const maxRangeEvents = 1_000;

/** Decisions of the scaler in one sample at most. */
export const scalingHistoryLength = 20;
