import { NativeSelect, Radio, Stack, Switch, TextInput } from '@mantine/core';
import { useEffect, useEffectEvent } from 'react';
import { setupText } from '../../../../text/pipelineSetup.ts';
import { connectionsStore } from '../../../connections/index.ts';
import { usePipelines } from '../../../pipelineList/index.ts';
import { ChoiceField } from '../Choice.tsx';
import type { PipelineForm } from '../form/pipelineForm.ts';
import classes from '../Setup.module.css';
import { useFault, useSetup } from '../setupContext.ts';
import { CronFields } from './CronFields.tsx';
import { NextRuns } from './NextRuns.tsx';

const words = setupText.schedule;

/** A name that says what it copies; empty while that is not known. */
function suggestedName(form: PipelineForm): string {
  const { byId } = connectionsStore.getState();
  const nameOf = (id: string): string => byId[id]?.dataSource.name ?? '';
  const source = form.sourceType === 'relation' ? form.relation : `${nameOf(form.sourceId)} ${words.query}`;
  const destination =
    form.destination === 'file'
      ? setupText.destination.formats[form.format]
      : [form.toSchema, form.toTable].filter((part) => part !== '').join('.');
  if (source.trim() === '' || destination === '') return '';
  return words.suggested(source, destination).slice(0, 120);
}

function AfterFields() {
  const { form, change, pipelineId } = useSetup();
  const fault = useFault('after');
  const others = usePipelines((store) => store.pipelines).filter(({ id }) => id !== pipelineId);
  if (others.length === 0) return <p className={classes.hint}>{words.noOthers}</p>;
  return (
    <NativeSelect
      label={words.after}
      description={words.afterHint}
      value={form.after}
      data={[{ value: '', label: '' }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
      error={fault}
      onChange={({ currentTarget }) => change({ after: currentTarget.value })}
    />
  );
}

function WhenFields() {
  const { form, change } = useSetup();
  return (
    <>
      <ChoiceField
        label={words.when}
        value={form.schedule}
        choices={words.kinds}
        onChange={(schedule) => change({ schedule })}
      />
      {form.schedule === 'manual' && <p className={classes.hint}>{words.manualHint}</p>}
      {form.schedule === 'cron' && <CronFields />}
      {form.schedule === 'after' && <AfterFields />}
      {form.schedule !== 'manual' && (
        <Switch
          label={words.isEnabled}
          checked={form.isEnabled}
          onChange={({ currentTarget }) => change({ isEnabled: currentTarget.checked })}
        />
      )}
    </>
  );
}

function ChoiceGroup<Choice extends string>(props: {
  readonly label: string;
  readonly value: Choice;
  readonly choices: Readonly<Record<Choice, string>>;
  readonly onChange: (choice: Choice) => void;
}) {
  const { label, value, choices, onChange } = props;
  const keys = Object.keys(choices) as Choice[];
  return (
    <Radio.Group
      label={label}
      value={value}
      onChange={(chosen) => onChange(keys.find((key) => key === chosen) ?? value)}
    >
      <Stack gap={6} mt={6}>
        {keys.map((key) => (
          <Radio key={key} size="xs" value={key} label={choices[key]} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function ChangeFields() {
  const { form, change } = useSetup();
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{words.changes}</legend>
      <ChoiceGroup
        label={words.newColumns}
        value={form.newColumns}
        choices={words.newColumnChoices}
        onChange={(newColumns) => change({ newColumns })}
      />
      <ChoiceGroup
        label={words.changedTypes}
        value={form.changedTypes}
        choices={words.changedTypeChoices}
        onChange={(changedTypes) => change({ changedTypes })}
      />
      <p className={classes.hint}>{words.missingHint}</p>
    </fieldset>
  );
}

function FailureFields() {
  const { form, change } = useSetup();
  const rejectedFault = useFault('maxRejectedRows');
  const attemptsFault = useFault('maxAttempts');
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{words.failures}</legend>
      <div className={classes.pair}>
        <TextInput
          label={words.rejectedRows}
          description={words.rejectedRowsHint}
          inputMode="numeric"
          maxLength={7}
          value={form.maxRejectedRows}
          error={rejectedFault}
          onChange={({ currentTarget }) => change({ maxRejectedRows: currentTarget.value })}
        />
        <TextInput
          label={words.attempts}
          description={words.attemptsHint}
          inputMode="numeric"
          maxLength={2}
          value={form.maxAttempts}
          error={attemptsFault}
          onChange={({ currentTarget }) => change({ maxAttempts: currentTarget.value })}
        />
      </div>
    </fieldset>
  );
}

/** How it is called, when it runs, and what happens when something is not as it was. */
export function ScheduleStep() {
  const { form, change } = useSetup();
  const nameFault = useFault('name');
  const suggest = useEffectEvent(() => {
    const name = form.name.trim() === '' ? suggestedName(form) : '';
    if (name !== '') change({ name });
  });
  useEffect(() => suggest(), []);
  return (
    <div className={classes.panes}>
      <div className={classes.fields}>
        <TextInput
          label={words.name}
          maxLength={120}
          value={form.name}
          error={nameFault}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        />
        <WhenFields />
        <ChangeFields />
        <FailureFields />
      </div>
      <NextRuns />
    </div>
  );
}
