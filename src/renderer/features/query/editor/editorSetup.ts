import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  indentOnInput,
  indentUnit,
} from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLineGutter,
  highlightSpecialChars,
  type KeyBinding,
  keymap,
  lineNumbers,
  placeholder,
  rectangularSelection,
} from '@codemirror/view';
import { readCspNonce } from '../../../lib/cspNonce.ts';
import { queryText } from '../../../text/query.ts';
import { editorTheme } from './editorTheme.ts';
import { longLineInput } from './longLineInput.ts';
import { statementMark } from './statementMark.ts';

/** What depends on the data source, and is changed when it is. */
export const dialect = new Compartment();

/** Keys of the window that the editor would take: blank line, selection by syntax, and Escape when nothing is open. */
const windowKeys = new Set(['Mod-Enter', 'Mod-i', 'Mod-k']);

const withoutWindowKeys = (bindings: readonly KeyBinding[]): readonly KeyBinding[] =>
  bindings.filter(({ key }) => key === undefined || !windowKeys.has(key));

/** Tells what a screen reader says instead of the name of an unlabelled text field. */
const names = EditorView.contentAttributes.of({
  'aria-label': queryText.editor,
  // A long line is scrolled by keyboard.
  tabindex: '0',
  spellcheck: 'false',
  autocorrect: 'off',
  autocapitalize: 'off',
});

/** The editor as it is for every text and every data source. */
export const editorSetup: readonly Extension[] = [
  EditorView.cspNonce.of(readCspNonce()),
  editorTheme,
  names,
  lineNumbers(),
  foldGutter(),
  codeFolding(),
  highlightActiveLineGutter(),
  highlightSpecialChars(),
  history(),
  drawSelection(),
  dropCursor(),
  EditorState.allowMultipleSelections.of(true),
  EditorState.tabSize.of(2),
  indentUnit.of('  '),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  longLineInput,
  // Ctrl and a click goes to a relation.
  EditorView.clickAddsSelectionRange.of((event) => event.altKey && !event.shiftKey),
  rectangularSelection({ eventFilter: (event) => event.altKey && event.shiftKey && event.button === 0 }),
  highlightSelectionMatches(),
  search({ top: true }),
  EditorState.phrases.of(queryText.searchPanel),
  placeholder(queryText.placeholder),
  autocompletion({ maxRenderedOptions: 60, icons: false, activateOnTypingDelay: 60 }),
  statementMark,
  keymap.of([
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...searchKeymap,
    ...historyKeymap,
    ...foldKeymap,
    ...lintKeymap,
    ...withoutWindowKeys(defaultKeymap),
    indentWithTab,
  ]),
];
