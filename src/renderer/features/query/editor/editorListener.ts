import { tabsText } from '../../../text/tabs.ts';
import { tabsStore } from '../../tabs/index.ts';
import { type QueryDesk, queryTabOf } from '../session/queryDesks.ts';
import type { EditorListener } from './createEditorView.ts';
import { suggestedTitle } from './suggestedTitle.ts';

/** The place in the text is kept for the next start once typing rests: it is part of the tabs, which are drawn anew then. */
const placeWaitMs = 500;
/** A title is taken from the beginning of a text only. */
const titleLength = 2_000;

/** Whether a tab is called as a new one is. */
const isNumbered = (title: string): boolean => tabsText.queryTitle(Number(/\d+$/.exec(title)?.[0])) === title;

/** Shows in the tab whether its file has the text. */
export function followSaved(desk: QueryDesk): void {
  const isUnsaved = queryTabOf(desk.tabId)?.file !== null && desk.editor?.isSaved() === false;
  const { marks, setMark } = tabsStore.getState();
  if ((marks[desk.tabId]?.isUnsaved ?? false) !== isUnsaved) setMark(desk.tabId, { isUnsaved });
}

/** Keeps what is typed, and the place of the cursor. */
export function editorListener(desk: QueryDesk): EditorListener {
  const { tabId } = desk;
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** The last title that was taken from the text; one that somebody gave is left alone. */
  let titleBefore: string | null = null;

  const keepPlace = (): void => {
    timer = null;
    const tab = queryTabOf(tabId);
    const { editor } = desk;
    if (tab === null || editor === null) return;
    const cursor = editor.range().head;
    const topLine = editor.topLine();
    const title = suggestedTitle(editor.view.state.sliceDoc(0, titleLength));
    const isOurs = tab.file === null && (tab.title === titleBefore || isNumbered(tab.title));
    titleBefore = title;
    const isRenamed = isOurs && title !== null && title !== tab.title;
    if (tab.cursor === cursor && tab.topLine === topLine && !isRenamed) return;
    tabsStore.getState().patch(tabId, { cursor, topLine, ...(isRenamed && { title }) });
  };

  desk.keepPlace = keepPlace;
  return {
    onText() {
      const { editor } = desk;
      desk.text.changed(() => (desk.editor ?? editor)?.text() ?? '');
      followSaved(desk);
    },
    onMoved() {
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(keepPlace, placeWaitMs);
    },
  };
}
