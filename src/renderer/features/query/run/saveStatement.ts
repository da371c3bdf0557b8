import type { ErrorDto } from '../../../../shared/errors/errorDto.ts';
import type { TabId } from '../../../../shared/model/tabs.ts';
import { call } from '../../../lib/api.ts';
import { errorDtoOf } from '../../../lib/errorText.ts';
import { notifyDone } from '../../../lib/notify.tsx';
import { withProgress } from '../../../lib/withProgress.ts';
import { queryText } from '../../../text/query.ts';
import type { SavedStatement } from './RunStarter.ts';

/** Runs a statement and saves its rows, with progress in the status bar, from where it can be cancelled. */
export async function saveStatement(
  tabId: TabId,
  saved: SavedStatement,
  report: (error: ErrorDto) => void,
): Promise<void> {
  const input = { tabId, ...saved, suggestedName: 'query' };
  try {
    const file = await withProgress(
      queryText.savingQuery,
      (options) => call('query.saveStatement', input, options),
      { shownAfterMs: 0, sourceId: saved.sourceId },
    );
    if (file !== null) notifyDone(queryText.savedToFile(file.fileName, file.rowCount));
  } catch (error) {
    const dto = errorDtoOf(error);
    if (dto.code !== 'CANCELLED' && dto.code !== 'QUERY_CANCELLED') report(dto);
  }
}
