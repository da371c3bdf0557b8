import { Button, NativeSelect } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { type AlertKind, alertKinds, alertSubjectOf } from '../../../../shared/model/alertChoices.ts';
import type { AlertRule } from '../../../../shared/model/alerts.ts';
import { alertsText, alertRulesText as words } from '../../../text/alerts.ts';
import { usePipelineOptions, useSourceOptions } from '../useSubject.ts';
import classes from './AlertRules.module.css';
import { alertRulesStore } from './alertRulesStore.ts';

/** Makes a rule for one data source or pipeline, which begins as that for all and is on. */
export function RuleAdder({ rules }: { readonly rules: readonly AlertRule[] }) {
  const options = { source: useSourceOptions(), pipeline: usePipelineOptions() };
  const [kind, setKind] = useState<AlertKind>('down');
  const [chosenId, setChosenId] = useState('');
  const subject = alertSubjectOf(kind);
  const subjects = options[subject];
  const subjectId = (subjects.find(({ value }) => value === chosenId) ?? subjects[0])?.value;
  const general = rules.find((rule) => rule.kind === kind && rule.subjectId === null);
  const isThere = rules.some((rule) => rule.kind === kind && rule.subjectId === subjectId);
  if (options.source.length === 0) return <p className={classes.message}>{words.noSources}</p>;
  const add = () => {
    if (general === undefined || subjectId === undefined) return;
    void alertRulesStore.getState().set({ ...general, subjectId, enabled: true });
  };
  return (
    <div className={classes.adder}>
      <NativeSelect
        className={classes.choice}
        label={words.kind}
        value={kind}
        data={alertKinds.map((value) => ({ value, label: alertsText.kinds[value] }))}
        onChange={({ currentTarget: { value } }) => setKind(alertKinds.find((one) => one === value) ?? kind)}
      />
      <NativeSelect
        className={classes.choice}
        label={words.subject[subject]}
        disabled={subjectId === undefined}
        value={subjectId ?? ''}
        data={subjects.length === 0 ? [{ value: '', label: words.noPipelines }] : subjects}
        onChange={({ currentTarget: { value } }) => setChosenId(value)}
      />
      <Button
        variant="default"
        leftSection={<IconPlus size={14} />}
        disabled={isThere || subjectId === undefined}
        onClick={add}
      >
        {words.add}
      </Button>
    </div>
  );
}
