import { NativeSelect } from '@mantine/core';
import { settingsText } from '../../text/settings.ts';
import classes from './Settings.module.css';
import { SettingsGroup } from './SettingsGroup.tsx';
import { rowLimitChoices, settingsStore, useSettings } from './settings.ts';

const words = settingsText.rowLimit;
const all = 'all';

/** How many rows of a result are kept. */
export function RowLimitGroup() {
  const rowLimit = useSettings((store) => store.preferences.rowLimit);
  return (
    <SettingsGroup heading={words.heading}>
      <NativeSelect
        className={classes.action}
        label={words.label}
        description={words.hint}
        data={rowLimitChoices(rowLimit).map((limit) => ({
          value: limit === null ? all : String(limit),
          label: limit === null ? words.all : words.first(limit),
        }))}
        value={rowLimit === null ? all : String(rowLimit)}
        onChange={({ currentTarget: { value } }) =>
          void settingsStore.getState().setPreferences({ rowLimit: value === all ? null : Number(value) })
        }
      />
    </SettingsGroup>
  );
}
