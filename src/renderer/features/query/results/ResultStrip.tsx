import { Menu } from '@mantine/core';
import { IconAlertCircle, IconMessage2, IconPinFilled, IconTable } from '@tabler/icons-react';
import { type KeyboardEvent, type MouseEvent, memo, type ReactNode, useEffect, useRef } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { StoreApi } from 'zustand/vanilla';
import type { ResultId } from '../../../../shared/model/results.ts';
import { formatClockTime } from '../../../lib/format.ts';
import { whenIdle } from '../../../lib/whenIdle.ts';
import { queryText } from '../../../text/query.ts';
import { oneLine } from '../oneLine.ts';
import type { KeptResult } from '../run/pinnedResults.ts';
import { countStatements, type RunResult } from '../run/runState.ts';
import { isRunning, type QueryStore, type Shown } from '../session/createQueryStore.ts';
import { useDesk, useQuery } from '../session/deskContext.ts';
import { PinButton, ResultMenu, shownIdOf } from './ResultActions.tsx';
import classes from './Results.module.css';

/** Results beside the chosen one that have a place in the strip. */
const besideCount = 25;
const noResults: readonly ResultId[] = [];

interface StripTabProps {
  readonly shown: Shown;
  readonly isChosen: boolean;
  readonly title: string;
  /** Closes it by the middle button; absent for what stays. */
  readonly onClose?: () => void;
  readonly children: ReactNode;
}

function StripTab({ shown, isChosen, title, onClose, children }: StripTabProps) {
  const { store } = useDesk();
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isChosen) return;
    // The rows of the result are drawn before: to scroll, the page must be laid out once more.
    void whenIdle().then(() => ref.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
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
      data-result={shown.type === 'result' ? shown.id : undefined}
      onClick={() => store.getState().show(shown)}
      onAuxClick={(event) => {
        if (event.button === 1) onClose?.();
      }}
    >
      {children}
    </button>
  );
}

function rowsText({ rowCount, isComplete, isLimited }: RunResult): string {
  if (!isComplete) return queryText.rowsSoFar(rowCount);
  return isLimited ? queryText.limited(rowCount) : queryText.rows(rowCount);
}

const PinMark = () => <IconPinFilled size={12} role="img" aria-label={queryText.pinned} />;

function KeptTab({ kept: { result, text, ranAt }, isChosen }: { kept: KeptResult; isChosen: boolean }) {
  const { store } = useDesk();
  const { resultId, rowCount } = result;
  const isPinned = useQuery(({ pinned }) => pinned.has(resultId));
  const time = formatClockTime(ranAt);
  return (
    <StripTab
      shown={{ type: 'result', id: resultId }}
      isChosen={isChosen}
      title={`${queryText.ranAt(time)}\n${text.slice(0, 1_000)}`}
      onClose={() => store.getState().closeKept(resultId)}
    >
      {isPinned ? <PinMark /> : <IconTable size={14} aria-hidden />}
      <span className={classes.stripText}>{oneLine(text, 200)}</span>
      <span className={classes.stripFacts}>
        {queryText.rows(rowCount)} · {time}
      </span>
    </StripTab>
  );
}

function contentOf({ run }: QueryStore, id: ResultId): { readonly facts: string; readonly text: string } {
  const result = run?.results.find(({ resultId }) => resultId === id);
  if (result === undefined) return { facts: '', text: '' };
  const { durationMs, index } = result;
  const rows = rowsText(result);
  return {
    facts: durationMs === null ? rows : `${rows} · ${queryText.duration(durationMs)}`,
    text: run?.statements[index]?.text ?? '',
  };
}

function ResultTab({ id, isChosen }: { id: ResultId; isChosen: boolean }) {
  const { facts, text } = useQuery(useShallow((state) => contentOf(state, id)));
  const isPinned = useQuery(({ pinned }) => pinned.has(id));
  return (
    <StripTab shown={{ type: 'result', id }} isChosen={isChosen} title={text.slice(0, 1_000)}>
      {isPinned ? <PinMark /> : <IconTable size={14} aria-hidden />}
      <span className={classes.stripText}>{oneLine(text, 200)}</span>
      <span className={classes.stripFacts}>{facts}</span>
    </StripTab>
  );
}

