import { CloseButton, NativeSelect, SegmentedControl, Tooltip } from '@mantine/core';
import { IconCopy, IconFolderOpen } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { type LogLevel, logLevels, writtenLine } from '../../../shared/model/log.ts';
import { useCopyText } from '../../components/Clipboard.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import frame from '../../components/TabFrame.module.css';
import { useFindTarget } from '../../lib/findCommand.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { logText } from '../../text/log.ts';
import { operationsText } from '../../text/operations.ts';
import { SourceFilter } from '../connections/index.ts';
import { settingsStore } from '../settings/index.tsx';
import { LevelsMenu } from './LevelsMenu.tsx';
import classes from './Log.module.css';
import { levelsStore, useLevels } from './levels.ts';
import { logStore, useLog } from './log.ts';
import { OperationFilters } from './OperationList.tsx';
import { operationsStore } from './operations.ts';

const views = ['lines', 'operations'] as const;
const { setFilter } = logStore.getState();

function LevelFilter() {
  const level = useLog((store) => store.filter.level);
  return (
    <NativeSelect
      className={classes.level}
      aria-label={logText.level}
      value={level}
      data={logLevels.map((value) => ({ value, label: logText.levelFilters[value] }))}
      onChange={(event) => setFilter({ level: event.currentTarget.value as LogLevel })}
    />
  );
}

function ModuleFilter() {
  const scope = useLog((store) => store.filter.scope);
  const scopes = useLevels(({ scopes: all }) => all);
  return (
    <NativeSelect
      className={classes.filter}
      aria-label={logText.module}
      value={scope ?? ''}
      data={[{ value: '', label: logText.allModules }, ...scopes.map((value) => ({ value, label: value }))]}
      onChange={(event) => setFilter({ scope: event.currentTarget.value || null })}
    />
  );
}

function TextFilter({ isActive }: { isActive: boolean }) {
  const fieldRef = useRef<HTMLInputElement>(null);
  const wanted = useLog((store) => store.filter.text);
  useFindTarget(() => fieldRef.current, isActive);
  return (
    <SearchField
      ref={fieldRef}
      className={classes.search}
      label={logText.search}
      wanted={wanted}
      onSearch={(text) => setFilter({ text })}
      clearsWithEscape
    />
  );
}

/** That only one operation is shown, and the way back. */
function OperationFilter() {
  const correlationId = useLog((store) => store.filter.correlationId);
  if (correlationId === null) return null;
  return (
    <Tooltip label={logText.onlyCallHint(correlationId)}>
      <span className={classes.operation}>
        {logText.onlyCall}
        <CloseButton
          size="xs"
          aria-label={logText.clearCall}
          onClick={() => setFilter({ correlationId: null })}
        />
      </span>
    </Tooltip>
  );
}

function ViewChoice() {
  const view = useStore(operationsStore, (state) => state.view);
  return (
    <SegmentedControl
      size="xs"
      aria-label={operationsText.view}
      value={view}
      data={views.map((value) => ({ value, label: operationsText.views[value] }))}
      onChange={(chosen) => operationsStore.setState({ view: chosen as typeof view })}
    />
  );
}

function LineFilters({ isActive }: { isActive: boolean }) {
  const sourceId = useLog((store) => store.filter.sourceId);
  return (
    <>
      <TextFilter isActive={isActive} />
      <LevelFilter />
      <ModuleFilter />
      <SourceFilter
        className={classes.filter}
        sourceId={sourceId}
        onSource={(id) => setFilter({ sourceId: id })}
      />
      <OperationFilter />
    </>
  );
}

/** Which lines or operations are shown, and what concerns all of them. */
export function LogBar({ isActive }: { isActive: boolean }) {
  const copyText = useCopyText();
  const isOfLines = useStore(operationsStore, ({ view }) => view === 'lines');
  useEffect(() => {
    if (isActive) void levelsStore.getState().load();
  }, [isActive]);
  const copyShown = (): void => {
    const { lines } = logStore.getState();
    const text = lines.map(({ line }) => writtenLine(line)).toReversed();
    copyText(text.join('\n'), () => notifyDone(logText.copied(lines.length)));
  };
  return (
    <div className={`${frame.bar} ${classes.bar}`}>
      <ViewChoice />
      {isOfLines ? <LineFilters isActive={isActive} /> : <OperationFilters className={classes.filter} />}
      <div className={classes.space} />
      {isOfLines && (
        <IconButton label={logText.copyShown} onClick={copyShown}>
          <IconCopy size={16} />
        </IconButton>
      )}
      <LevelsMenu />
      <IconButton label={logText.openFolder} onClick={() => void settingsStore.getState().showLogFolder()}>
        <IconFolderOpen size={16} />
      </IconButton>
    </div>
  );
}
