import { engineOf } from '../../../shared/engines/engines.ts';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import { type Pipeline, type SavedPipeline, unchosen } from '../../../shared/model/pipelines.ts';
import type { SavedFile } from '../../../shared/model/results.ts';
import { readWhole } from '../../base/files/readWhole.ts';
import type { FileDialogs } from '../../results/FileDialogs.ts';
import type { ResultFiles } from '../../results/Results.ts';
import { sourceGone } from '../pipelineErrors.ts';
import {
  type NamedSource,
  type PipelineFileContent,
  pipelineFileText,
  readPipelineFile,
} from './pipelineFile.ts';

/** A query and 2,000 columns with their types, and space between them. */
const maxBytes = 16 * 1024 * 1024;

export interface PipelineFilesOptions {
  readonly dialogs: FileDialogs;
  readonly files: Pick<ResultFiles, 'create'>;
  readonly dataSources: () => readonly DataSource[];
  readonly pipelines: () => Iterable<SavedPipeline>;
}

/** Pipelines in files that a person names, and folders that a person has chosen. */
export class PipelineFiles {
  readonly #options: PipelineFilesOptions;
  readonly #chosenFolders = new Set<string>();

  constructor(options: PipelineFilesOptions) {
    this.#options = options;
  }

  /** @returns null when the person closed the dialog */
  async chooseFolder(): Promise<string | null> {
    const folder = await this.#options.dialogs.chooseFolder();
    if (folder !== null) this.#chosenFolders.add(folder);
    return folder;
  }

  /** Whether a person has chosen it: since the start, or for a pipeline that was saved. @param before one that was */
  isChosen(folder: string, before: Pipeline | null): boolean {
    const saved = [...this.#options.pipelines()].map(({ pipeline }) => pipeline);
    return (
      this.#chosenFolders.has(folder) ||
      [...saved, ...(before === null ? [] : [before])].some(
        ({ destination }) => destination.type === 'file' && destination.folder === folder,
      )
    );
  }

  /** @returns null when the person closed the dialog @throws PIPELINE_INVALID, DISK_FULL, FILE_FAILED */
  async save(pipeline: Pipeline): Promise<SavedFile> {
    const bytes = Buffer.from(pipelineFileText(this.#contentOf(pipeline)));
    const file = await this.#options.files.create(pipeline.name, 'json');
    if (file === null) return null;
    try {
      await file.write(bytes);
      await file.finish();
    } catch (error) {
      await file.abandon();
      throw error;
    }
    return { fileName: file.fileName, rowCount: 1, byteCount: bytes.length };
  }

  /** @returns null when the person closed the dialog. @throws IMPORT_INVALID, IMPORT_TOO_NEW, TOO_LARGE, FILE_FAILED */
  async open(): Promise<Pipeline | null> {
    const path = await this.#options.dialogs.chooseSource(['json']);
    if (path === null) return null;
    return this.#pipelineOf(await readPipelineFile((await readWhole(path, maxBytes)).toString('utf8')));
  }

  #contentOf({ source, destination, schedule, ...others }: Pipeline): PipelineFileContent {
    const { sourceId, ...sourceFields } = source;
    return {
      ...others,
      source: { ...sourceFields, dataSource: this.#named(sourceId) },
      destination: this.#namedDestination(destination),
      schedule: this.#namedSchedule(schedule),
    };
  }

  #namedDestination(destination: Pipeline['destination']): PipelineFileContent['destination'] {
    if (destination.type === 'file') {
      const { folder: _folder, ...fields } = destination;
      return fields;
    }
    const { sourceId, ...fields } = destination;
    return { ...fields, dataSource: this.#named(sourceId) };
  }

  #namedSchedule(schedule: Pipeline['schedule']): PipelineFileContent['schedule'] {
    if (schedule.type !== 'after') return schedule;
    const followed = [...this.#options.pipelines()].find(({ id }) => id === schedule.pipelineId);
    return followed === undefined ? { type: 'manual' } : { type: 'after', pipeline: followed.pipeline.name };
  }

  /** @throws PIPELINE_INVALID when it is gone */
  #named(sourceId: string): NamedSource {
    const dataSource = this.#options.dataSources().find(({ id }) => id === sourceId);
    if (dataSource === undefined) throw sourceGone();
    return namedSource(dataSource);
  }

  #pipelineOf({ source, destination, schedule, ...others }: PipelineFileContent): Pipeline {
    const { dataSource, ...sourceFields } = source;
    return {
      ...others,
      source: { ...sourceFields, sourceId: this.#idOf(dataSource) },
      destination: this.#localDestination(destination),
      schedule: this.#localSchedule(schedule),
    };
  }

  #localDestination(destination: PipelineFileContent['destination']): Pipeline['destination'] {
    if (destination.type === 'file') return { ...destination, folder: unchosen.folder };
    const { dataSource, ...fields } = destination;
    return { ...fields, sourceId: this.#idOf(dataSource) };
  }

  /** By hand where there is no such pipeline here, or more than one. */
  #localSchedule(schedule: PipelineFileContent['schedule']): Pipeline['schedule'] {
    if (schedule.type !== 'after') return schedule;
    const [found, ...more] = [...this.#options.pipelines()].filter(
      ({ pipeline }) => pipeline.name === schedule.pipeline,
    );
    const isOne = found !== undefined && more.length === 0;
    return isOne ? { type: 'after', pipelineId: found.id } : { type: 'manual' };
  }

  /** The only one here with the same name, engine and host; else a person has to choose. */
  #idOf(wanted: NamedSource): string {
    const [found, ...more] = this.#options.dataSources().filter((dataSource) => {
      const { name, engine, host } = namedSource(dataSource);
      return name === wanted.name && engine === wanted.engine && host === wanted.host;
    });
    return found !== undefined && more.length === 0 ? found.id : unchosen.sourceId;
  }
}

function namedSource({ name, engine }: DataSource): NamedSource {
  const { place } = engineOf(engine.kind).endpoint(engine.config);
  return { name, engine: engine.kind, host: 'host' in place ? place.host : place.socketPath };
}
