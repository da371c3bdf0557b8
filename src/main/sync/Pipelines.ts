import { basename, join } from 'node:path';
import type { DataSource } from '../../shared/model/dataSource.ts';
import type {
  Pipeline,
  PipelineId,
  PipelineSource,
  SavedPipeline,
  Schedule,
} from '../../shared/model/pipelines.ts';
import type {
  DryRun,
  PipelineChange,
  PipelineDraftInput,
  PipelinePlan,
  PipelineSettings,
  PipelineSummary,
  RunPageInput,
  SavePipelineInput,
  ScheduleText,
  SourceShape,
} from '../../shared/model/pipelineViews.ts';
import type { SavedFile } from '../../shared/model/results.ts';
import type { Run, RunId, RunLogLine } from '../../shared/model/runs.ts';
import { AppError } from '../base/AppError.ts';
import { Pace } from '../base/async/Pace.ts';
import type { Clock } from '../base/Clock.ts';
import { Emitter } from '../base/Emitter.ts';
import type { PipelineFiles } from './files/PipelineFiles.ts';
import type { PipelinePreviews } from './PipelinePreviews.ts';
import type { PipelineRepository } from './PipelineRepository.ts';
import type { PipelineSchedules } from './PipelineSchedules.ts';
import type { PipelineService } from './PipelineService.ts';
import { pipelineInvalid } from './pipelineErrors.ts';
import { sourceIdsOf } from './pipelineParts.ts';
import type { RunBook } from './runs/RunBook.ts';
import type { Runs } from './runs/Runs.ts';
import type { PipelineSaved, SavedPipelines } from './SavedPipelines.ts';
import { damagedSummary, summaryOf } from './summaries.ts';
import { pipelineProblems } from './validatePipeline.ts';

/** Where the settings are kept, and what follows them. */
export interface SettingsKeeper {
  read(): PipelineSettings;
  write(settings: PipelineSettings): void;
}

export interface PipelinesOptions {
  readonly repository: Pick<PipelineRepository, 'originOf'>;
  readonly saved: SavedPipelines;
  readonly book: RunBook;
  readonly runs: Runs;
  readonly schedules: PipelineSchedules;
  readonly files: PipelineFiles;
  /** Loads what previews need. */
  readonly openPreviews: () => Promise<PipelinePreviews>;
  readonly settings: SettingsKeeper;
  /** One that was removed is not found. */
  readonly findSource: (id: string) => DataSource | null;
  readonly showFile: (path: string) => void;
  readonly rejectsFolder: string;
  readonly clock: Clock;
}

/** What people do with pipelines. */
export class Pipelines implements PipelineService {
  readonly onChanged = new Emitter<PipelineChange>();
  readonly #options: PipelinesOptions;

  constructor(options: PipelinesOptions) {
    this.#options = options;
  }

