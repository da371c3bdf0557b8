import { Button, Text } from '@mantine/core';
import { useEffect } from 'react';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { FactList } from '../../components/FactList.tsx';
import { Notice } from '../../components/Notice.tsx';
import { demoText } from '../../text/demo.ts';
import { settingsText } from '../../text/settings.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { DemoProgress, useDemoStatus } from '../demo/index.ts';
import classes from './Settings.module.css';
import { SettingsGroup } from './SettingsGroup.tsx';
import { settingsStore, useSettings } from './settings.ts';

function ResetOutcome() {
  const reset = useSettings((store) => store.reset);
  const { cancelReset } = settingsStore.getState();
  switch (reset.status) {
    case 'idle':
      return null;
    case 'running':
      return (
        <>
          <DemoProgress />
          <Button variant="default" className={classes.action} onClick={cancelReset}>
            {vocabulary.cancel}
          </Button>
        </>
      );
    case 'failed':
      return <ErrorPanel error={reset.error} />;
    case 'done':
      return <Notice tone="success">{settingsText.demoResetDone}</Notice>;
  }
}

/** The demo server: where it stands, and back to its first state. */
export function DemoGroup() {
  const status = useDemoStatus();
  const resetting = useSettings((store) => store.reset.status === 'running');
  useEffect(() => settingsStore.getState().forgetReset, []);
  return (
    <SettingsGroup heading={settingsText.sections.demo}>
      <p className={classes.text}>{settingsText.demoMessage}</p>
      <ResetOutcome />
      {!resetting && (
        <>
          <FactList
            facts={[
              {
                label: settingsText.demoStatus,
                value: status === null ? settingsText.demoUnknown : demoText.describe(status),
              },
            ]}
          />
          <div>
            <Button
              variant="default"
              disabled={status?.status === 'absent'}
              onClick={() => void settingsStore.getState().resetDemo()}
            >
              {settingsText.demoReset}
            </Button>
            <Text className={classes.hint}>{settingsText.demoResetHint}</Text>
          </div>
        </>
      )}
    </SettingsGroup>
  );
}
