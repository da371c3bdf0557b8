import { z } from 'zod';
import type { DataSourceId } from '../../shared/model/ids.ts';
import {
  fingerprintSchema,
  maxFormLength,
  maxStatementCount,
  statementRunSchema,
} from '../../shared/model/statementStatistics.ts';
import type {
  KeptStatement,
  StatisticsRepository,
} from '../observability/statistics/StatisticsRepository.ts';
import type { Database, Statement } from './Database.ts';
import { parseJson } from './parseJson.ts';

const rowSchema = z.object({ fingerprint: z.string(), normal_form: z.string(), figures: z.string() });

const countsSchema = z.object({
  calls: z.int(),
  timedCalls: z.int(),
  totalMs: z.number(),
  rows: z.number(),
  errors: z.int(),
  cancels: z.int(),
  slow: z.int(),
  firstAt: z.number(),
  lastAt: z.number(),
});

const figuresSchema = z.object({
  counts: countsSchema,
  buckets: z.array(z.tuple([z.int(), z.int()])),
  range: z.object({ minMs: z.number(), maxMs: z.number() }),
  hours: z.array(z.tuple([z.int(), z.int(), z.number()])).max(24),
  slowest: z.array(statementRunSchema),
  codes: z.array(z.tuple([z.string().max(64), z.int()])),
});

const statementSchema = z.object({
  fingerprint: fingerprintSchema,
  normalForm: z.string().max(maxFormLength),
  figures: figuresSchema,
});

/** The statistics of statements in SQLite. What cannot be read is left out. */
export class SqliteStatisticsRepository implements StatisticsRepository {
  readonly #database: Database;
  readonly #select: Statement;
  readonly #upsert: Statement;
  readonly #delete: Statement;
  readonly #clear: Statement;
  readonly #clearAll: Statement;

  constructor(database: Database) {
    this.#database = database;
    this.#select = database.prepare(
      `SELECT fingerprint, normal_form, figures FROM statement_statistics
       WHERE data_source_id = ? LIMIT ${maxStatementCount}`,
    );
    this.#upsert = database.prepare(
      `INSERT INTO statement_statistics (data_source_id, fingerprint, normal_form, figures)
         SELECT id, ?, ?, ? FROM data_sources WHERE id = ?
       ON CONFLICT (data_source_id, fingerprint) DO UPDATE SET figures = excluded.figures`,
    );
    this.#delete = database.prepare(
      'DELETE FROM statement_statistics WHERE data_source_id = ? AND fingerprint = ?',
    );
    this.#clear = database.prepare('DELETE FROM statement_statistics WHERE data_source_id = ?');
    this.#clearAll = database.prepare('DELETE FROM statement_statistics');
  }

  load(id: DataSourceId): KeptStatement[] {
    return this.#select.all(id).flatMap((row) => {
      const { figures, fingerprint, normal_form: normalForm } = rowSchema.parse(row);
      const parsed = statementSchema.safeParse({ fingerprint, normalForm, figures: parseJson(figures) });
      return parsed.success ? parsed.data : [];
    });
  }

  write(id: DataSourceId, statements: readonly KeptStatement[], forgotten: readonly string[]): void {
    this.#database.transaction(() => {
      for (const fingerprint of forgotten) this.#delete.run(id, fingerprint);
      for (const { fingerprint, normalForm, figures } of statements) {
        this.#upsert.run(fingerprint, normalForm, JSON.stringify(figures), id);
      }
    });
  }

  clear(id: DataSourceId): void {
    this.#clear.run(id);
  }

  clearAll(): void {
    this.#clearAll.run();
  }
}
