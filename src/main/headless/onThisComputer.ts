import { AppError } from '../base/AppError.ts';
import type { RunBundle } from '../sync/queue/runBundle.ts';

/**
 * A bundle with the folder of this computer in place of those of the app's: of paths that came from elsewhere only the
 * name of a file is used.
 * @param filesFolder null: this computer takes no files
 * @throws FILE_FAILED for a run that may write one then; other attempts here would end the same way
 */
export function onThisComputer(bundle: RunBundle, filesFolder: string | null): RunBundle {
  const { pipeline } = bundle;
  const { destination, maxRejectedRows } = pipeline;
  const writesFile = destination.type === 'file';
  if (filesFolder === null) {
    if (writesFile) throw noFiles('The destination of the pipeline is a file');
    // Found out now: a row that is rejected later would be nowhere.
    if (maxRejectedRows > 0) throw noFiles('The pipeline writes rejected rows to a file');
    return bundle;
  }
  return {
    ...bundle,
    pipeline: writesFile ? { ...pipeline, destination: { ...destination, folder: filesFolder } } : pipeline,
    rejectsFolder: filesFolder,
  };
}

const noFiles = (why: string): AppError =>
  new AppError('FILE_FAILED', {
    title: 'This worker writes no files',
    detail: `${why}, and the worker was started without a folder for files.`,
    fixes: [
      'Start mooring-worker with --files FOLDER, on each computer that executes such runs.',
      'Choose a table as the destination, and allow no rejected rows.',
    ],
  });
