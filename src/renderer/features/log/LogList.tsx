import { Button } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useRef } from 'react';
import type { LogLine } from '../../../shared/model/log.ts';
import { Listbox, ListOption } from '../../components/Listbox.tsx';
import { formatExactMoment } from '../../lib/format.ts';
import { listMove } from '../../lib/listMove.ts';
import { usePagedRows } from '../../lib/usePagedRows.ts';
import { logText } from '../../text/log.ts';
import classes from './Log.module.css';
import { factsText, timeText } from './lineText.ts';
import { logStore, useLog } from './log.ts';

const rowHeightPx = 24;
const pageStep = 20;

interface RowProps {
  readonly id: string;
  readonly line: LogLine;
  readonly isSelected: boolean;
  readonly top: number;
  readonly onSelect: () => void;
}

function Row({ id, line, isSelected, top, onSelect }: RowProps) {
  const { at, level, scope, message } = line;
  return (
    <ListOption
      id={id}
      className={classes.row}
      isSelected={isSelected}
      top={top}
      data-level={level}
      onClick={onSelect}
    >
      <time className={classes.time} dateTime={new Date(at).toISOString()} title={formatExactMoment(at)}>
        {timeText(at)}
      </time>
      <span className={classes.levelMark}>{logText.levels[level]}</span>
      <span className={classes.scope}>{scope}</span>
      <span className={classes.message}>
        {message}
        <span className={classes.facts}>{factsText(line)}</span>
      </span>
    </ListOption>
  );
}

/** The newest lines wait here while one looks at older ones. */
function NewLines({ onShow }: { onShow: () => void }) {
  const count = useLog((store) => store.held.length);
  if (count === 0) return null;
  return (
    <Button size="xs" className={classes.newLines} leftSection={<IconArrowUp size={14} />} onClick={onShow}>
      {logText.newLines(count)}
    </Button>
  );
}

/** The lines, of which only those in view exist; older ones are read when the end comes near. */
export function LogList() {
  const lines = useLog((store) => store.lines);
  const selectedKey = useLog((store) => store.selectedKey);
  const listId = useId();
  const viewportRef = useRef<HTMLDivElement>(null);
  const { follow, loadMore, select } = logStore.getState();
  const { rows, totalHeightPx, show } = usePagedRows({
    count: lines.length,
    rowHeightPx,
    viewportRef,
    loadMore: () => void loadMore(),
  });
  const selectedAt = lines.findIndex(({ key }) => key === selectedKey);
  const choose = (at: number): void => {
    select(lines[at]?.key ?? null);
    // What one reads stays where it is.
    follow(false);
    show(at);
  };
  const showNewest = (): void => {
    select(null);
    follow(true);
    viewportRef.current?.scrollTo({ top: 0 });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = listMove(event.key, selectedAt, lines.length, pageStep);
    if (event.key === 'Escape' && selectedKey !== null) {
      event.stopPropagation();
      select(null);
    } else if (event.key === 'Home') showNewest();
    else if (target === null) return;
    else choose(target);
    event.preventDefault();
  };
  return (
    <div className={classes.lines}>
      <NewLines onShow={showNewest} />
      <Listbox
        ref={viewportRef}
        className={classes.list}
        aria-label={logText.list}
        activeId={selectedAt < 0 ? undefined : `${listId}-${selectedKey}`}
        totalHeightPx={totalHeightPx}
        onKeyDown={onKeyDown}
        onScroll={({ currentTarget }) => follow(currentTarget.scrollTop === 0 && selectedKey === null)}
      >
        {rows.map(({ index, start }) => {
          const found = lines[index];
          return (
            found !== undefined && (
              <Row
                key={found.key}
                id={`${listId}-${found.key}`}
                line={found.line}
                isSelected={found.key === selectedKey}
                top={start}
                onSelect={() => choose(index)}
              />
            )
          );
        })}
      </Listbox>
    </div>
  );
}
