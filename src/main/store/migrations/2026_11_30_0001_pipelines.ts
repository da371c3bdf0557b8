import type { Migration } from '../Migration.ts';

/**
 * Pipelines and their runs as JSON, with the columns that are searched by; the lines of a run's log; the last time of
 * its schedule that was handled; and where a pipeline stands whose destination cannot keep that itself, with the
 * revision of the pipeline since which such positions count. All of it goes with its pipeline. A data source that is
 * removed takes no pipeline with it.
 */
const schema = `
  CREATE TABLE pipelines (
    id TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL,
    fields TEXT NOT NULL
  ) STRICT;
  CREATE TABLE pipeline_slots (
    pipeline_id TEXT NOT NULL PRIMARY KEY REFERENCES pipelines (id) ON DELETE CASCADE,
    slot INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE pipeline_positions (
    pipeline_id TEXT NOT NULL PRIMARY KEY REFERENCES pipelines (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    position TEXT
  ) STRICT;
  CREATE TABLE pipeline_runs (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    pipeline_id TEXT NOT NULL REFERENCES pipelines (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    folder TEXT,
    fields TEXT NOT NULL
  ) STRICT;
  CREATE INDEX pipeline_runs_of ON pipeline_runs (pipeline_id, number);
  CREATE INDEX pipeline_runs_open ON pipeline_runs (number)
    WHERE state NOT IN ('succeeded', 'failed', 'cancelled', 'skipped');
  CREATE TABLE pipeline_run_log (
    run_number INTEGER NOT NULL REFERENCES pipeline_runs (number) ON DELETE CASCADE,
    line INTEGER NOT NULL,
    at INTEGER NOT NULL,
    level TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (run_number, line)
  ) STRICT, WITHOUT ROWID;
`;

export const pipelines: Migration = {
  version: 9,
  name: '2026_11_30_0001_pipelines',
  apply(sqlite) {
    sqlite.exec(schema);
  },
};
