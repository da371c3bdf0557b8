import { Button } from '@mantine/core';
import { settingsText } from '../../text/settings.ts';
import { openAudit } from '../audit/index.ts';
import classes from './Settings.module.css';
import { SettingsGroup } from './SettingsGroup.tsx';

const words = settingsText.audit;

/** The way to what was done with keys, passwords and data sources. */
export function AuditGroup() {
  return (
    <SettingsGroup heading={words.heading}>
      <p className={classes.text}>{words.message}</p>
      <Button variant="default" className={classes.action} onClick={openAudit}>
        {words.open}
      </Button>
    </SettingsGroup>
  );
}
