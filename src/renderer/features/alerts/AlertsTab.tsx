import { Button } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { RowTable } from '../../components/RowTable.tsx';
import frame from '../../components/TabFrame.module.css';
import { matchesShortcut } from '../../lib/shortcut.ts';
import { useNow } from '../../lib/useNow.ts';
import { useRefreshCommand } from '../../lib/useRefreshCommand.ts';
import { alertsText as words } from '../../text/alerts.ts';
import { useWatchedPipelines } from '../pipelineList/index.ts';
import type { TabContentProps } from '../tabs/index.ts';
import { AlertCell } from './AlertCell.tsx';
import { AlertDetail } from './AlertDetail.tsx';
import { AlertMenu, editRules } from './AlertMenu.tsx';
import { AlertsBar } from './AlertsBar.tsx';
import { type AlertRow, alertColumns, alertRows } from './alertRows.ts';
import { pastAlertsStore, showPlace, useAlerts, usePastAlerts } from './alerts.ts';
import { everyAlert } from './createPastAlertsStore.ts';

/** Durations of alerts that fire are told in seconds. */
const tickMs = 1_000;

const { refresh, select, setFilter } = pastAlertsStore.getState();

/** Why there are no rows. */
function NoRows() {
  const { kind, subjectId } = usePastAlerts((store) => store.filter);
  const icon = <IconBell size={28} stroke={1.5} />;
  if (kind !== null || subjectId !== null) {
    return (
      <EmptyState
        icon={icon}
        title={words.noMatch}
        actions={
          <Button size="xs" variant="default" onClick={() => setFilter(everyAlert)}>
            {words.clearFilter}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={icon}
      {...words.empty}
      actions={
        <Button size="xs" variant="default" onClick={editRules}>
          {words.rules}
        </Button>
      }
    />
  );
}

/** What fires and what is over, as it is filtered. Read again when an alert is over while one looks. */
function useRows(isShown: boolean): readonly AlertRow[] {
  const status = useAlerts((store) => store.status);
  const past = usePastAlerts((store) => store.alerts);
  const filter = usePastAlerts((store) => store.filter);
  const endedCount = status?.endedCount ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each end of an alert is a reason to read again
  useEffect(() => {
    if (isShown) void refresh();
  }, [isShown, endedCount]);
  return useMemo(() => alertRows(status?.firing ?? [], past, filter), [status, past, filter]);
}

/** Alerts: those that fire first, then those that were. */
export function AlertsTab({ isShown, isActive }: TabContentProps<'alerts'>) {
  const ref = useRef<HTMLDivElement>(null);
  useWatchedPipelines();
  const rows = useRows(isShown);
  const { error, isRead, selectedId } = usePastAlerts((store) => store);
  const isTicking = useAlerts(({ status }) => isShown && (status?.firingCount ?? 0) > 0);
  const nowMs = useNow(isTicking, tickMs);
  useRefreshCommand(() => void refresh(), isActive);
  const selected = rows.find(({ alert }) => alert.id === selectedId)?.alert;
  const close = (): void => {
    select(null);
    ref.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  };
  const onKey = ({ nativeEvent: press }: KeyboardEvent): boolean => {
    if (selected === undefined) return false;
    if (matchesShortcut(press, 'Escape')) close();
    else if (matchesShortcut(press, 'Enter')) showPlace(selected);
    else return false;
    return true;
  };
  return (
    <div ref={ref} className={frame.tab}>
      <AlertsBar />
      {error !== null && (
        <div className={frame.failure}>
          <ErrorPanel error={error} onRetry={() => void refresh()} />
        </div>
      )}
      <div className={frame.room}>
        <RowTable
          label={words.list}
          rows={rows}
          columns={alertColumns}
          columnLabel={(key) => words.columns[key]}
          selectedId={selected === undefined ? null : String(selected.id)}
          sort={null}
          onSort={() => undefined}
          onSelect={(row) => select(row?.alert.id ?? null)}
          onOpen={({ alert }) => showPlace(alert)}
          onKey={onKey}
          cell={({ alert }, { key, isNumber }) => (
            <AlertCell key={key} column={key} isNumber={isNumber} alert={alert} nowMs={nowMs} />
          )}
          empty={isRead && <NoRows />}
          menu={selected !== undefined && <AlertMenu alert={selected} />}
        />
      </div>
      {selected !== undefined && <AlertDetail alert={selected} nowMs={nowMs} onClose={close} />}
    </div>
  );
}
