import { IconAlertCircle, IconMessage2, IconTable } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { queryText } from '../../../text/query.ts';
import { oneLine } from '../oneLine.ts';
import { countStatements, type Run, type RunResult } from '../run/runState.ts';
import { isRunning, type Shown } from '../session/createQueryStore.ts';
import { useDesk, useQuery } from '../session/deskContext.ts';
import classes from './Results.module.css';

/** Results beside the chosen one that have a place in the strip. */
const besideCount = 25;

interface StripTabProps {
  readonly shown: Shown;
  readonly isChosen: boolean;
  readonly title: string;
  readonly children: ReactNode;
}

function StripTab({ shown, isChosen, title, children }: StripTabProps) {
  const { store } = useDesk();
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isChosen) ref.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isChosen]);
  return (
    <button
      ref={ref}
      type="button"
      role="tab"
      className={classes.stripTab}
      aria-selected={isChosen}
      tabIndex={isChosen ? 0 : -1}
      title={title}
      onClick={() => store.getState().show(shown)}
    >
      {children}
    </button>
  );
}

function rowsText({ rowCount, isComplete, isLimited }: RunResult): string {
  if (!isComplete) return queryText.rowsSoFar(rowCount);
  return isLimited ? queryText.limited(rowCount) : queryText.rows(rowCount);
}

function ResultTab({ run, result, isChosen }: { run: Run; result: RunResult; isChosen: boolean }) {
  const text = run.statements[result.index]?.text ?? '';
  const facts = [rowsText(result), result.durationMs === null ? null : queryText.duration(result.durationMs)];
  return (
    <StripTab
      shown={{ type: 'result', id: result.resultId }}
      isChosen={isChosen}
      title={text.slice(0, 1_000)}
    >
      <IconTable size={14} aria-hidden />
      <span className={classes.stripText}>{oneLine(text, 200)}</span>
      <span className={classes.stripFacts}>{facts.filter((fact) => fact !== null).join(' · ')}</span>
    </StripTab>
  );
}

/** What became of the statements, or which one runs. */
function Outcome({ run }: { readonly run: Run }) {
  const isOver = run.durationMs !== null;
  if (run.statements.length === 1) return null;
  const counts = countStatements(run);
  const current = run.statements.findIndex(({ status }) => status === 'running');
  const text = isOver
    ? queryText.outcome(counts)
    : queryText.statementOf(Math.max(0, current) + 1, run.statements.length);
  return (
    <span className={classes.outcome} role="status" data-failed={counts.failed > 0 || undefined}>
      {text}
    </span>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step === undefined) return;
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')];
  const at = tabs.findIndex((tab) => tab.contains(document.activeElement));
  const next = tabs[at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
  next.click();
}

/** The results in the order of their statements, and the messages in front of them. */
export function ResultStrip() {
  const run = useQuery((state) => state.run);
  const shown = useQuery((state) => state.shown);
  const hasFailed = useQuery(
    ({ log, runError }) => runError !== null || log.some(({ content }) => content.type === 'failed'),
  );
  const running = useQuery(isRunning);
  const lineCount = useQuery(({ log }) => log.length);
  const results = run?.results ?? [];
  const chosen = results.findIndex(({ resultId }) => shown.type === 'result' && shown.id === resultId);
  const from = Math.max(0, chosen - besideCount);
  const to = Math.max(chosen, 0) + besideCount;
  return (
    <div className={classes.strip}>
      <div role="tablist" className={classes.stripTabs} aria-label={queryText.strip} onKeyDown={moveFocus}>
        <StripTab
          shown={{ type: 'messages' }}
          isChosen={shown.type === 'messages'}
          title={queryText.messages}
        >
          {hasFailed ? (
            <IconAlertCircle size={14} className={classes.failed} aria-hidden />
          ) : (
            <IconMessage2 size={14} aria-hidden />
          )}
          {queryText.messages}
          {lineCount > 0 && <span className={classes.stripFacts}>{lineCount}</span>}
        </StripTab>
        {from > 0 && <span className={classes.stripRest}>{queryText.olderResults(from)}</span>}
        {run !== null &&
          results
            .slice(from, to)
            .map((result, at) => (
              <ResultTab key={result.resultId} run={run} result={result} isChosen={from + at === chosen} />
            ))}
        {results.length > to && (
          <span className={classes.stripRest}>{queryText.newerResults(results.length - to)}</span>
        )}
      </div>
      {run !== null && <Outcome run={run} />}
      {running && <span className={classes.busy} aria-hidden />}
    </div>
  );
}
