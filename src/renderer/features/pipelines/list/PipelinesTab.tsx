import { Button } from '@mantine/core';
import { IconFileImport, IconPlus, IconRoute } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useRef } from 'react';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorPanel } from '../../../components/ErrorPanel.tsx';
import { RowTable } from '../../../components/RowTable.tsx';
import { SearchField } from '../../../components/SearchField.tsx';
import frame from '../../../components/TabFrame.module.css';
import { useFindTarget } from '../../../lib/findCommand.ts';
import { matchesShortcut } from '../../../lib/shortcut.ts';
import { useNow } from '../../../lib/useNow.ts';
import { useRefreshCommand } from '../../../lib/useRefreshCommand.ts';
import { pipelinesText as words } from '../../../text/pipelines.ts';
import { pipelinesStore, usePipelines, useWatchedPipelines } from '../../pipelineList/index.ts';
import type { TabContentProps } from '../../tabs/index.ts';
import { PipelineQuestions } from '../PipelineQuestions.tsx';
import classes from '../Pipelines.module.css';
import { createPipeline, importPipeline, setEnabled, showPipeline } from '../pipelineActions.ts';
import { askRemove } from '../questions.ts';
import { isUnderWay } from '../runProgress.ts';
import { PipelineCell } from './PipelineCell.tsx';
import { PipelineMenu } from './PipelineMenu.tsx';
import { type PipelineRow, pipelineColumns, pipelineRows } from './pipelineRows.ts';

/** Durations of runs are told in seconds while one is under way, else the day and the hour are what changes. */
const tickMs = { busy: 1_000, idle: 60_000 };

const { refresh, select, setSearch } = pipelinesStore.getState();

const create = (): void => createPipeline();

function NoRows() {
  const search = usePipelines((store) => store.search);
  const icon = <IconRoute size={28} stroke={1.5} />;
  return search === '' ? (
    <EmptyState
      icon={icon}
      {...words.empty}
      actions={
        <>
          <Button size="xs" onClick={create}>
            {words.create}
          </Button>
          <Button size="xs" variant="default" onClick={() => void importPipeline()}>
            {words.import}
          </Button>
        </>
      }
    />
  ) : (
    <EmptyState
      icon={icon}
      title={words.noMatch(search)}
      actions={
        <Button size="xs" variant="default" onClick={() => setSearch('')}>
          {words.clearSearch}
        </Button>
      }
    />
  );
}

function Bar({ isActive, count }: { readonly isActive: boolean; readonly count: number }) {
  const search = usePipelines((store) => store.search);
  const fieldRef = useRef<HTMLInputElement>(null);
  useFindTarget(() => fieldRef.current, isActive);
  return (
    <div className={`${frame.bar} ${classes.bar}`}>
      <SearchField
        ref={fieldRef}
        className={classes.search}
        label={words.search}
        wanted={search}
        onSearch={setSearch}
        clearsWithEscape
      />
      <span className={classes.count}>{count > 0 && words.count(count)}</span>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconFileImport size={14} />}
        onClick={() => void importPipeline()}
      >
        {words.import}
      </Button>
      <Button size="xs" leftSection={<IconPlus size={14} />} onClick={create}>
        {words.create}
      </Button>
    </div>
  );
}

/** What a key does to a pipeline; false: nothing. */
function pressed({ nativeEvent: press }: KeyboardEvent, row: PipelineRow | undefined): boolean {
  if (row === undefined) return false;
  const { pipeline } = row;
  if (matchesShortcut(press, 'Enter')) showPipeline(pipeline, 'runs');
  else if (matchesShortcut(press, 'F4')) showPipeline(pipeline, 'setup');
  else if (press.key === ' ') {
    if (pipeline.schedule.type !== 'manual') void setEnabled(pipeline);
  } else if (matchesShortcut(press, 'Delete')) askRemove(pipeline);
  else return false;
  return true;
}

/** All pipelines: what they copy, how their last run ended, and when the next one is. */
export function PipelinesTab({ isShown, isActive }: TabContentProps<'pipelines'>) {
  useWatchedPipelines();
  const pipelines = usePipelines((store) => store.pipelines);
  const search = usePipelines((store) => store.search);
  const selectedId = usePipelines((store) => store.selectedId);
  const isRead = usePipelines((store) => store.isRead);
  const error = usePipelines((store) => store.error);
  const rows = useMemo(() => pipelineRows(pipelines, search), [pipelines, search]);
  const isBusy = useMemo(() => pipelines.some(({ run }) => isUnderWay(run)), [pipelines]);
  const nowMs = useNow(isShown, isBusy ? tickMs.busy : tickMs.idle);
  useRefreshCommand(() => void refresh(), isActive);
  const selected = rows.find(({ id }) => id === selectedId);
  return (
    <section className={frame.tab} aria-label={words.title}>
      <Bar isActive={isActive} count={pipelines.length} />
      {error !== null && (
        <div className={frame.failure}>
          <ErrorPanel error={error} onRetry={() => void refresh()} />
        </div>
      )}
      <div className={frame.room}>
        <RowTable
          label={words.list}
          rows={rows}
          columns={pipelineColumns}
          columnLabel={(key) => words.columns[key]}
          selectedId={selected?.id ?? null}
          sort={null}
          onSort={() => undefined}
          onSelect={(row) => select(row?.id ?? null)}
          onOpen={({ pipeline }) => showPipeline(pipeline, 'runs')}
          onKey={(event) => pressed(event, selected)}
          cell={({ pipeline }, { key, isNumber }) => (
            <PipelineCell key={key} column={key} isNumber={isNumber} pipeline={pipeline} nowMs={nowMs} />
          )}
          empty={isRead && <NoRows />}
          menu={selected !== undefined && <PipelineMenu pipeline={selected.pipeline} />}
        />
      </div>
      {isActive && <PipelineQuestions />}
    </section>
  );
}