function outcomeOf({ run }: QueryStore): { readonly text: string; readonly hasFailed: boolean } | null {
  if (run === null || run.statements.length === 1) return null;
  const counts = countStatements(run);
  const current = run.statements.findIndex(({ status }) => status === 'running');
  const text =
    run.durationMs === null
      ? queryText.statementOf(Math.max(0, current) + 1, run.statements.length)
      : queryText.outcome(counts);
  return { text, hasFailed: counts.failed > 0 };
}

/** What became of the statements, or which one runs. */
function Outcome() {
  const outcome = useQuery(useShallow(outcomeOf));
  if (outcome === null) return null;
  return (
    <span className={classes.outcome} role="status" data-failed={outcome.hasFailed || undefined}>
      {outcome.text}
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

/** The menu of the strip is that of the result below the pointer, which is shown; messages have none. */
function openMenu(event: MouseEvent, store: StoreApi<QueryStore>): void {
  const id = (event.target as Element).closest<HTMLElement>('[data-result]')?.dataset.result;
  if (id === undefined) event.stopPropagation();
  else store.getState().show({ type: 'result', id });
}

function MessagesTab({ isChosen }: { readonly isChosen: boolean }) {
  const hasFailed = useQuery(
    ({ log, runError }) => runError !== null || log.some(({ content }) => content.type === 'failed'),
  );
  const lineCount = useQuery(({ log }) => log.length);
  return (
    <StripTab shown={{ type: 'messages' }} isChosen={isChosen} title={queryText.messages}>
      {hasFailed ? (
        <IconAlertCircle size={14} className={classes.failed} aria-hidden />
      ) : (
        <IconMessage2 size={14} aria-hidden />
      )}
      {queryText.messages}
      {lineCount > 0 && <span className={classes.stripFacts}>{lineCount}</span>}
    </StripTab>
  );
}

function StripTabs() {
  const results = useQuery(
    useShallow(({ run }: QueryStore) => run?.results.map(({ resultId }) => resultId) ?? noResults),
  );
  const kept = useQuery((state) => state.kept);
  const shownId = useQuery(shownIdOf);
  const chosen = shownId === null ? -1 : results.indexOf(shownId);
  const from = Math.max(0, chosen - besideCount);
  const to = Math.max(chosen, 0) + besideCount;
  return (
    <>
      <MessagesTab isChosen={shownId === null} />
      {kept.map((one) => (
        <KeptTab key={one.result.resultId} kept={one} isChosen={one.result.resultId === shownId} />
      ))}
      {from > 0 && <span className={classes.stripRest}>{queryText.olderResults(from)}</span>}
      {results.slice(from, to).map((id) => (
        <ResultTab key={id} id={id} isChosen={id === shownId} />
      ))}
      {results.length > to && (
        <span className={classes.stripRest}>{queryText.newerResults(results.length - to)}</span>
      )}
    </>
  );
}

function BusyMark() {
  const running = useQuery(isRunning);
  return running && <span className={classes.busy} aria-hidden />;
}

/**
 * The results in the order of their statements, pinned ones of earlier runs and the messages in front of them. Each part
 * follows the run by itself: to draw the menu anew with each result takes longer than all the tabs.
 */
export const ResultStrip = memo(function ResultStrip() {
  const { store } = useDesk();
  return (
    <div className={classes.strip}>
      <Menu position="bottom-start">
        <Menu.ContextMenu>
          <div
            role="tablist"
            className={classes.stripTabs}
            aria-label={queryText.strip}
            onKeyDown={moveFocus}
            onContextMenuCapture={(event) => openMenu(event, store)}
          >
            <StripTabs />
          </div>
        </Menu.ContextMenu>
        <Menu.Dropdown>
          <ResultMenu />
        </Menu.Dropdown>
      </Menu>
      <Outcome />
      <PinButton />
      <BusyMark />
    </div>
  );
});
