import type { DataSourceId } from '../../../../shared/model/ids.ts';
import type { FileFormat, SavedFile } from '../../../../shared/model/results.ts';
import { type CallOptions, call } from '../../../lib/api.ts';
import { notifyDone } from '../../../lib/notify.tsx';
import { notifyFailure } from '../../../lib/notifyFailure.ts';
import { withProgress } from '../../../lib/withProgress.ts';
import { gridText } from '../../../text/grid.ts';
import type { GridState } from '../createGridStore.ts';
import type { SaveRequest } from '../gridTypes.ts';

const words = gridText.save;

/** Saves the rows of the view in the columns that are shown, as they are shown. */
export function saveView(
  { result, viewId, geometry }: GridState,
  request: SaveRequest,
  options: CallOptions,
): Promise<SavedFile> {
  if (result === null) return Promise.resolve(null);
  const { order } = geometry.layout;
  const isAsItCame =
    order.length === result.columns.length && order.every((position, place) => position === place);
  const columns = isAsItCame ? null : [...order];
  return call(
    'results.save',
    { resultId: result.resultId, viewId, columns, rows: null, ...request },
    options,
  );
}

/**
 * Saves rows to a file that the person chooses, with progress in the status bar, and says how it ended.
 * @param sourceId whose connection it needs; null for rows that are on the disk
 */
export async function saveRows(
  format: FileFormat,
  suggestedName: string,
  sourceId: DataSourceId | null,
  save: (request: SaveRequest, options: CallOptions) => Promise<SavedFile>,
): Promise<void> {
  try {
    const saved = await withProgress(
      words.working(suggestedName),
      (options) => save({ format, suggestedName }, options),
      sourceId === null ? {} : { sourceId },
    );
    if (saved !== null) notifyDone(words.done(saved.fileName, saved.rowCount, saved.byteCount));
  } catch (error) {
    notifyFailure(error);
  }
}
