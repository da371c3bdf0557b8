import { Checkbox, Input, NativeSelect, SegmentedControl, Switch } from '@mantine/core';
import {
  type AppLockSettings,
  appLockSettingsSchema,
  isWeakerLock,
  type VaultStatus,
} from '../../../shared/model/vault.ts';
import { settingsText } from '../../text/settings.ts';
import { askUnlocked, vaultStore } from '../vault/index.ts';
import classes from './SettingsDialog.module.css';
import { SettingsGroup } from './SettingsGroup.tsx';

const words = settingsText.appLock;
const never = 'never';
const offeredMinutes = [1, 5, 10, 15, 30, 60, 240];
const connectionsSchema = appLockSettingsSchema.shape.connections;

/** Turns it on; where there is no passphrase to ask for yet, one is added first. */
async function enable(status: VaultStatus): Promise<void> {
  if (!status.hasPassphrase && !(await askUnlocked({ name: 'add-passphrase' }))) return;
  await vaultStore.getState().setAppLock({ ...status.appLock, enabled: true });
}

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

/** Whether, when and how the window locks itself. */
export function AppLockGroup({ status }: { status: VaultStatus }) {
  const { appLock, mode, hasPassphrase } = status;
  const { enabled } = appLock;
  const change = (part: Partial<AppLockSettings>) => {
    const { ask, setAppLock } = vaultStore.getState();
    const settings = { ...appLock, ...part };
    if (isWeakerLock(settings, appLock)) void ask({ name: 'weaken-app-lock', settings });
    else void setAppLock(settings);
  };
  return (
    <SettingsGroup heading={words.heading}>
      <Switch
        label={words.enabled}
        description={hintOf(status)}
        checked={enabled}
        disabled={!enabled && !hasPassphrase && mode !== 'keychain'}
        onChange={(event) => (event.currentTarget.checked ? void enable(status) : change({ enabled: false }))}
      />
      <div className={classes.choices}>
        <NativeSelect
          label={words.idle}
          data={idleChoices(appLock.idleMinutes)}
          value={appLock.idleMinutes === null ? never : String(appLock.idleMinutes)}
          disabled={!enabled}
          onChange={({ currentTarget: { value } }) =>
            change({ idleMinutes: value === never ? null : Number(value) })
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
              onChange={(value) => change({ connections: connectionsSchema.parse(value) })}
            />
          </div>
        </Input.Wrapper>
      </div>
      <Checkbox
        label={words.withSystem}
        checked={appLock.withSystem}
        disabled={!enabled}
        onChange={(event) => change({ withSystem: event.currentTarget.checked })}
      />
    </SettingsGroup>
  );
}
