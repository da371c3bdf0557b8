import type { Migration } from '../Migration.ts';

/**
 * Rules that a person has changed or made, as JSON; snoozes; and alerts, of which those that fire have no end. Rules and
 * snoozes go with their data source. The history keeps the name, as the history of statements does.
 */
const schema = `
  CREATE TABLE alert_rules (
    kind TEXT NOT NULL,
    data_source_id TEXT REFERENCES data_sources (id) ON DELETE CASCADE,
    settings TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX alert_rules_key ON alert_rules (kind, coalesce(data_source_id, ''));
  CREATE TABLE alert_snoozes (
    kind TEXT NOT NULL,
    data_source_id TEXT NOT NULL REFERENCES data_sources (id) ON DELETE CASCADE,
    until INTEGER NOT NULL,
    PRIMARY KEY (kind, data_source_id)
  ) STRICT;
  CREATE TABLE alerts (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    data_source_id TEXT NOT NULL,
    data_source_name TEXT NOT NULL,
    value REAL,
    threshold REAL,
    detail TEXT,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    ending TEXT
  ) STRICT;
`;

export const alerts: Migration = {
  version: 8,
  name: '2026_11_29_0004_alerts',
  apply(sqlite) {
    sqlite.exec(schema);
  },
};
