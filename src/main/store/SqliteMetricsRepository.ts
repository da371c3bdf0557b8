import { z } from 'zod';
import { maxRangeEvents } from '../../shared/model/historyLengths.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import { scalingDecisionSchema } from '../../shared/model/poolStats.ts';
import { sourceStatusSchema } from '../../shared/model/sourceState.ts';
import type {
  KeptEvents,
  KeptInterval,
  MetricsBatch,
  MetricsRepository,
} from '../observability/history/MetricsRepository.ts';
import type { Database } from './Database.ts';
import { parseJson } from './parseJson.ts';

/** Forgotten in one go, of each length: more than a minute adds, and a millisecond or two. */
const pruneCount = 1_000;

/** More than are kept of any length. */
const maxSteps = 1_000;

const figuresSchema = z.object({ figures: z.instanceof(Uint8Array) });
const newestSchema = z.object({ newest: z.int().nullable() });
const intervalSchema = figuresSchema.extend({ start_at: z.int() });
const eventSchema = z.object({ event: z.string() });
const stateSchema = z.strictObject({ at: z.number(), status: sourceStatusSchema });

/** The history of the metrics in SQLite. Events that cannot be read are left out. */
export class SqliteMetricsRepository implements MetricsRepository {
  readonly #database: Database;
  readonly #statements: ReturnType<typeof statementsOn>;

  constructor(database: Database) {
    this.#database = database;
    this.#statements = statementsOn(database);
  }

  newestStart(stepMs: number): number | null {
    return newestSchema.parse(this.#statements.newest.get(stepMs)).newest;
  }

  find(id: DataSourceId, stepMs: number, startAt: number): Uint8Array | null {
    const row = this.#statements.find.get(stepMs, startAt, id);
    return row === undefined ? null : figuresSchema.parse(row).figures;
  }

  intervals(id: DataSourceId, stepMs: number, from: number, to: number): KeptInterval[] {
    const first = Math.ceil(from / stepMs) * stepMs;
    if (first > to) return [];
    return this.#statements.intervals.all(first, stepMs, to - stepMs, stepMs, id).map((row) => {
      const { start_at: startAt, figures } = intervalSchema.parse(row);
      return { id, stepMs, startAt, figures };
    });
  }

  events(id: DataSourceId, from: number, to: number): KeptEvents {
    const { before, events } = this.#statements;
    const states = [...before.all(id, 'state', from), ...events.all(id, 'state', from, to)];
    return {
      id,
      states: states.flatMap((row) => parsed(stateSchema, row)),
      decisions: events.all(id, 'decision', from, to).flatMap((row) => parsed(scalingDecisionSchema, row)),
    };
  }

  write({ intervals, events, spans }: MetricsBatch): void {
    this.#database.transaction(() => {
      const { put, prune, pruneAhead } = this.#statements;
      for (const { id, stepMs, startAt, figures } of intervals) {
        put.run(stepMs, startAt, Buffer.from(figures), id);
      }
      for (const of of events) this.#add(of);
      for (const { stepMs, from, to } of spans) {
        prune.run(stepMs, from);
        pruneAhead.run(stepMs, to);
      }
    });
  }

  #add({ id, states, decisions }: KeptEvents): void {
    const { add, trim } = this.#statements;
    for (const [kind, events] of Object.entries({ state: states, decision: decisions })) {
      for (const event of events) add.run(kind, event.at, JSON.stringify(event), id);
      if (events.length > 0) trim.run(id, kind);
    }
  }
}

function parsed<Event>(schema: z.ZodType<Event>, row: unknown): Event[] {
  const { data, success } = schema.safeParse(parseJson(eventSchema.parse(row).event));
  return success ? [data] : [];
}

function statementsOn(database: Database) {
  const forgotten = (beyond: string): string =>
    `DELETE FROM metrics_intervals WHERE (step_ms, start_at, data_source_id) IN
       (SELECT step_ms, start_at, data_source_id FROM metrics_intervals
        WHERE step_ms = ? AND start_at ${beyond} ? LIMIT ${pruneCount})`;
  return {
    newest: database.prepare('SELECT max(start_at) AS newest FROM metrics_intervals WHERE step_ms = ?'),
    find: database.prepare(
      'SELECT figures FROM metrics_intervals WHERE step_ms = ? AND start_at = ? AND data_source_id = ?',
    ),
    intervals: database.prepare(
      // One search for each step: a scan would read the intervals of all data sources.
      `WITH RECURSIVE steps (at) AS
         (SELECT ? UNION ALL SELECT at + ? FROM steps WHERE at <= ? LIMIT ${maxSteps})
       SELECT start_at, figures FROM steps
         CROSS JOIN metrics_intervals ON step_ms = ? AND start_at = at AND data_source_id = ?
       ORDER BY start_at`,
    ),
    put: database.prepare(
      `INSERT INTO metrics_intervals (step_ms, start_at, figures, data_source_id)
         SELECT ?, ?, ?, id FROM data_sources WHERE id = ?
       ON CONFLICT (step_ms, start_at, data_source_id) DO UPDATE SET figures = excluded.figures`,
    ),
    prune: database.prepare(forgotten('<')),
    pruneAhead: database.prepare(forgotten('>')),
    before: database.prepare(
      `SELECT event FROM metrics_events WHERE data_source_id = ? AND kind = ? AND at < ?
       ORDER BY at DESC, id DESC LIMIT 1`,
    ),
    events: database.prepare(
      `SELECT event FROM metrics_events WHERE data_source_id = ? AND kind = ? AND at BETWEEN ? AND ?
       ORDER BY at, id`,
    ),
    add: database.prepare(
      `INSERT INTO metrics_events (kind, at, event, data_source_id)
         SELECT ?, ?, ?, id FROM data_sources WHERE id = ?`,
    ),
    trim: database.prepare(
      `DELETE FROM metrics_events WHERE id IN
         (SELECT id FROM metrics_events WHERE data_source_id = ? AND kind = ?
          ORDER BY at DESC, id DESC LIMIT -1 OFFSET ${maxRangeEvents})`,
    ),
  };
}
