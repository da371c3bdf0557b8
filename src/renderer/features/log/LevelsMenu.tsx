import { ActionIcon, NativeSelect, Popover, Tooltip } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import { useState } from 'react';
import { type LogLevel, logLevels } from '../../../shared/model/log.ts';
import { logText } from '../../text/log.ts';
import classes from './Log.module.css';
import { levelsStore, useLevels } from './levels.ts';

interface LevelChoiceProps {
  readonly label: string;
  /** Null: none of its own. */
  readonly level: LogLevel | null;
  /** What having none of its own means; absent: it must have one. */
  readonly asOthers?: string;
  readonly onLevel: (level: LogLevel | null) => void;
}

function LevelChoice({ label, level, asOthers, onLevel }: LevelChoiceProps) {
  return (
    <div className={classes.levelChoice}>
      <span className={classes.levelName} title={label}>
        {label}
      </span>
      <NativeSelect
        size="xs"
        aria-label={label}
        value={level ?? ''}
        data={[
          ...(asOthers === undefined ? [] : [{ value: '', label: asOthers }]),
          ...logLevels.map((value) => ({ value, label: logText.levels[value] })),
        ]}
        onChange={(event) => onLevel((event.currentTarget.value || null) as LogLevel | null)}
      />
    </div>
  );
}

function Choices() {
  const settings = useLevels((store) => store.settings);
  const scopes = useLevels((store) => store.scopes);
  const { setLevel } = levelsStore.getState();
  if (settings === null) return null;
  return (
    <>
      <p className={classes.hint}>{logText.settingsHint}</p>
      <LevelChoice
        label={logText.everyModule}
        level={settings.level}
        onLevel={(level) => void setLevel(null, level)}
      />
      <div className={classes.modules}>
        {scopes.map((scope) => (
          <LevelChoice
            key={scope}
            label={scope}
            level={settings.scopes[scope] ?? null}
            asOthers={logText.asOthers(settings.level)}
            onLevel={(level) => void setLevel(scope, level)}
          />
        ))}
      </div>
    </>
  );
}

/** How much each module writes, from now on. */
export function LevelsMenu() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" width={340} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={logText.settings} disabled={isOpen}>
          <ActionIcon aria-label={logText.settings} onClick={() => setIsOpen(!isOpen)}>
            <IconAdjustments size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={logText.settings}>
        <Choices />
      </Popover.Dropdown>
    </Popover>
  );
}
