import { NativeSelect, Select, TextInput } from '@mantine/core';
import { setupText } from '../../../../text/pipelineSetup.ts';
import {
  type CronPreset,
  expressionOf,
  minuteSteps,
  type PresetType,
  presetOf,
  presetOfType,
} from '../form/cronForm.ts';
import classes from '../Setup.module.css';
import { useFault, useSetup } from '../setupContext.ts';

const words = setupText.schedule;
const presetTypes: readonly PresetType[] = ['minutes', 'hourly', 'daily', 'weekdays', 'weekly'];
/** The week begins on Monday. */
const weekdays = [1, 2, 3, 4, 5, 6, 0];

function zones(): readonly string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
}

interface PresetFieldsProps {
  readonly preset: CronPreset;
  readonly onChange: (preset: CronPreset) => void;
}

const two = (value: number): string => String(value).padStart(2, '0');
const hours = Array.from({ length: 24 }, (_, hour) => two(hour));
const minutes = Array.from({ length: 60 }, (_, minute) => two(minute));

/** Not a time field of the page: that one writes times as the system does, with AM and PM in places. */
function TimeFields({ time, onChange }: { time: string; onChange: (time: string) => void }) {
  const [hour = '00', minute = '00'] = time.split(':');
  return (
    <>
      <NativeSelect
        label={words.hour}
        value={hour}
        data={hours}
        onChange={({ currentTarget }) => onChange(`${currentTarget.value}:${minute}`)}
      />
      <NativeSelect
        label={words.minute}
        value={minute}
        data={minutes}
        onChange={({ currentTarget }) => onChange(`${hour}:${currentTarget.value}`)}
      />
    </>
  );
}

/** What is still to be said of a preset. */
function PresetFields({ preset, onChange }: PresetFieldsProps) {
  switch (preset.type) {
    case 'minutes':
      return (
        <NativeSelect
          label={words.every}
          value={String(preset.every)}
          data={minuteSteps.map(String)}
          onChange={({ currentTarget }) => onChange({ ...preset, every: Number(currentTarget.value) })}
        />
      );
    case 'hourly':
      return (
        <NativeSelect
          label={words.minute}
          value={String(preset.minute)}
          data={minutes.map((minute, value) => ({ value: String(value), label: minute }))}
          onChange={({ currentTarget }) => onChange({ ...preset, minute: Number(currentTarget.value) })}
        />
      );
    case 'daily':
    case 'weekdays':
      return <TimeFields time={preset.time} onChange={(time) => onChange({ ...preset, time })} />;
    case 'weekly':
      return (
        <>
          <NativeSelect
            label={words.weekday}
            value={String(preset.weekday)}
            data={weekdays.map((day) => ({ value: String(day), label: words.weekdays[day] ?? '' }))}
            onChange={({ currentTarget }) => onChange({ ...preset, weekday: Number(currentTarget.value) })}
          />
          <TimeFields time={preset.time} onChange={(time) => onChange({ ...preset, time })} />
        </>
      );
  }
}

/** When a schedule runs: by a preset or by the five fields, and in which time zone. */
export function CronFields() {
  const { form, change } = useSetup();
  const fault = useFault('cron');
  const preset = presetOf(form.cron);
  const isCustom = form.isCustomCron || preset === null;
  const choose = (value: string): void => {
    const type = presetTypes.find((one) => one === value);
    if (type === undefined) change({ isCustomCron: true });
    else change({ isCustomCron: false, cron: expressionOf(presetOfType(type, form.cron)) });
  };
  return (
    <>
      <div className={classes.triple}>
        <NativeSelect
          label={words.often}
          value={isCustom ? 'custom' : preset.type}
          data={[...presetTypes, 'custom' as const].map((value) => ({ value, label: words.presets[value] }))}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
        />
        {!isCustom && (
          <PresetFields preset={preset} onChange={(next) => change({ cron: expressionOf(next) })} />
        )}
      </div>
      {isCustom && (
        <TextInput
          label={words.cron}
          description={words.cronHint}
          classNames={{ input: classes.mono }}
          maxLength={200}
          spellCheck={false}
          value={form.cron}
          error={fault}
          onChange={({ currentTarget }) => change({ cron: currentTarget.value })}
        />
      )}
      <Select
        label={words.timeZone}
        searchable
        allowDeselect={false}
        limit={50}
        value={form.timeZone}
        data={[...new Set([form.timeZone, ...zones()])]}
        onChange={(timeZone) => {
          if (timeZone !== null) change({ timeZone });
        }}
      />
      <NativeSelect
        label={words.missed}
        value={form.missed}
        data={[
          { value: 'once', label: words.missedChoices.once },
          { value: 'skip', label: words.missedChoices.skip },
        ]}
        onChange={({ currentTarget: { value } }) => change({ missed: value === 'skip' ? 'skip' : 'once' })}
      />
    </>
  );
}
