import { Checkbox, Input, NativeSelect, SegmentedControl, Switch } from '@mantine/core';
import { appLockSettingsSchema, type VaultStatus } from '../../../shared/model/vault.ts';
import { settingsText } from '../../text/settings.ts';
import { useVault } from '../vault/index.ts';
import classes from './Settings.module.css';
import { SettingsGroup } from './SettingsGroup.tsx';
import { changeAppLock, enableAppLock } from './securityActions.ts';

const words = settingsText.appLock;
const never = 'never';
const offeredMinutes = [1, 5, 10, 15, 30, 60, 240];
const connectionsSchema = appLockSettingsSchema.shape.connections;

function hintOf({ mode, hasPassphrase }: VaultStatus): string {
  if (hasPassphrase) return words.enabledHint;
  return mode === 'keychain' ? words.needsPassphrase : words.needsMode;
}

/** The times offered, with the one that is set if it is another. */
function idleChoices(current: number | null) {
  const minutes = [...new Set([...offeredMinutes, ...(current === null ? [] : [current])])];
  return [
    ...minutes
      .sort((one, other) => one - other)
      .map((count) => ({ value: String(count), label: words.idleMinutes(count) })),
    { value: never, label: words.idleNever },
  ];
}

function AppLock({ status }: { status: VaultStatus }) {
  const { appLock, mode, hasPassphrase } = status;
  const { enabled } = appLock;
  return (
    <SettingsGroup heading={words.heading}>
      <Switch
        label={words.enabled}
        description={hintOf(status)}
        checked={enabled}
        disabled={!enabled && !hasPassphrase && mode !== 'keychain'}
        onChange={(event) =>
          event.currentTarget.checked ? void enableAppLock() : changeAppLock({ enabled: false })
        }
      />
      <div className={classes.choices}>
        <NativeSelect
          label={words.idle}
          data={idleChoices(appLock.idleMinutes)}
          value={appLock.idleMinutes === null ? never : String(appLock.idleMinutes)}
          disabled={!enabled}
          onChange={({ currentTarget: { value } }) =>
            changeAppLock({ idleMinutes: value === never ? null : Number(value) })
          }
        />
        <Input.Wrapper label={words.connections} labelElement="div">
          <div>
            <SegmentedControl
              aria-label={words.connections}
              data={connectionsSchema.options.map((value) => ({
                value,
                label: words.connectionsOf[value],
              }))}
              value={appLock.connections}
              disabled={!enabled}
              onChange={(value) => changeAppLock({ connections: connectionsSchema.parse(value) })}
            />
          </div>
        </Input.Wrapper>
      </div>
      <Checkbox
        label={words.withSystem}
        checked={appLock.withSystem}
        disabled={!enabled}
        onChange={(event) => changeAppLock({ withSystem: event.currentTarget.checked })}
      />
    </SettingsGroup>
  );
}

/** Whether, when and how the window locks itself. */
export function AppLockGroup() {
  const status = useVault((store) => store.status);
  return status !== null && <AppLock status={status} />;
}
