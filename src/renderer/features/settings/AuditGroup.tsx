import { Button, NativeSelect } from '@mantine/core';
import { auditRetentionDays } from '../../../shared/model/auditChoices.ts';
import { auditText } from '../../text/audit.ts';
import { settingsText } from '../../text/settings.ts';
import { openAudit, trailStatusStore, useTrailStatus } from '../audit/index.ts';
import classes from './Settings.module.css';
import { SettingsGroup } from './SettingsGroup.tsx';

const words = settingsText.audit;

/** How long entries are kept. Main asks before it removes any, and answers with what holds then. */
function Retention() {
  const keepDays = useTrailStatus(({ status }) => status?.keepDays ?? null);
  const isChanging = useTrailStatus((store) => store.isChanging);
  return (
    <NativeSelect
      className={classes.action}
      label={auditText.keepLabel}
      description={auditText.keepHint}
      disabled={isChanging}
      value={keepDays ?? 'all'}
      data={auditRetentionDays.map((days) => ({
        value: String(days ?? 'all'),
        label: auditText.keep[days ?? 'all'],
      }))}
      onChange={({ currentTarget: { value } }) => {
        const chosen = auditRetentionDays.find((days) => String(days ?? 'all') === value);
        if (chosen !== undefined) void trailStatusStore.getState().setRetention(chosen);
      }}
    />
  );
}

/** The way to what was done with keys, passwords and data sources. */
export function AuditGroup() {
  return (
    <SettingsGroup heading={words.heading}>
      <p className={classes.text}>{words.message}</p>
      <Button variant="default" className={classes.action} onClick={openAudit}>
        {words.open}
      </Button>
      <Retention />
    </SettingsGroup>
  );
}
