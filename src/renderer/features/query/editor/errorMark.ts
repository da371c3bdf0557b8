import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

/** Where the server says a statement is wrong. */
export interface TextError {
  /** In the text of the tab, in UTF-16 units. */
  readonly from: number;
  readonly message: string;
}

/** A word, something in quotes, or a sign. */
const tokenAhead = /^(?:'[^'\n]*'|"[^"\n]*"|`[^`\n]*`|[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}]{1,2})/u;

/** From the place up to the end of what begins there. */
function rangeOf(doc: Text, { from, message }: TextError): Diagnostic {
  const start = Math.min(from, doc.length);
  const ahead = doc.sliceString(start, start + 200);
  const length = tokenAhead.exec(ahead)?.[0].length ?? Math.min(1, ahead.length);
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
