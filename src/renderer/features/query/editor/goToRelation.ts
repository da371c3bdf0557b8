import type { EditorView } from '@codemirror/view';
import type { TabId } from '../../../../shared/model/tabs.ts';
import { tabsStore } from '../../tabs/index.ts';
import { meaningAt } from '../completion/advisorOf.ts';
import { type QueryDesk, queryTabOf } from '../session/queryDesks.ts';

/** Opens the relation that a name in the text means; of a column, the one it belongs to. Nothing when there is none. */
export async function openRelationAt(tabId: TabId, view: EditorView, at: number): Promise<void> {
  const sourceId = queryTabOf(tabId)?.sourceId ?? null;
  const meaning = await meaningAt(tabId, view.state, at);
  if (sourceId === null || meaning === null) return;
  tabsStore.getState().openRelation(sourceId, meaning.node);
}

/** Opens the relation at the cursor. */
export async function goToRelation(desk: QueryDesk): Promise<void> {
  if (desk.editor !== null) await openRelationAt(desk.tabId, desk.editor.view, desk.editor.range().head);
}
