import type { ErrorDto } from '../../../../shared/errors/errorDto.ts';
import type { TabId } from '../../../../shared/model/tabs.ts';
import { call, onEvent } from '../../../lib/api.ts';
import { errorDtoOf } from '../../../lib/errorText.ts';
import { notifyDone } from '../../../lib/notify.tsx';
import { endWork, showWork } from '../../../lib/statusBar.ts';
import { queryText } from '../../../text/query.ts';
import type { SavedStatement } from './RunStarter.ts';

/** Runs a statement and saves its rows, with progress in the status bar, from where it can be cancelled. */
export async function saveStatement(
  tabId: TabId,
  saved: SavedStatement,
  report: (error: ErrorDto) => void,
): Promise<void> {
  const callId = crypto.randomUUID();
  const abort = new AbortController();
  const work = { id: callId, label: queryText.savingQuery, share: null, cancel: () => abort.abort() };
  showWork({ ...work, detail: '' });
  const stop = onEvent('results.progress', (event) => {
    if (event.callId !== callId) return;
    const { rowsDone, bytesDone } = event.progress;
    showWork({ ...work, detail: queryText.savingDetail(rowsDone, bytesDone) });
  });
  try {
    const input = { tabId, ...saved, suggestedName: 'query' };
    const file = await call('query.saveStatement', input, { callId, signal: abort.signal });
    if (file !== null) notifyDone(queryText.savedToFile(file.fileName, file.rowCount));
  } catch (error) {
    const dto = errorDtoOf(error);
    if (dto.code !== 'CANCELLED' && dto.code !== 'QUERY_CANCELLED') report(dto);
  } finally {
    stop();
    endWork(callId);
  }
}
