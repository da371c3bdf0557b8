import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

/** Where the server says a statement is wrong. */
export interface TextError {
  /** In the text of the tab, in UTF-16 units. */
  readonly from: number;
  readonly message: string;
}

const wordAhead = /^[\p{L}\p{N}_$]+/u;

/** From the place up to the end of the word that begins there. */
function rangeOf(doc: Text, { from, message }: TextError): Diagnostic {
  const start = Math.min(from, doc.length);
  const ahead = doc.sliceString(start, start + 200);
  const length = wordAhead.exec(ahead)?.[0].length ?? Math.min(1, ahead.length);
  // At the end of the text there is nothing ahead: the character before is marked.
  return {
    from: length === 0 ? Math.max(0, start - 1) : start,
    to: start + length,
    severity: 'error',
    message,
  };
}

/** Underlines these places in place of those marked before. */
export function showErrors(view: EditorView, errors: readonly TextError[]): void {
  const { state } = view;
  view.dispatch(
    setDiagnostics(
      state,
      errors.map((error) => rangeOf(state.doc, error)),
    ),
  );
}
