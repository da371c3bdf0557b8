import type { Migration } from '../Migration.ts';

/**
 * Alerts are about pipelines too: rules, snoozes and the history have the id of a subject in the place of a data
 * source's. It refers to no table; rules and snoozes whose subject is gone for good are dropped when the app starts. A
 * rule has its key in its settings as well; what is no JSON there stays unreadable.
 */
const schema = `
  CREATE TABLE alert_rules_new (
    kind TEXT NOT NULL,
    subject_id TEXT,
    settings TEXT NOT NULL
  ) STRICT;
  INSERT INTO alert_rules_new (kind, subject_id, settings)
    SELECT kind, data_source_id,
      CASE WHEN json_valid(settings)
        THEN json_set(json_remove(settings, '$.sourceId'), '$.subjectId', data_source_id)
        ELSE settings END
    FROM alert_rules ORDER BY rowid;
  DROP TABLE alert_rules;
  ALTER TABLE alert_rules_new RENAME TO alert_rules;
  CREATE UNIQUE INDEX alert_rules_key ON alert_rules (kind, coalesce(subject_id, ''));
  CREATE TABLE alert_snoozes_new (
    kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (kind, subject_id)
  ) STRICT;
  INSERT INTO alert_snoozes_new (kind, subject_id, until) SELECT kind, data_source_id, until FROM alert_snoozes;
  DROP TABLE alert_snoozes;
  ALTER TABLE alert_snoozes_new RENAME TO alert_snoozes;
  ALTER TABLE alerts RENAME COLUMN data_source_id TO subject_id;
  ALTER TABLE alerts RENAME COLUMN data_source_name TO subject_name;
`;

export const alertSubjects: Migration = {
  version: 10,
  name: '2026_11_30_0002_alert_subjects',
  apply(sqlite) {
    sqlite.exec(schema);
  },
};
