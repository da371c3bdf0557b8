import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { longLineLength } from './editorLimits.ts';

/**
 * Typing in a very long line. The editor lets the browser write into the page and then compares the whole line with it,
 * which takes the longer the longer the line is. Here the key is taken before the page changes.
 */
export const longLineInput: Extension = EditorView.domEventHandlers({
  beforeinput({ inputType, data, isComposing }, view) {
    const { state } = view;
    const { main } = state.selection;
    if (inputType !== 'insertText' || data === null || isComposing || view.composing) return false;
    if (state.readOnly || state.doc.lineAt(main.head).length < longLineLength) return false;
    const insert = () =>
      state.update(state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
    const handlers = state.facet(EditorView.inputHandler);
    if (!handlers.some((takes) => takes(view, main.from, main.to, data, insert))) view.dispatch(insert());
    return true;
  },
});
