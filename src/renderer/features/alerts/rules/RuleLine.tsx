import { ActionIcon, Checkbox, Switch, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { AlertRule } from '../../../../shared/model/alerts.ts';
import { alertsText, alertRulesText as words } from '../../../text/alerts.ts';
import { useDataSource } from '../../connections/index.ts';
import classes from './AlertRules.module.css';
import { alertRulesStore } from './alertRulesStore.ts';
import { FigureField } from './FigureField.tsx';

/** A rule: whether it holds, its figures, and whether the desktop says so. Those of one data source can be removed. */
export function RuleLine({ rule }: { readonly rule: AlertRule }) {
  const { kind, sourceId, enabled, notifies } = rule;
  const source = useDataSource(sourceId ?? '')?.dataSource;
  const { remove, set } = alertRulesStore.getState();
  const name = source === undefined ? alertsText.kinds[kind] : words.forSource(kind, source.name);
  return (
    <li className={classes.line} data-own={sourceId !== null || undefined}>
      <Switch
        className={classes.name}
        aria-label={name}
        label={source?.name ?? alertsText.kinds[kind]}
        description={sourceId === null && words.hints[kind]}
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
      {sourceId !== null && (
        <Tooltip label={words.remove(name)}>
          <ActionIcon size={22} aria-label={words.remove(name)} onClick={() => void remove(rule)}>
            <IconX size={14} />
          </ActionIcon>
        </Tooltip>
      )}
    </li>
  );
}
