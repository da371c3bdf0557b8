import { acceptCompletion, closeCompletion, completionStatus } from '@codemirror/autocomplete';
import { openSearchPanel } from '@codemirror/search';
import { EditorSelection, type Text } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { ScriptRange } from '../run/scriptParts.ts';
import { showErrors, type TextError } from './errorMark.ts';

export const acceptOnTab = (view: EditorView): boolean =>
  completionStatus(view.state) === 'active' && acceptCompletion(view);

/** The editor of a tab, for what stands around it. */
export class EditorHandle {
  readonly view: EditorView;
  /** As the file of the tab has it; null when that is not known. */
  #saved: Text | null;

  constructor(view: EditorView, saved: Text | null) {
    this.view = view;
    this.#saved = saved;
  }

  get saved(): Text | null {
    return this.#saved;
  }

  /** The file has this text now, which may be older than what is typed. */
  markSaved(text: Text): void {
    this.#saved = text;
  }

  /** Whether the file is known to have this text. */
  isSaved(): boolean {
    return this.#saved?.eq(this.view.state.doc) ?? false;
  }

  text(): string {
    return this.view.state.doc.toString();
  }

  range(): ScriptRange {
    const { from, to, head } = this.view.state.selection.main;
    return { from, to, head };
  }

  /** What is run, as it stands now. Completions that are still on their way would open over what the run asks. */
  beginRun(): { readonly text: string; readonly range: ScriptRange } {
    closeCompletion(this.view);
    return { text: this.text(), range: this.range() };
  }

  focus(): void {
    this.view.focus();
  }

  find(): void {
    openSearchPanel(this.view);
  }

  /** Replaces all of the text, as one step that can be undone; the cursor stays as near as it can. */
  replaceAll(text: string): void {
    const { doc, selection } = this.view.state;
    const head = Math.min(selection.main.head, text.length);
    this.view.dispatch({
      changes: { from: 0, to: doc.length, insert: text },
      selection: EditorSelection.cursor(head),
      scrollIntoView: true,
    });
  }

  /** Replaces a part of the text and selects what has come. */
  replace(from: number, to: number, text: string): void {
    this.view.dispatch({
      changes: { from, to, insert: text },
      selection: EditorSelection.range(from, from + text.length),
      scrollIntoView: true,
    });
  }

  /** Puts the cursor to a place and the keyboard into the editor. */
  goTo(position: number): void {
    const at = Math.min(position, this.view.state.doc.length);
    this.view.dispatch({
      selection: EditorSelection.cursor(at),
      effects: EditorView.scrollIntoView(at, { y: 'center' }),
    });
    this.view.focus();
  }

  /** A place of the text as people count it, from 1. */
  placeOf(position: number): { readonly line: number; readonly column: number } {
    const { doc } = this.view.state;
    const at = Math.min(position, doc.length);
    const line = doc.lineAt(at);
    return { line: line.number, column: at - line.from + 1 };
  }

  showErrors(errors: readonly TextError[]): void {
    showErrors(this.view, errors);
  }

  /** The first visible line, from 0. */
  topLine(): number {
    const { view } = this;
    const block = view.lineBlockAtHeight(view.scrollDOM.scrollTop);
    return view.state.doc.lineAt(block.from).number - 1;
  }
}
