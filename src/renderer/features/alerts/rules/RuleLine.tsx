import { ActionIcon, Checkbox, Switch, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { AlertRule } from '../../../../shared/model/alerts.ts';
import { alertsText, alertRulesText as words } from '../../../text/alerts.ts';
import { useSubjectName } from '../useSubject.ts';
import classes from './AlertRules.module.css';
import { alertRulesStore } from './alertRulesStore.ts';
import { FigureField } from './FigureField.tsx';

/** A rule: whether it holds, its figures, and whether the desktop says so. Those for one data source or pipeline can be removed. */
export function RuleLine({ rule }: { readonly rule: AlertRule }) {
  const { kind, subjectId, enabled, notifies } = rule;
  const subjectName = useSubjectName(kind, subjectId ?? '');
  const { remove, set } = alertRulesStore.getState();
  const name = subjectName === null ? alertsText.kinds[kind] : words.forOne(kind, subjectName);
  return (
    <li className={classes.line} data-own={subjectId !== null || undefined}>
      <Switch
        className={classes.name}
        aria-label={name}
        label={subjectName ?? alertsText.kinds[kind]}
        description={subjectId === null && words.hints[kind]}
        checked={enabled}
        onChange={({ currentTarget: { checked } }) => void set({ ...rule, enabled: checked })}
      />
      <FigureField rule={rule} figure="threshold" name={name} />
      <FigureField rule={rule} figure="clearThreshold" name={name} />
      <FigureField rule={rule} figure="forSeconds" name={name} />
      <Tooltip label={words.notifiesHint}>
        <Checkbox
          className={classes.notifies}
          aria-label={words.field(name, words.columns.notifies)}
          checked={notifies}
          disabled={!enabled}
          onChange={({ currentTarget: { checked } }) => void set({ ...rule, notifies: checked })}
        />
      </Tooltip>
      {subjectId !== null && (
        <Tooltip label={words.remove(name)}>
          <ActionIcon size={22} aria-label={words.remove(name)} onClick={() => void remove(rule)}>
            <IconX size={14} />
          </ActionIcon>
        </Tooltip>
      )}
    </li>
  );
}
