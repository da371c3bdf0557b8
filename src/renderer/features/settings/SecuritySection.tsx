import { Button } from '@mantine/core';
import { settingsText } from '../../text/settings.ts';
import { openAudit } from '../audit/index.ts';
import { useVault } from '../vault/index.ts';
import { AppLockGroup } from './AppLockGroup.tsx';
import { BackupsGroup } from './BackupsGroup.tsx';
import classes from './SettingsDialog.module.css';
import { SettingsGroup } from './SettingsGroup.tsx';
import { VaultGroup } from './VaultGroup.tsx';

function AuditGroup() {
  const words = settingsText.audit;
  return (
    <SettingsGroup heading={words.heading}>
      <p className={classes.text}>{words.message}</p>
      <Button variant="default" className={classes.action} onClick={openAudit}>
        {words.open}
      </Button>
    </SettingsGroup>
  );
}

/** How passwords are kept on this computer, who may use them, and what was done with them. */
export function SecuritySection() {
  const status = useVault((store) => store.status);
  return (
    <div className={classes.section}>
      {status !== null && (
        <>
          <VaultGroup status={status} />
          <AppLockGroup status={status} />
          <AuditGroup />
        </>
      )}
      <BackupsGroup />
    </div>
  );
}
