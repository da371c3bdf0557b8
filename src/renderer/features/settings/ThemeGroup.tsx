import { SegmentedControl } from '@mantine/core';
import { preferencesSchema } from '../../../shared/model/appInfo.ts';
import { settingsText } from '../../text/settings.ts';
import classes from './Settings.module.css';
import { SettingsGroup } from './SettingsGroup.tsx';
import { settingsStore, useSettings } from './settings.ts';

const themeSchema = preferencesSchema.shape.theme;

/** Light, dark, or as the system is. */
export function ThemeGroup() {
  const theme = useSettings((store) => store.preferences.theme);
  return (
    <SettingsGroup heading={settingsText.themeLabel}>
      <SegmentedControl
        className={classes.action}
        aria-label={settingsText.themeLabel}
        data={themeSchema.options.map((value) => ({ value, label: settingsText.theme[value] }))}
        value={theme}
        onChange={(value) =>
          void settingsStore.getState().setPreferences({ theme: themeSchema.parse(value) })
        }
      />
    </SettingsGroup>
  );
}
