import { Button, Checkbox, CloseButton, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useRef } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { ActivityView } from '../../../shared/model/serverActivity.ts';
import { ShortcutHint } from '../../components/ShortcutHint.tsx';
import { useFindTarget } from '../../lib/findCommand.ts';
import { activityText } from '../../text/activity.ts';
import classes from './ActivityPanel.module.css';
import { activityStore } from './activity.ts';
import type { SourceActivity } from './activityState.ts';
import { SampleCost } from './SampleCost.tsx';
import { waitingCount } from './sessionRows.ts';

interface FilterProps {
  readonly id: DataSourceId;
  readonly filter: string;
  readonly isActive: boolean;
  /** To the rows. */
  readonly onLeave: () => void;
}

function Filter({ id, filter, isActive, onLeave }: FilterProps) {
  const inputRef = useRef<HTMLInputElement>(null);
  const { setFilter } = activityStore.getState();
  useFindTarget(() => inputRef.current, isActive);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && filter !== '') {
      event.stopPropagation();
      setFilter(id, '');
    } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      onLeave();
    }
  };
  return (
    <TextInput
      ref={inputRef}
      className={classes.filter}
      size="xs"
      value={filter}
      onChange={(event) => setFilter(id, event.currentTarget.value)}
      onKeyDown={onKeyDown}
      aria-label={activityText.filter}
      placeholder={activityText.filter}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={
        filter !== '' && (
          <CloseButton size="sm" aria-label={activityText.clearFilter} onClick={() => setFilter(id, '')} />
        )
      }
      spellCheck={false}
    />
  );
}

interface ActivityBarProps extends Omit<FilterProps, 'filter'> {
  readonly activity: SourceActivity;
  readonly view: ActivityView;
  readonly onView: (change: Partial<ActivityView>) => void;
}

/** What is listed, and whether it moves. */
export function ActivityBar({ id, activity, view, onView, isActive, onLeave }: ActivityBarProps) {
  const { filter, isPaused, sample, shows } = activity;
  const { setPaused, show } = activityStore.getState();
  const blocked = sample === null ? 0 : waitingCount(sample);
  return (
    <div className={classes.bar}>
      <SegmentedControl
        size="xs"
        aria-label={activityText.views.label}
        value={shows}
        onChange={(value) => show(id, value)}
        data={[
          { value: 'sessions', label: activityText.views.sessions },
          {
            value: 'waits',
            label: <span data-alarm={blocked > 0 || undefined}>{activityText.views.waits(blocked)}</span>,
          },
        ]}
      />
      <Filter id={id} filter={filter} isActive={isActive} onLeave={onLeave} />
      <Checkbox
        className={classes.check}
        size="xs"
        label={activityText.hideIdle}
        checked={view.hidesIdle}
        onChange={(event) => onView({ hidesIdle: event.currentTarget.checked })}
      />
      <Checkbox
        className={classes.check}
        size="xs"
        label={activityText.hideOwn}
        checked={view.hidesOwn}
        onChange={(event) => onView({ hidesOwn: event.currentTarget.checked })}
      />
      <SampleCost {...activity} />
      <Tooltip
        label={<ShortcutHint label={isPaused ? activityText.resume : activityText.pause} shortcut="Space" />}
      >
        <Button
          size="xs"
          variant="default"
          className={classes.pause}
          leftSection={isPaused ? <IconPlayerPlay size={13} /> : <IconPlayerPause size={13} />}
          onClick={() => setPaused(id, !isPaused)}
        >
          {isPaused ? activityText.resume : activityText.pause}
        </Button>
      </Tooltip>
    </div>
  );
}
