import { Button, NativeSelect } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { type AlertKind, alertKinds } from '../../../../shared/model/alertChoices.ts';
import type { AlertRule } from '../../../../shared/model/alerts.ts';
import { alertsText, alertRulesText as words } from '../../../text/alerts.ts';
import { useConnections } from '../../connections/index.ts';
import classes from './AlertRules.module.css';
import { alertRulesStore } from './alertRulesStore.ts';

/** Makes a rule for one data source, which begins as that for all and is on. */
export function RuleAdder({ rules }: { readonly rules: readonly AlertRule[] }) {
  const order = useConnections((store) => store.order);
  const byId = useConnections((store) => store.byId);
  const sources = order.flatMap((id) => byId[id]?.dataSource ?? []);
  const [kind, setKind] = useState<AlertKind>('down');
  const [chosenId, setChosenId] = useState('');
  const sourceId = sources.find(({ id }) => id === chosenId)?.id ?? sources[0]?.id;
  const general = rules.find((rule) => rule.kind === kind && rule.sourceId === null);
  const isThere = rules.some((rule) => rule.kind === kind && rule.sourceId === sourceId);
  if (sourceId === undefined || general === undefined)
    return <p className={classes.message}>{words.noSources}</p>;
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
        label={words.source}
        value={sourceId}
        data={sources.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={({ currentTarget: { value } }) => setChosenId(value)}
      />
      <Button
        variant="default"
        leftSection={<IconPlus size={14} />}
        disabled={isThere}
        onClick={() => void alertRulesStore.getState().set({ ...general, sourceId, enabled: true })}
      >
        {words.add}
      </Button>
    </div>
  );
}
