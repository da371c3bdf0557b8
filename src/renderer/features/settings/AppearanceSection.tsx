import { SegmentedControl, Text } from '@mantine/core';
import { preferencesSchema } from '../../../shared/model/appInfo.ts';
import { settingsText } from '../../text/settings.ts';
import classes from './SettingsDialog.module.css';
import { settingsStore, useSettings } from './settings.ts';

const themeSchema = preferencesSchema.shape.theme;

/** Light, dark, or as the system is. */
export function AppearanceSection() {
  const theme = useSettings((store) => store.preferences.theme);
  return (
    <div className={classes.section}>
      <div>
        <Text fw={500} mb={6}>
          {settingsText.themeLabel}
        </Text>
        <SegmentedControl
          aria-label={settingsText.themeLabel}
          data={themeSchema.options.map((value) => ({ value, label: settingsText.theme[value] }))}
          value={theme}
          onChange={(value) =>
            void settingsStore.getState().setPreferences({ theme: themeSchema.parse(value) })
          }
        />
      </div>
    </div>
  );
}
