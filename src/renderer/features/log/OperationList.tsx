import { Button, NativeSelect } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { IconTimeline } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { EndedOperation } from '../../../shared/model/operations.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { Listbox, ListOption } from '../../components/Listbox.tsx';
import { call } from '../../lib/api.ts';
import { formatDuration, formatExactMoment } from '../../lib/format.ts';
import { listMove } from '../../lib/listMove.ts';
import { latestValue } from '../../lib/loadable.ts';
import { useLoadable } from '../../lib/useLoadable.ts';
import { usePagedRows } from '../../lib/usePagedRows.ts';
import { operationsText } from '../../text/operations.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { connectionsStore, SourceFilter } from '../connections/index.ts';
import lines from './Log.module.css';
import { timeText } from './lineText.ts';
import classes from './Operations.module.css';
import { allOperations, operationsStore, setOperationFilter } from './operations.ts';
import { Waterfall } from './Waterfall.tsx';

const rowHeightPx = 24;
const pageStep = 20;
const refreshMs = 2_000;
const kinds = ['all', 'failed', 'slow', 'verySlow'] as const;
const filterOf = {
  all: { failedOnly: false, minDurationMs: 0 },
  failed: { failedOnly: true, minDurationMs: 0 },
  slow: { failedOnly: false, minDurationMs: 100 },
  verySlow: { failedOnly: false, minDurationMs: 1_000 },
};

/** Which operations are shown. */
export function OperationFilters({ className }: { readonly className: string | undefined }) {
  const { sourceId, failedOnly, minDurationMs } = useStore(operationsStore, ({ filter }) => filter);
  const chosen = kinds.find(
    (kind) => filterOf[kind].failedOnly === failedOnly && filterOf[kind].minDurationMs === minDurationMs,
  );
  return (
    <>
      <NativeSelect
        className={className}
        aria-label={operationsText.filter}
        value={chosen ?? 'all'}
        data={kinds.map((value) => ({ value, label: operationsText.filters[value] }))}
        onChange={({ currentTarget }) =>
          setOperationFilter(filterOf[kinds.find((kind) => kind === currentTarget.value) ?? 'all'])
        }
      />
      <SourceFilter
        className={className}
        sourceId={sourceId}
        onSource={(id) => setOperationFilter({ sourceId: id })}
      />
    </>
  );
}

const nameOf = (id: string | null): string =>
  id === null ? '' : (connectionsStore.getState().byId[id]?.dataSource.name ?? '');

interface RowProps {
  readonly id: string;
  readonly operation: EndedOperation;
  readonly isSelected: boolean;
  readonly top: number;
  readonly onSelect: () => void;
}

function Row({ id, operation, isSelected, top, onSelect }: RowProps) {
  const { startedAt, name, sourceId, durationMs, outcome, code } = operation;
  return (
    <ListOption
      id={id}
      className={lines.row}
      isSelected={isSelected}
      top={top}
      data-outcome={outcome}
      onClick={onSelect}
    >
      <time className={lines.time} title={formatExactMoment(startedAt)}>
        {timeText(startedAt)}
      </time>
      <span className={classes.duration}>{formatDuration(durationMs)}</span>
      <span className={classes.name}>{name}</span>
      <span className={classes.source}>{nameOf(sourceId)}</span>
      <span className={classes.code}>
        {code ?? (outcome === 'ok' ? '' : operationsText.outcomes[outcome])}
      </span>
    </ListOption>
  );
}

function NoOperations() {
  const filter = useStore(operationsStore, (state) => state.filter);
  const isFiltered = JSON.stringify(filter) !== JSON.stringify(allOperations);
  return (
    <EmptyState
      icon={<IconTimeline size={28} stroke={1.5} />}
      title={isFiltered ? operationsText.noMatch : operationsText.empty}
      message={isFiltered ? operationsText.noMatchMessage : operationsText.emptyMessage}
      actions={
        isFiltered && (
          <Button size="xs" variant="default" onClick={() => setOperationFilter(allOperations)}>
            {operationsText.clearFilter}
          </Button>
        )
      }
    />
  );
}

/** What Mooring did last, operation by operation; read anew every two seconds while one looks. */
export function OperationList({ isShown }: { readonly isShown: boolean }) {
  const filter = useStore(operationsStore, (state) => state.filter);
  const selectedId = useStore(operationsStore, (state) => state.selectedId);
  const [revision, setRevision] = useState(0);
  const { start, stop } = useInterval(() => setRevision((count) => count + 1), refreshMs);
  useEffect(() => {
    if (!isShown) return;
    start();
    return stop;
  }, [isShown, start, stop]);
  const { loadable, reload } = useLoadable(
    `operations ${JSON.stringify(filter)}`,
    (signal) => call('operations.list', filter, { signal }),
    { revision, isPaused: !isShown },
  );
  const operations = latestValue(loadable) ?? [];
  const listId = useId();
  const viewportRef = useRef<HTMLDivElement>(null);
  const { rows, totalHeightPx, show } = usePagedRows({
    count: operations.length,
    rowHeightPx,
    viewportRef,
    loadMore: () => undefined,
  });
  if (loadable.status === 'failed') {
    return (
      <div className={lines.failure}>
        <ErrorPanel
          error={loadable.error}
          actions={
            <Button size="xs" variant="default" onClick={reload}>
              {vocabulary.tryAgain}
            </Button>
          }
        />
      </div>
    );
  }
  if (loadable.status === 'loaded' && operations.length === 0) return <NoOperations />;
  const selectedAt = operations.findIndex(({ id }) => id === selectedId);
  const choose = (at: number): void => {
    operationsStore.setState({ selectedId: operations[at]?.id ?? null });
    show(at);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = listMove(event.key, selectedAt, operations.length, pageStep);
    if (event.key === 'Escape' && selectedId !== null) {
      event.stopPropagation();
      operationsStore.setState({ selectedId: null });
    } else if (target === null) return;
    else choose(target);
    event.preventDefault();
  };
  return (
    <>
      <Listbox
        ref={viewportRef}
        className={classes.list}
        aria-label={operationsText.list}
        activeId={selectedAt < 0 ? undefined : `${listId}-${selectedId}`}
        totalHeightPx={totalHeightPx}
        onKeyDown={onKeyDown}
      >
        {rows.map(({ index, start: top }) => {
          const operation = operations[index];
          return (
            operation !== undefined && (
              <Row
                key={operation.id}
                id={`${listId}-${operation.id}`}
                operation={operation}
                isSelected={operation.id === selectedId}
                top={top}
                onSelect={() => choose(index)}
              />
            )
          );
        })}
      </Listbox>
      {selectedId !== null && <Waterfall id={selectedId} />}
    </>
  );
}
