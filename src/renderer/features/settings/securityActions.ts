import type { AppLockSettings } from '../../../shared/model/vault.ts';
import { isWeakerLock } from '../../../shared/model/weakerLock.ts';
import { askUnlocked, vaultStore } from '../vault/index.ts';
import { settingsStore } from './settings.ts';

/** Changes the app lock; what makes it weaker takes the passphrase. */
export function changeAppLock(part: Partial<AppLockSettings>): void {
  const { ask, setAppLock, status } = vaultStore.getState();
  if (status === null) return;
  const settings = { ...status.appLock, ...part };
  if (isWeakerLock(settings, status.appLock)) void ask({ name: 'weaken-app-lock', settings });
  else void setAppLock(settings);
}

/** Turns the app lock on; where there is no passphrase to ask for yet, one is added first. */
export async function enableAppLock(): Promise<void> {
  const { status } = vaultStore.getState();
  if (status === null) return;
  if (!status.hasPassphrase && !(await askUnlocked({ name: 'add-passphrase' }))) return;
  await vaultStore.getState().setAppLock({ ...status.appLock, enabled: true });
}

/** For a person who cannot open the vault any more. Main asks first; a vault that is open takes its passphrase. */
export function startOver(): void {
  const { ask, startOverWithoutKey, status } = vaultStore.getState();
  const isOwned = status?.hasPassphrase === true && status.lock !== 'locked';
  void (isOwned ? ask({ name: 'start-over' }) : startOverWithoutKey());
}

/** Whether the key is old is main's to say, so it is asked once the preference is kept. */
export async function setRotationReminder(rotationReminder: boolean): Promise<void> {
  await settingsStore.getState().setPreferences({ rotationReminder });
  await vaultStore.getState().load();
}
