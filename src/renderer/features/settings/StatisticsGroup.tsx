import { Switch } from '@mantine/core';
import { settingsText } from '../../text/settings.ts';
import { SettingsGroup } from './SettingsGroup.tsx';
import { settingsStore, useSettings } from './settings.ts';

const words = settingsText.statistics;

/** Whether the statistics of statements outlive the app. */
export function StatisticsGroup() {
  const keepsStatistics = useSettings((store) => store.preferences.keepsStatistics);
  return (
    <SettingsGroup heading={words.heading}>
      <Switch
        label={words.label}
        description={words.hint}
        checked={keepsStatistics}
        onChange={({ currentTarget: { checked } }) =>
          void settingsStore.getState().setPreferences({ keepsStatistics: checked })
        }
      />
    </SettingsGroup>
  );
}
