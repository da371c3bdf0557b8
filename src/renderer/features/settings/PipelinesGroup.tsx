import { Switch, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import {
  pipelineSettingsSchema,
  type PipelineSettings as Settings,
} from '../../../shared/model/pipelineViews.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { call } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { latestValue } from '../../lib/loadable.ts';
import { useLoadable } from '../../lib/useLoadable.ts';
import { pipelineSettingsText as words } from '../../text/pipelines.ts';
import classes from './Settings.module.css';
import { SettingsGroup } from './SettingsGroup.tsx';

const fields = pipelineSettingsSchema.shape;

interface CountFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: number;
  readonly schema: typeof fields.concurrency;
  readonly onChange: (value: number) => void;
}

/** A number that takes effect with Enter, and when the field is left. */
function CountField({ label, hint, value, schema, onChange }: CountFieldProps) {
  const [text, setText] = useState(String(value));
  useEffect(() => setText(String(value)), [value]);
  const parsed = /^\d{1,6}$/.test(text.trim()) ? schema.safeParse(Number(text)) : null;
  const wanted = parsed?.success === true ? parsed.data : null;
  const apply = (): void => {
    if (wanted !== null && wanted !== value) onChange(wanted);
  };
  return (
    <TextInput
      classNames={{ input: classes.port }}
      label={label}
      description={hint}
      inputMode="numeric"
      maxLength={6}
      value={text}
      error={wanted === null && words.range(schema.minValue ?? 0, schema.maxValue ?? 0)}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onBlur={apply}
      onKeyDown={({ key }) => {
        if (key === 'Enter') apply();
        if (key === 'Escape') setText(String(value));
      }}
    />
  );
}

/** How many runs go on at once, what is kept of them, and whether they go on without the window. */
export function PipelinesGroup() {
  const { loadable } = useLoadable('settings', (signal) => call('pipelines.settings', null, { signal }));
  const [changed, setChanged] = useState<Settings | null>(null);
  const [error, setError] = useState<ErrorDto | null>(null);
  const settings = changed ?? latestValue(loadable);
  const shownError = error ?? (loadable.status === 'failed' ? loadable.error : null);
  const change = async (part: Partial<Settings>): Promise<void> => {
    if (settings === null) return;
    // At once, and back when it cannot be kept.
    setChanged({ ...settings, ...part });
    try {
      setChanged(await call('pipelines.setSettings', { ...settings, ...part }));
      setError(null);
    } catch (failure) {
      setChanged(settings);
      setError(errorDtoOf(failure));
    }
  };
  return (
    <>
      <SettingsGroup heading={words.heading}>
        <p className={classes.text}>{words.message}</p>
        {shownError !== null && <ErrorPanel error={shownError} />}
        {settings !== null && (
          <>
            <CountField
              label={words.concurrency}
              hint={words.concurrencyHint}
              value={settings.concurrency}
              schema={fields.concurrency}
              onChange={(concurrency) => void change({ concurrency })}
            />
            <CountField
              label={words.keptRuns}
              hint={words.keptRunsHint}
              value={settings.keptRuns}
              schema={fields.keptRuns}
              onChange={(keptRuns) => void change({ keptRuns })}
            />
          </>
        )}
      </SettingsGroup>
      {settings !== null && (
        <SettingsGroup heading={words.backgroundHeading}>
          <Switch
            label={words.startsAtLogin}
            description={words.startsAtLoginHint}
            checked={settings.startsAtLogin}
            onChange={({ currentTarget }) => void change({ startsAtLogin: currentTarget.checked })}
          />
          <Switch
            label={words.hasTray}
            description={words.hasTrayHint}
            checked={settings.hasTray}
            onChange={({ currentTarget }) => void change({ hasTray: currentTarget.checked })}
          />
        </SettingsGroup>
      )}
    </>
  );
}
