import type { CallInput, CallOutput } from '../../../../shared/ipc/contract.ts';
import { call } from '../../../lib/api.ts';
import { errorDtoOf } from '../../../lib/errorText.ts';
import { notifyDone, notifyError } from '../../../lib/notify.tsx';
import { queryText } from '../../../text/query.ts';
import { tabsStore } from '../../tabs/index.ts';
import { followSaved } from '../editor/editorListener.ts';
import { type QueryDesk, queryTabOf } from './queryDesks.ts';

type SaveInput = CallInput<'tabs.saveFile'>;
type Saved = CallOutput<'tabs.saveFile'>;

/** Another program's changes are replaced only when the person says so. @returns null when nothing was written */
async function writeFile(desk: QueryDesk, input: SaveInput): Promise<Saved> {
  try {
    return await call('tabs.saveFile', input);
  } catch (error) {
    const { code, title, detail } = errorDtoOf(error);
    if (code !== 'FILE_CHANGED') throw error;
    const how = await desk.questions.ask<'file-changed'>({ type: 'file-changed', title, detail });
    if (how === null) return null;
    const again = how === 'replace' ? { replacesChanges: true } : { fileId: null };
    return call('tabs.saveFile', { ...input, ...again });
  }
}

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
    const file = await writeFile(desk, {
      fileId: asks ? null : (tab.file?.id ?? null),
      suggestedName: tab.file?.name ?? `${tab.title}.sql`,
      text: doc.toString(),
      replacesChanges: false,
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
