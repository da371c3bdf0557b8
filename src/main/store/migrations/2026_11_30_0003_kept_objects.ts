import type { Migration } from '../Migration.ts';

/**
 * Favourites and objects that were opened lately, each with the reference that names it. The turns give the order in which
 * they came; one is null when the object is no favourite, or was not opened lately. They go with their data source.
 */
const schema = `
  CREATE TABLE kept_objects (
    data_source_id TEXT NOT NULL REFERENCES data_sources (id) ON DELETE CASCADE,
    node TEXT NOT NULL,
    favourite_turn INTEGER,
    opened_turn INTEGER,
    PRIMARY KEY (data_source_id, node)
  ) STRICT;
`;

export const keptObjects: Migration = {
  version: 11,
  name: '2026_11_30_0003_kept_objects',
  apply(sqlite) {
    sqlite.exec(schema);
  },
};
