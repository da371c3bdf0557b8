import { VisuallyHidden } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import frame from '../../components/TabFrame.module.css';
import { queryText } from '../../text/query.ts';
import { prefetchGrid } from '../grid/index.ts';
import type { TabContentProps } from '../tabs/index.ts';
import { QueryBar } from './bar/QueryBar.tsx';
import { QueryQuestions } from './dialogs/QueryQuestions.tsx';
import { SqlEditor } from './editor/SqlEditor.tsx';
import classes from './QueryTab.module.css';
import { Divider } from './results/Divider.tsx';
import { ResultsArea } from './results/ResultsArea.tsx';
import { QueryDeskProvider, useQuery } from './session/deskContext.ts';
import { deskOf } from './session/queryDesks.ts';
import { tabLanguage } from './session/tabLanguage.ts';
import { useClosingGuard } from './session/useClosingGuard.ts';
import { useDataSourceOf } from './session/useDataSourceOf.ts';
import { useErrorMarks } from './session/useErrorMarks.ts';
import { useQueryCommands } from './session/useQueryCommands.ts';
import { useStartText } from './session/useStartText.ts';

/** A text of SQL, what runs of it, and what came of that. */
function QueryPanes({ tab, isActive }: TabContentProps<'query'>) {
  const desk = deskOf(tab.id);
  const panesRef = useRef<HTMLDivElement>(null);
  const dataSource = useDataSourceOf(tab);
  const reading = useQuery((state) => state.reading);
  const kind = dataSource?.engine.kind ?? null;
  const sql = dataSource === null ? null : tabLanguage(dataSource, { reading });
  const language = useMemo(
    () => (kind === null || sql === null ? null : { kind, language: sql }),
    [kind, sql],
  );
  const { loadable, reload } = useStartText(desk);
  const onReady = () => {
    if (loadable.status === 'loaded' && loadable.value.runs) void desk.starter.run('all');
  };
  useQueryCommands(desk, isActive);
  useClosingGuard(desk);
  useErrorMarks(desk);
  useEffect(() => void prefetchGrid(), []);
  return (
    <div className={`${frame.tab} ${classes.room}`}>
      <QueryBar tab={tab} />
      <div ref={panesRef} className={classes.panes}>
        <div className={classes.editor} style={{ flexBasis: `${tab.editorShare}%` }}>
          {loadable.status === 'loaded' && (
            <SqlEditor
              tab={tab}
              isActive={isActive}
              start={{ text: loadable.value.text, cursor: tab.cursor, isFile: loadable.value.isFile }}
              language={language}
              onReady={onReady}
            />
          )}
          {loadable.status === 'failed' && (
            <div className={classes.failure}>
              <ErrorPanel error={loadable.error} onRetry={reload} />
            </div>
          )}
        </div>
        <Divider tab={tab} panesRef={panesRef} />
        <section className={classes.results} aria-label={queryText.results}>
          <VisuallyHidden component="h2">{queryText.results}</VisuallyHidden>
          <ResultsArea isActive={isActive} />
        </section>
      </div>
      <QueryQuestions />
    </div>
  );
}

export function QueryTab(props: TabContentProps<'query'>) {
  return (
    <QueryDeskProvider value={deskOf(props.tab.id)}>
      <QueryPanes {...props} />
    </QueryDeskProvider>
  );
}
