import { z } from 'zod';
import { type Pipeline, pipelineSchema, type SavedPipeline } from '../../shared/model/pipelines.ts';
import type { RunPageInput } from '../../shared/model/pipelineViews.ts';
import {
  maxLogLines,
  type Run,
  type RunLogLine,
  runLogLineSchema,
  runSchema,
} from '../../shared/model/runs.ts';
import { cleanText } from '../base/cleanText.ts';
import type { Logger } from '../observability/Logger.ts';
import type {
  DamagedPipeline,
  PipelineRepository,
  RecentRun,
  RunOrigin,
} from '../sync/PipelineRepository.ts';
import type { Database } from './Database.ts';
import { parseJson } from './parseJson.ts';
import { pipelineStatementsOn } from './pipelineStatements.ts';

const savedRowSchema = z.object({ id: z.string(), revision: z.int(), fields: z.string() });
const slotSchema = z.object({ id: z.string(), slot: z.number() });
const positionSchema = z.object({ position: z.string().nullable() });
const runRowSchema = z.object({ id: z.string(), fields: z.string() });
const originSchema = z.object({ revision: z.int(), folder: z.string().nullable() });
const recentSchema = runSchema
  .pick({ state: true })
  .extend({ durationMs: z.number().nullable(), writtenCount: z.int().nullable() });
const endSchema = z.object({ state: z.string().nullable(), title: z.string().nullable() });
const noEnd = { state: null, title: null };
const lineSchema = z.object({ number: z.int(), line: z.int() });
const nameSchema = z.object({ name: z.string() });

/** Pipelines, their runs and where they stand, in SQLite. What cannot be read is logged, and stays. */
export class SqlitePipelineRepository implements PipelineRepository {
  readonly #database: Database;
  readonly #logger: Logger;
  readonly #statements: ReturnType<typeof pipelineStatementsOn>;

  constructor(database: Database, logger: Logger) {
    this.#database = database;
    this.#logger = logger;
    this.#statements = pipelineStatementsOn(database);
  }

  all(): { pipelines: SavedPipeline[]; damaged: DamagedPipeline[] } {
    const pipelines: SavedPipeline[] = [];
    const damaged: DamagedPipeline[] = [];
    for (const row of this.#statements.all.all()) {
      const { id, revision, fields } = savedRowSchema.parse(row);
      const value = parseJson(fields);
      const read = pipelineSchema.safeParse(value);
      if (read.success) pipelines.push({ id, revision, pipeline: read.data });
      else {
        damaged.push({ id, name: readableName(value) });
        this.#logger.warn('A pipeline cannot be read; it is kept as it is', { pipeline: id });
      }
    }
    return { pipelines, damaged };
  }

  put({ id, revision, pipeline }: SavedPipeline): void {
    this.#statements.put.run(id, revision, JSON.stringify(pipeline));
  }

  putFields(id: string, pipeline: Pipeline): void {
    this.#statements.putFields.run(JSON.stringify(pipeline), id);
  }

  remove(id: string): void {
    this.#statements.remove.run(id);
  }

  slots(): Map<string, number> {
    const rows = this.#statements.slots.all().map((row) => slotSchema.parse(row));
    return new Map(rows.map(({ id, slot }) => [id, slot]));
  }

  putSlot(id: string, slot: number): void {
    this.#statements.putSlot.run(id, slot);
  }

  position(id: string): string | null {
    const row = this.#statements.position.get(id);
    return row === undefined ? null : positionSchema.parse(row).position;
  }

  putPosition(id: string, revision: number, position: string): void {
    this.#statements.putPosition.run(id, revision, position);
  }

  resetPosition(id: string, revision: number): void {
    this.#statements.resetPosition.run(id, revision);
  }

  addRun(run: Run, { revision, folder }: RunOrigin): void {
    const { id, pipelineId, state } = run;
    this.#statements.addRun.run(id, pipelineId, revision, state, folder, JSON.stringify(run));
  }

  putRun(run: Run): void {
    this.#statements.putRun.run(run.state, JSON.stringify(run), run.id);
  }

  run(id: string): Run | null {
    const row = this.#statements.run.get(id);
    return row === undefined ? null : this.#toRun(row);
  }

  originOf(id: string): RunOrigin | null {
    const row = this.#statements.origin.get(id);
    return row === undefined ? null : originSchema.parse(row);
  }

  openRuns(): Run[] {
    return this.#toRuns(this.#statements.openRuns.all());
  }

  page({ pipelineId, before, limit }: RunPageInput): Run[] {
    const rows =
      pipelineId === null
        ? this.#statements.page.all(before, before, limit)
        : this.#statements.pageOf.all(pipelineId, before, before, limit);
    return this.#toRuns(rows);
  }

  recent(id: string, limit: number): RecentRun[] {
    return this.#statements.recent.all(id, limit).flatMap((row) => {
      const read = recentSchema.safeParse(row);
      if (!read.success) return [];
      const { state, durationMs, writtenCount } = read.data;
      return { state, durationMs: Math.max(0, durationMs ?? 0), writtenCount: writtenCount ?? 0 };
    });
  }

  failure(id: string): string | null {
    const row = this.#statements.lastEnd.get(id);
    const { state, title } = row === undefined ? noEnd : endSchema.parse(row);
    return state === 'failed' ? (title ?? '') : null;
  }

  addLog(id: string, lines: readonly RunLogLine[]): void {
    if (lines.length === 0) return;
    this.#database.transaction(() => {
      const last = this.#statements.lastLine.get(id);
      if (last === undefined) return;
      const { number, line } = lineSchema.parse(last);
      for (const [index, { at, level, text }] of lines.entries()) {
        this.#statements.addLine.run(number, line + 1 + index, Math.round(at), level, text);
      }
      this.#statements.trimLines.run(number, line + lines.length - maxLogLines);
    });
  }

  log(id: string): RunLogLine[] {
    return this.#statements.log.all(id, maxLogLines).flatMap((row) => {
      const read = runLogLineSchema.safeParse(row);
      return read.success ? read.data : [];
    });
  }

  trimRuns(id: string, keptCount: number): void {
    this.#statements.trimRuns.run(id, id, keptCount);
  }

  transaction<Value>(work: () => Value): Value {
    return this.#database.transaction(work);
  }

  #toRuns(rows: readonly unknown[]): Run[] {
    return rows.flatMap((row) => this.#toRun(row) ?? []);
  }

  #toRun(row: unknown): Run | null {
    const { id, fields } = runRowSchema.parse(row);
    const read = runSchema.safeParse(parseJson(fields));
    if (read.success) return read.data;
    this.#logger.warn('A run of a pipeline cannot be read; it is kept as it is', { run: id });
    return null;
  }
}

function readableName(value: unknown): string | null {
  const read = nameSchema.safeParse(value);
  const name = read.success ? cleanText(read.data.name, 120) : '';
  return name === '' ? null : name;
}
