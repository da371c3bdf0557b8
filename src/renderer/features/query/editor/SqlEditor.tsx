import { EditorView } from '@codemirror/view';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { TabOf } from '../../../../shared/model/tabs.ts';
import { useDesk } from '../session/deskContext.ts';
import { type EditorLanguage, type EditorStart, newEditorState, setLanguage } from './createEditorView.ts';
import { EditorHandle } from './EditorHandle.ts';
import { editorListener } from './editorListener.ts';
import classes from './SqlEditor.module.css';
import { sqlAssistance } from './sqlAssistance.ts';

interface SqlEditorProps {
  readonly tab: TabOf<'query'>;
  readonly isActive: boolean;
  readonly start: EditorStart;
  readonly language: EditorLanguage | null;
  /** Told when the editor can be used. */
  readonly onReady: () => void;
}

/** The text of a query tab. */
export function SqlEditor({ tab, isActive, start, language, onReady }: SqlEditorProps) {
  const desk = useDesk();
  const hostRef = useRef<HTMLDivElement>(null);
  const open = useEffectEvent((parent: HTMLElement): EditorView => {
    const { kept } = desk;
    const state = kept?.state ?? newEditorState(start, editorListener(desk), sqlAssistance(desk.tabId));
    const view = new EditorView({ state, parent });
    desk.editor = new EditorHandle(view, kept?.saved ?? (start.isFile ? state.doc : null));
    setLanguage(view, language);
    const top = view.state.doc.line(Math.min(tab.topLine + 1, view.state.doc.lines));
    view.dispatch({ effects: EditorView.scrollIntoView(top.from, { y: 'start' }) });
    onReady();
    return view;
  });
  useEffect(() => {
    const parent = hostRef.current;
    if (parent === null) return;
    const view = open(parent);
    return () => {
      desk.kept = { state: view.state, saved: desk.editor?.saved ?? null };
      desk.editor = null;
      view.destroy();
    };
  }, [desk]);

  useEffect(() => {
    const view = desk.editor?.view;
    if (view !== undefined) setLanguage(view, language);
  }, [desk, language]);

  useEffect(() => {
    if (!isActive) return;
    // A hidden editor could not measure itself.
    desk.editor?.view.requestMeasure();
    if (document.activeElement === null || document.activeElement === document.body) desk.editor?.focus();
  }, [desk, isActive]);

  return <div ref={hostRef} className={classes.host} />;
}
