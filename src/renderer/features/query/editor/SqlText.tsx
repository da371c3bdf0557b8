import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { EngineKind } from '../../../../shared/engines/settings.ts';
import { sqlLanguageOf } from '../../../../shared/engines/sqlLanguages.ts';
import { readCspNonce } from '../../../lib/cspNonce.ts';
import { dialectOf } from './editorDialect.ts';
import { editorTheme } from './editorTheme.ts';
import classes from './SqlText.module.css';

interface SqlTextProps {
  readonly kind: EngineKind;
  readonly text: string;
  readonly label: string;
}

/** SQL to read, as the editor shows it. */
export function SqlText({ kind, text, label }: SqlTextProps) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const parent = ref.current;
    if (parent === null) return;
    const extensions = [
      EditorView.cspNonce.of(readCspNonce()),
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': label }),
      dialectOf({ kind, language: sqlLanguageOf(kind) }),
      editorTheme,
    ];
    const view = new EditorView({ parent, doc: text, extensions });
    return () => view.destroy();
  }, [kind, text, label]);
  return <div ref={ref} className={classes.text} />;
}