  async list(): Promise<readonly PipelineSummary[]> {
    const { clock, saved } = this.#options;
    const pace = new Pace(clock);
    const summaries: PipelineSummary[] = [...saved.damaged()].map(damagedSummary);
    for (const one of [...saved.all()]) {
      await pace.rest();
      // One may have been removed meanwhile.
      const now = saved.find(one.id);
      if (now !== null) summaries.push(this.#summaryOf(now));
    }
    return summaries;
  }

  get(id: PipelineId): SavedPipeline {
    return this.#options.saved.get(id);
  }

  save(input: SavePipelineInput): SavedPipeline {
    const { saved, schedules } = this.#options;
    const { id, pipeline } = input;
    // That it is not there, or was changed meanwhile, matters more than what is wrong with it.
    saved.check(input);
    const problems = pipelineProblems(pipeline, {
      ...this.#options,
      isChosenFolder: (folder) => this.#options.files.isChosen(folder, saved.before(id)),
      scheduleProblem: ({ schedule }) => schedules.problemOf(id, schedule),
    });
    if (problems.length > 0) throw pipelineInvalid(problems);
    return this.#kept(saved.save(input));
  }

  remove(id: PipelineId): SavedPipeline | null {
    const { book, runs, saved, schedules } = this.#options;
    runs.cancelAll(id);
    const removed = saved.remove(id);
    schedules.drop(id);
    book.forget(id);
    this.onChanged.emit({ type: 'removed', id });
    this.#followersChanged(id);
    return removed;
  }

  setEnabled(id: PipelineId, isEnabled: boolean): void {
    const { saved } = this.#options;
    if (saved.get(id).pipeline.isEnabled !== isEnabled) this.#kept(saved.setEnabled(id, isEnabled));
  }

  async shape(source: PipelineSource, signal: AbortSignal): Promise<SourceShape> {
    return (await this.#options.openPreviews()).shape(source, signal);
  }

  async plan(input: PipelineDraftInput, signal: AbortSignal): Promise<PipelinePlan> {
    return (await this.#options.openPreviews()).plan(input, signal);
  }

  async dryRun(input: PipelineDraftInput, signal: AbortSignal): Promise<DryRun> {
    return (await this.#options.openPreviews()).dryRun(input, signal);
  }

  scheduleText(schedule: Schedule): Promise<ScheduleText> {
    return this.#options.schedules.textOf(schedule);
  }

  chooseFolder(): Promise<string | null> {
    return this.#options.files.chooseFolder();
  }

  saveFile(id: PipelineId): Promise<SavedFile> {
    return this.#options.files.save(this.get(id).pipeline);
  }

  openFile(): Promise<Pipeline | null> {
    return this.#options.files.open();
  }

  async run(id: PipelineId, again: boolean): Promise<Run> {
    return this.#options.runs.byHand(id, again);
  }

  runs(input: RunPageInput): readonly Run[] {
    return this.#options.book.page(input);
  }

  log(id: RunId): readonly RunLogLine[] {
    return this.#options.book.log(id);
  }

  cancel(id: RunId): Promise<void> {
    return this.#options.runs.request(id, 'cancel');
  }

  pause(id: RunId): Promise<void> {
    return this.#options.runs.request(id, 'pause');
  }

  async resume(id: RunId): Promise<void> {
    this.#options.runs.resume(id);
  }

  showFile(id: RunId, file: 'written' | 'rejects'): void {
    const { book, rejectsFolder, repository, showFile } = this.#options;
    const { outcome, rejectsFile } = book.get(id);
    const folder = file === 'rejects' ? rejectsFolder : (repository.originOf(id)?.folder ?? null);
    const name = file === 'rejects' ? rejectsFile : (outcome?.fileName ?? null);
    // The name comes from a worker: it must not lead anywhere else.
    if (folder === null || name === null || basename(name) !== name) throw noSuchFile();
    showFile(join(folder, name));
  }

  settings(): PipelineSettings {
    return this.#options.settings.read();
  }

  async setSettings(settings: PipelineSettings): Promise<PipelineSettings> {
    const { book, saved, settings: keeper } = this.#options;
    const before = keeper.read();
    keeper.write(settings);
    if (settings.keptRuns < before.keptRuns) await book.trim([...saved.all()].map(({ id }) => id));
    return keeper.read();
  }

  // What else changes a summary

  /** A run of it, or its next time, is another one. */
  changed(id: PipelineId): void {
    const saved = this.#options.saved.find(id);
    if (saved !== null) this.onChanged.emit({ type: 'changed', summary: this.#summaryOf(saved) });
  }

  /** Data sources were saved, removed or brought back. @param ids null: any */
  async sourcesChanged(ids: ReadonlySet<string> | null): Promise<void> {
    const pace = new Pace(this.#options.clock);
    for (const { id, pipeline } of [...this.#options.saved.all()]) {
      await pace.rest();
      const isUsed = ids === null || [...sourceIdsOf(pipeline)].some((one) => ids.has(one));
      if (isUsed) this.changed(id);
    }
  }

  #kept({ saved, before }: PipelineSaved): SavedPipeline {
    this.#options.schedules.take(saved, before);
    this.changed(saved.id);
    if (before?.name !== saved.pipeline.name) this.#followersChanged(saved.id);
    return saved;
  }

  /** Whether one exists that they follow is a part of their summaries. */
  #followersChanged(id: PipelineId): void {
    for (const follower of this.#options.saved.followersOf(id)) this.changed(follower.id);
  }

  #summaryOf(saved: SavedPipeline): PipelineSummary {
    const { book, findSource, schedules } = this.#options;
    const scheduleProblem = schedules.problemOf(saved.id, saved.pipeline.schedule);
    return summaryOf(saved, { findSource, scheduleProblem }, schedules.nextOf(saved.id), book);
  }
}

const noSuchFile = () =>
  new AppError('NOT_FOUND', {
    title: 'This run has no such file',
    fixes: ['Look at the log of the run.'],
  });
