import { Switch } from '@mantine/core';
import { resourcesText as words } from '../../../text/resources.ts';
import { Choice, Field } from '../fields.tsx';
import { useEditedForm } from '../formContext.ts';
import classes from '../Resources.module.css';
import type { IncrementalForm } from '../resourceForm.ts';

const kinds = ['timestamp', 'number'] as const;

/** How a later run reads only what has changed since. */
export function IncrementalSection() {
  const { form, errors, change } = useEditedForm();
  const { incremental } = form;
  const set = (fields: Partial<IncrementalForm>) => change({ incremental: { ...incremental, ...fields } });
  return (
    <>
      <Switch
        className={classes.wide}
        size="xs"
        label={words.incremental}
        description={words.incrementalHint}
        checked={incremental.isOn}
        onChange={(event) => set({ isOn: event.currentTarget.checked })}
      />
      {incremental.isOn && (
        <>
          <Field
            label={words.incrementalColumn}
            value={incremental.column}
            error={errors['incremental.column']}
            onChange={(column) => set({ column })}
          />
          <Field
            label={words.incrementalParameter}
            value={incremental.parameter}
            error={errors['incremental.parameter']}
            onChange={(parameter) => set({ parameter })}
          />
          <Choice
            label={words.incrementalKind}
            value={incremental.kind}
            options={kinds}
            textOf={words.incrementalKinds}
            onChange={(kind) => set({ kind })}
          />
          {incremental.kind === 'timestamp' && (
            <Field
              label={words.incrementalFormat}
              hint={words.incrementalFormatHint}
              isCode
              value={incremental.format}
              error={errors['incremental.format']}
              onChange={(format) => set({ format })}
            />
          )}
          <Field
            label={words.lookback}
            hint={words.lookbackHint}
            isNumber
            value={incremental.lookbackSeconds}
            error={errors['incremental.lookbackSeconds']}
            onChange={(lookbackSeconds) => set({ lookbackSeconds })}
          />
        </>
      )}
    </>
  );
}
