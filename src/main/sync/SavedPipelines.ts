import { randomUUID } from 'node:crypto';
import type { Pipeline, PipelineId, SavedPipeline } from '../../shared/model/pipelines.ts';
import { maxPipelines, type SavePipelineInput } from '../../shared/model/pipelineViews.ts';
import type { Logger } from '../observability/Logger.ts';
import type { DamagedPipeline, PipelineRepository } from './PipelineRepository.ts';
import { noSuchPipeline, pipelineChanged, tooManyPipelines } from './pipelineErrors.ts';

/** What is left of a pipeline that was removed, until the app ends. */
interface Removed {
  readonly saved: SavedPipeline;
  readonly position: string | null;
}

/** A pipeline that was saved, and what it was before; null for a new one. */
export interface PipelineSaved {
  readonly saved: SavedPipeline;
  readonly before: Pipeline | null;
}

/** All pipelines, in memory and in the store. */
export class SavedPipelines {
  readonly #repository: PipelineRepository;
  readonly #pipelines = new Map<PipelineId, SavedPipeline>();
  readonly #damaged = new Map<PipelineId, DamagedPipeline>();
  readonly #removed = new Map<PipelineId, Removed>();

  /** @throws STORE_… */
  constructor(repository: PipelineRepository, logger: Logger) {
    this.#repository = repository;
    const { pipelines, damaged } = repository.all();
    for (const saved of pipelines) this.#pipelines.set(saved.id, saved);
    for (const one of damaged) this.#damaged.set(one.id, one);
    if (damaged.length > 0) logger.warn('Some pipelines cannot be read', { count: damaged.length });
  }

  all(): IterableIterator<SavedPipeline> {
    return this.#pipelines.values();
  }

  damaged(): IterableIterator<DamagedPipeline> {
    return this.#damaged.values();
  }

  find(id: PipelineId): SavedPipeline | null {
    return this.#pipelines.get(id) ?? null;
  }

  /** @throws NOT_FOUND */
  get(id: PipelineId): SavedPipeline {
    const saved = this.find(id);
    if (saved === null) throw noSuchPipeline();
    return saved;
  }

  /** As it is, or was when it was removed; null for one that never was. */
  before(id: PipelineId | null): Pipeline | null {
    if (id === null) return null;
    return (this.find(id) ?? this.#removed.get(id)?.saved)?.pipeline ?? null;
  }

  /** Those whose schedule is to run after another one, also when they are turned off. */
  followersOf(id: PipelineId): SavedPipeline[] {
    return [...this.all()].filter(
      ({ pipeline: { schedule } }) => schedule.type === 'after' && schedule.pipelineId === id,
    );
  }

  /** Those of them that are turned on. */
  enabledFollowersOf(id: PipelineId): SavedPipeline[] {
    return this.followersOf(id).filter(({ pipeline }) => pipeline.isEnabled);
  }

  /** Whether a save would find what it is about. @throws NOT_FOUND, PIPELINE_CHANGED, TOO_LARGE */
  check({ id, revision }: Pick<SavePipelineInput, 'id' | 'revision'>): void {
    const current = id === null ? null : this.find(id);
    if (current !== null) {
      if (current.revision !== revision) throw pipelineChanged();
      return;
    }
    const removed = id === null ? null : this.#removed.get(id)?.saved;
    if (removed === undefined) throw noSuchPipeline();
    if (removed !== null && revision !== null && revision !== removed.revision) throw pipelineChanged();
    if (this.#pipelines.size + this.#damaged.size >= maxPipelines) throw tooManyPipelines(maxPipelines);
  }

  /** @throws as `check`; STORE_… */
  save(input: SavePipelineInput): PipelineSaved {
    this.check(input);
    const { id, pipeline } = input;
    const current = id === null ? null : this.find(id);
    if (current !== null) return this.#change(current, pipeline);
    const removed = id === null ? undefined : this.#removed.get(id);
    return removed === undefined
      ? this.#create(randomUUID(), 1, pipeline, null)
      : this.#restore(removed, pipeline);
  }

  /** @throws NOT_FOUND, STORE_… */
  setEnabled(id: PipelineId, isEnabled: boolean): PipelineSaved {
    const current = this.get(id);
    return this.#change(current, { ...current.pipeline, isEnabled });
  }

  /** Columns of its source as a run has found them; no change that a person made. Does nothing for a later revision. */
  putShape(id: PipelineId, revision: number, shape: Pipeline['shape']): void {
    const current = this.find(id);
    if (current === null || current.revision !== revision) return;
    if (JSON.stringify(current.pipeline.shape) === JSON.stringify(shape)) return;
    const pipeline = { ...current.pipeline, shape: [...shape] };
    this.#repository.putFields(id, pipeline);
    this.#pipelines.set(id, { ...current, pipeline });
  }

  /** @returns what was removed; null for one that could not be read @throws NOT_FOUND, STORE_… */
  remove(id: PipelineId): SavedPipeline | null {
    if (this.#damaged.has(id)) {
      this.#repository.remove(id);
      this.#damaged.delete(id);
      return null;
    }
    const saved = this.get(id);
    const position = this.#repository.position(id);
    this.#repository.remove(id);
    this.#pipelines.delete(id);
    this.#removed.set(id, { saved, position });
    return saved;
  }

  #create(id: PipelineId, revision: number, pipeline: Pipeline, position: string | null): PipelineSaved {
    const saved = { id, revision, pipeline };
    this.#repository.transaction(() => {
      this.#repository.put(saved);
      if (position !== null) this.#repository.putPosition(id, revision, position);
    });
    this.#pipelines.set(id, saved);
    return { saved, before: null };
  }

  /** Under its id: where it stands is kept under that in its destination. */
  #restore({ saved, position }: Removed, pipeline: Pipeline): PipelineSaved {
    const kept = readsAnew(saved.pipeline, pipeline) ? null : position;
    const restored = this.#create(saved.id, saved.revision + 1, pipeline, kept);
    this.#removed.delete(saved.id);
    return restored;
  }

  #change({ id, revision, pipeline: before }: SavedPipeline, pipeline: Pipeline): PipelineSaved {
    const saved = { id, revision: revision + 1, pipeline };
    this.#repository.transaction(() => {
      this.#repository.put(saved);
      if (readsAnew(before, pipeline)) this.#repository.resetPosition(id, saved.revision);
    });
    this.#pipelines.set(id, saved);
    return { saved, before };
  }
}

/** Whether what was read until now says nothing of where to go on. */
function readsAnew(before: Pipeline, now: Pipeline): boolean {
  const basis = ({ source, reading, destination }: Pipeline) =>
    JSON.stringify([source, reading.type === 'full' ? null : reading.cursor, destination]);
  return basis(before) !== basis(now);
}
