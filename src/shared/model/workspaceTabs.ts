/** The tabs of a data source. Apart from the schemas, which the first screen does without. */
export const workspaceTabs = ['overview', 'schema', 'metrics'] as const;
