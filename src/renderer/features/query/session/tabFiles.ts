import { call } from '../../../lib/api.ts';
import { errorDtoOf } from '../../../lib/errorText.ts';
import { notifyDone, notifyError } from '../../../lib/notify.tsx';
import { queryText } from '../../../text/query.ts';
import { tabsStore } from '../../tabs/index.ts';
import { followSaved } from '../editor/editorListener.ts';
import { type QueryDesk, queryTabOf } from './queryDesks.ts';

/**
 * Writes the text of a tab to its file.
 * @param asks for another name, also when it has a file
 * @returns whether it was written
 */
export async function saveTab(desk: QueryDesk, asks: boolean): Promise<boolean> {
  const tab = queryTabOf(desk.tabId);
  const { editor } = desk;
  if (tab === null || editor === null) return false;
  const { doc } = editor.view.state;
  try {
    const file = await call('tabs.saveFile', {
      fileId: asks ? null : (tab.file?.id ?? null),
      suggestedName: tab.file?.name ?? `${tab.title}.sql`,
      text: doc.toString(),
    });
    if (file === null) return false;
    tabsStore.getState().patch(desk.tabId, { file, title: file.name });
    desk.editor?.markSaved(doc);
    followSaved(desk);
    notifyDone(queryText.fileSaved(file.name));
    return true;
  } catch (error) {
    notifyError(errorDtoOf(error));
    return false;
  }
}
