import { join } from 'node:path';
import { engineOf } from '../../shared/engines/engines.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';
import type { Clock } from '../base/Clock.ts';
import type { DataSourceRepository } from '../dataSources/DataSourceRepository.ts';
import { DiagramFiles } from '../results/files/DiagramFiles.ts';
import { DialogFiles } from '../results/files/DialogFiles.ts';
import { SpooledResults } from '../results/SpooledResults.ts';
import { SpoolFolder } from '../results/spool/SpoolFolder.ts';
import type { PlatformAdapters } from './services.ts';

export interface ResultsOptions {
  readonly repository: Pick<DataSourceRepository, 'find'>;
  readonly adapters: PlatformAdapters;
  readonly clock: Clock;
}

/** What statements and tables returned, kept on the disk as long as somebody looks at it. */
export function createResults({ adapters, repository, clock }: ResultsOptions) {
  const { instrumentation } = adapters.operations;
  // Only one Mooring at a time has this user-data folder.
  const folder = new SpoolFolder(join(adapters.paths.userData, 'results'));
  const files = new DialogFiles({ dialogs: adapters.fileDialogs, instrumentation, clock });
  const quotingOf = (sourceId: DataSourceId) => {
    const dataSource = repository.find(sourceId);
    return dataSource === null ? null : engineOf(dataSource.engine.kind);
  };
  const { clipboard, inputBreak } = adapters;
  const results = new SpooledResults({
    ...{ folder, files, clipboard, quotingOf, inputBreak, instrumentation, clock },
  });
  return {
    results,
    files,
    diagramFiles: new DiagramFiles({ dialogs: adapters.fileDialogs, clock }),
    start: () => void folder.removeEarlier(),
    // What is not gone by then is removed at the next start.
    stop: { name: 'results', limitMs: 100, run: () => results.close() },
  };
}
