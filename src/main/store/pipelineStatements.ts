import type { Database } from './Database.ts';

const final = `('succeeded', 'failed', 'cancelled', 'skipped')`;
/** Behind the run with this id, when there is one. */
const before = '(? IS NULL OR number < (SELECT number FROM pipeline_runs WHERE id = ?))';

/** The statements of SqlitePipelineRepository. */
export function pipelineStatementsOn(database: Database) {
  return { ...ofPipelines(database), ...ofRuns(database), ...ofLog(database) };
}

function ofPipelines(database: Database) {
  return {
    all: database.prepare('SELECT id, revision, fields FROM pipelines ORDER BY rowid'),
    put: database.prepare(
      `INSERT INTO pipelines (id, revision, fields) VALUES (?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, fields = excluded.fields`,
    ),
    putFields: database.prepare('UPDATE pipelines SET fields = ? WHERE id = ?'),
    remove: database.prepare('DELETE FROM pipelines WHERE id = ?'),
    slots: database.prepare('SELECT pipeline_id AS id, slot FROM pipeline_slots'),
    putSlot: database.prepare(
      `INSERT INTO pipeline_slots (pipeline_id, slot) VALUES (?, ?)
       ON CONFLICT (pipeline_id) DO UPDATE SET slot = excluded.slot`,
    ),
    position: database.prepare('SELECT position FROM pipeline_positions WHERE pipeline_id = ?'),
    putPosition: database.prepare(
      `INSERT INTO pipeline_positions (pipeline_id, revision, position) VALUES (?, ?, ?)
       ON CONFLICT (pipeline_id) DO UPDATE SET position = excluded.position WHERE excluded.revision >= revision`,
    ),
    resetPosition: database.prepare(
      `INSERT INTO pipeline_positions (pipeline_id, revision, position) VALUES (?, ?, NULL)
       ON CONFLICT (pipeline_id) DO UPDATE SET revision = excluded.revision, position = NULL`,
    ),
  };
}

function ofRuns(database: Database) {
  return {
    addRun: database.prepare(
      'INSERT INTO pipeline_runs (id, pipeline_id, revision, state, folder, fields) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    putRun: database.prepare('UPDATE pipeline_runs SET state = ?, fields = ? WHERE id = ?'),
    run: database.prepare('SELECT id, fields FROM pipeline_runs WHERE id = ?'),
    origin: database.prepare('SELECT revision, folder FROM pipeline_runs WHERE id = ?'),
    openRuns: database.prepare(
      `SELECT id, fields FROM pipeline_runs WHERE state NOT IN ${final} ORDER BY number`,
    ),
    page: database.prepare(
      `SELECT id, fields FROM pipeline_runs WHERE ${before} ORDER BY number DESC LIMIT ?`,
    ),
    pageOf: database.prepare(
      `SELECT id, fields FROM pipeline_runs WHERE pipeline_id = ? AND ${before} ORDER BY number DESC LIMIT ?`,
    ),
    recent: database.prepare(
      `SELECT state, fields ->> '$.endedAt' - fields ->> '$.startedAt' AS durationMs,
         fields ->> '$.progress.writtenCount' AS writtenCount
       FROM pipeline_runs WHERE pipeline_id = ? ORDER BY number DESC LIMIT ?`,
    ),
    lastEnd: database.prepare(
      `SELECT state, fields ->> '$.failure.title' AS title FROM pipeline_runs
       WHERE pipeline_id = ? AND state IN ('succeeded', 'failed') ORDER BY number DESC LIMIT 1`,
    ),
    trimRuns: database.prepare(
      `DELETE FROM pipeline_runs WHERE pipeline_id = ? AND state IN ${final} AND number <=
         (SELECT number FROM pipeline_runs WHERE pipeline_id = ? ORDER BY number DESC LIMIT 1 OFFSET ?)`,
    ),
  };
}

function ofLog(database: Database) {
  return {
    lastLine: database.prepare(
      `SELECT number, coalesce((SELECT max(line) FROM pipeline_run_log WHERE run_number = number), 0) AS line
       FROM pipeline_runs WHERE id = ?`,
    ),
    addLine: database.prepare(
      'INSERT INTO pipeline_run_log (run_number, line, at, level, text) VALUES (?, ?, ?, ?, ?)',
    ),
    trimLines: database.prepare('DELETE FROM pipeline_run_log WHERE run_number = ? AND line <= ?'),
    log: database.prepare(
      `SELECT at, level, text FROM pipeline_run_log
       WHERE run_number = (SELECT number FROM pipeline_runs WHERE id = ?) ORDER BY line LIMIT ?`,
    ),
  };
}
