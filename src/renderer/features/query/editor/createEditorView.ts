import { EditorSelection, EditorState, type Extension, Prec } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import type { EngineKind } from '../../../../shared/engines/settings.ts';
import type { SqlLanguage } from '../../../../shared/sql/SqlLanguage.ts';
import { acceptOnTab } from './EditorHandle.ts';
import { dialectOf } from './editorDialect.ts';
import { maxMarkedLength } from './editorLimits.ts';
import { dialect, editorSetup } from './editorSetup.ts';
import { sqlLanguage } from './statementMark.ts';

/** What the text is written in; null while no data source is chosen. */
export interface EditorLanguage {
  readonly kind: EngineKind;
  readonly language: SqlLanguage;
}

/** What the editor reports. */
export interface EditorListener {
  readonly onText: () => void;
  /** The cursor or the visible lines have changed. */
  readonly onMoved: () => void;
}

export interface EditorStart {
  readonly text: string;
  readonly cursor: number;
  /** It was just read from the file of the tab. */
  readonly isFile: boolean;
}

const isMarked = (state: EditorState): boolean => state.doc.length <= maxMarkedLength;

function languageExtension(of: EditorLanguage | null, isPlain: boolean): Extension {
  return isPlain ? [] : [dialectOf(of), sqlLanguage.of(of?.language ?? null)];
}

const listeners = new WeakMap<EditorView, { language: EditorLanguage | null; isPlain: boolean }>();

/** Gives the editor the dialect of a data source. A text that is too large for it is shown plainly. */
export function setLanguage(view: EditorView, language: EditorLanguage | null): void {
  const isPlain = !isMarked(view.state);
  listeners.set(view, { language, isPlain });
  view.dispatch({ effects: dialect.reconfigure(languageExtension(language, isPlain)) });
}

/** The text has grown or shrunk across the limit. */
function followSize(view: EditorView): void {
  const known = listeners.get(view);
  if (known !== undefined && known.isPlain === isMarked(view.state)) {
    // Not within the update that has changed the text.
    queueMicrotask(() => setLanguage(view, known.language));
  }
}

/** A new text with an empty history of changes. */
export function newEditorState(
  start: EditorStart,
  listener: EditorListener,
  extensions: Extension,
): EditorState {
  return EditorState.create({
    doc: start.text,
    selection: EditorSelection.cursor(Math.min(start.cursor, start.text.length)),
    extensions: [
      Prec.high(keymap.of([{ key: 'Tab', run: acceptOnTab }])),
      editorSetup,
      dialect.of([]),
      extensions,
      EditorView.updateListener.of((update) => {
        if (update.docChanged) {
          listener.onText();
          followSize(update.view);
        }
        if (update.docChanged || update.selectionSet) listener.onMoved();
      }),
      EditorView.domEventHandlers({ scroll: () => listener.onMoved() }),
    ],
  });
}
