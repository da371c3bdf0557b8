import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, keymap } from '@codemirror/view';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { EngineKind } from '../../../../shared/engines/settings.ts';
import { sqlLanguageOf } from '../../../../shared/engines/sqlLanguages.ts';
import { readCspNonce } from '../../../lib/cspNonce.ts';
import { dialectOf } from './editorDialect.ts';
import { editorTheme } from './editorTheme.ts';
import { longLineInput } from './longLineInput.ts';
import classes from './SqlText.module.css';

interface SqlFieldProps {
  readonly kind: EngineKind;
  readonly value: string;
  readonly label: string;
  readonly onChange: (text: string) => void;
  /** Ctrl+Enter. */
  readonly onRun?: () => void;
}

/** SQL that is a field of a form. Tab leaves it, as any field. */
export function SqlField({ kind, value, label, onChange, onRun }: SqlFieldProps) {
  const ref = useRef<HTMLDivElement>(null);
  const viewRef = useRef<EditorView | null>(null);
  const typed = useEffectEvent(onChange);
  const run = useEffectEvent(() => onRun?.());
  const begin = useEffectEvent(() => value);
  useEffect(() => {
    const parent = ref.current;
    if (parent === null) return;
    const extensions = [
      EditorView.cspNonce.of(readCspNonce()),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
      dialectOf({ kind, language: sqlLanguageOf(kind) }),
      editorTheme,
      history(),
      drawSelection(),
      bracketMatching(),
      closeBrackets(),
      longLineInput,
      EditorView.updateListener.of((update) => {
        if (update.docChanged) typed(update.state.doc.toString());
      }),
      keymap.of([
        {
          key: 'Mod-Enter',
          run: () => {
            run();
            return true;
          },
        },
        ...closeBracketsKeymap,
        ...historyKeymap,
        ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
      ]),
    ];
    const view = new EditorView({ parent, state: EditorState.create({ doc: begin(), extensions }) });
    viewRef.current = view;
    return () => {
      viewRef.current = null;
      view.destroy();
    };
  }, [kind, label]);
  // It is changed from elsewhere, too.
  useEffect(() => {
    const view = viewRef.current;
    if (view === null || view.state.doc.toString() === value) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } });
  }, [value]);
  return <div ref={ref} className={classes.text} />;
}
