import type { MonitoringStatus } from '../shared/model/monitoring.ts';
import type { TabOf } from '../shared/model/tabs.ts';
import type { VaultStatus } from '../shared/model/vault.ts';
import {
  changeAppLock,
  enableAppLock,
  monitoringStore,
  setRotationReminder,
  settingsStore,
  startOver,
  tracingStore,
} from './features/settings/index.tsx';
import { tabsStore } from './features/tabs/index.ts';
import { askUnlocked, unlockVault, vaultStore } from './features/vault/index.ts';
import { type Command, commandsOf } from './lib/commands.ts';
import { copyText } from './lib/copyText.ts';
import { commandsText } from './text/commands.ts';

const words = commandsText.settingsActions;
type Section = TabOf<'settings'>['section'];

/** Whether the vault is so now; false while nothing is known of it. */
const when = (isSo: (status: VaultStatus) => boolean) => (): boolean => {
  const { status } = vaultStore.getState();
  return status !== null && isSo(status);
};

const openAt = (section: Section) => () => void tabsStore.getState().openSettings(section);

/** How far it is and how it ended stand in the settings. */
function resetDemo(): void {
  openAt('demo')();
  void settingsStore.getState().resetDemo();
}

const vaultCommands: readonly Omit<Command, 'group'>[] = [
  {
    id: 'vault.unlock',
    title: words.unlock,
    run: () => void unlockVault(),
    isEnabled: when(({ lock }) => lock === 'locked'),
  },
  {
    id: 'vault.retry',
    title: words.retry,
    run: () => void vaultStore.getState().retry(),
    isEnabled: when(({ problem }) => problem !== null),
  },
  {
    id: 'vault.changeMode',
    title: words.changeMode,
    run: () => void askUnlocked({ name: 'change-mode' }),
    isEnabled: when(() => true),
  },
  {
    id: 'vault.rotate',
    title: words.rotate,
    run: () => void askUnlocked({ name: 'rotate' }),
    isEnabled: when(({ key }) => key !== null),
  },
  {
    id: 'vault.changePassphrase',
    title: words.changePassphrase,
    run: () => void askUnlocked({ name: 'change-passphrase' }),
    isEnabled: when(({ hasPassphrase }) => hasPassphrase),
  },
  {
    id: 'vault.addPassphrase',
    title: words.addPassphrase,
    run: () => void askUnlocked({ name: 'add-passphrase' }),
    isEnabled: when(({ mode, hasPassphrase }) => mode === 'keychain' && !hasPassphrase),
  },
  {
    id: 'vault.removePassphrase',
    title: words.removePassphrase,
    run: () => void askUnlocked({ name: 'remove-passphrase' }),
    isEnabled: when(({ mode, hasPassphrase }) => mode === 'keychain' && hasPassphrase),
  },
  {
    id: 'vault.startOver',
    title: words.startOver,
    run: startOver,
    isEnabled: when(({ lock, problem }) => lock === 'locked' || problem !== null),
  },
];

const isReminded = (): boolean => settingsStore.getState().preferences.rotationReminder;

const switches: readonly Omit<Command, 'group'>[] = [
  {
    id: 'settings.reminder.on',
    title: words.reminderOn,
    run: () => void setRotationReminder(true),
    isEnabled: () => !isReminded(),
  },
  {
    id: 'settings.reminder.off',
    title: words.reminderOff,
    run: () => void setRotationReminder(false),
    isEnabled: isReminded,
  },
  {
    id: 'appLock.on',
    title: words.appLockOn,
    run: () => void enableAppLock(),
    isEnabled: when(
      ({ appLock, hasPassphrase, mode }) => !appLock.enabled && (hasPassphrase || mode === 'keychain'),
    ),
  },
  {
    id: 'appLock.off',
    title: words.appLockOff,
    run: () => changeAppLock({ enabled: false }),
    isEnabled: when(({ appLock }) => appLock.enabled),
  },
  {
    id: 'appLock.withSystem.on',
    title: words.lockWithSystemOn,
    run: () => changeAppLock({ withSystem: true }),
    isEnabled: when(({ appLock }) => appLock.enabled && !appLock.withSystem),
  },
  {
    id: 'appLock.withSystem.off',
    title: words.lockWithSystemOff,
    run: () => changeAppLock({ withSystem: false }),
    isEnabled: when(({ appLock }) => appLock.enabled && appLock.withSystem),
  },
];

const monitoringIs = (isSo: (status: MonitoringStatus['status']) => boolean) => (): boolean => {
  const { status } = monitoringStore.getState();
  return status !== null && isSo(status.status);
};

/** What comes of it, and why not, stands in the settings. */
const switchMonitoring = (isOn: boolean) => () => {
  openAt('monitoring')();
  void monitoringStore.getState().configure({ isOn });
};

const monitoringCommands: readonly Omit<Command, 'group'>[] = [
  {
    id: 'monitoring.on',
    title: words.monitoringOn,
    run: switchMonitoring(true),
    isEnabled: monitoringIs((status) => status !== 'listening'),
  },
  {
    id: 'monitoring.off',
    title: words.monitoringOff,
    run: switchMonitoring(false),
    isEnabled: monitoringIs((status) => status !== 'off'),
  },
  {
    id: 'monitoring.copyScrapeConfig',
    title: words.copyScrapeConfig,
    run: () => void monitoringStore.getState().copyScrapeConfig(),
    isEnabled: monitoringIs((status) => status === 'listening'),
  },
  {
    id: 'monitoring.renewToken',
    title: words.renewToken,
    run: () => void monitoringStore.getState().renewToken(),
    isEnabled: monitoringIs((status) => status === 'listening'),
  },
  {
    id: 'monitoring.showFiles',
    title: words.showMonitoringFiles,
    run: () => void monitoringStore.getState().showFiles(),
  },
];

const isTraced = (): boolean => tracingStore.getState().status?.settings.isOn === true;

const switchTracing = (isOn: boolean) => () => {
  openAt('tracing')();
  void tracingStore.getState().configure({ isOn });
};

const tracingCommands: readonly Omit<Command, 'group'>[] = [
  { id: 'tracing.on', title: words.tracingOn, run: switchTracing(true), isEnabled: () => !isTraced() },
  { id: 'tracing.off', title: words.tracingOff, run: switchTracing(false), isEnabled: isTraced },
  {
    id: 'tracing.test',
    title: words.sendTestSpan,
    run: () => {
      openAt('tracing')();
      void tracingStore.getState().sendTest();
    },
    isEnabled: () => (tracingStore.getState().status?.delivery ?? null) !== null,
  },
];

const copyPath = (which: 'userDataPath' | 'logPath') => () => {
  const path = settingsStore.getState().info?.[which];
  if (path !== undefined) copyText(path);
};

/** All that the settings can do, so that nobody has to know where it stands there. */
export const settingsCommands: readonly Command[] = commandsOf('settings', [
  {
    id: 'settings.open',
    title: commandsText.settings,
    shortcut: 'mod+comma',
    run: () => void tabsStore.getState().openSettings(),
  },
  ...(Object.keys(words.section) as Section[]).map((section) => ({
    id: `settings.section.${section}`,
    title: words.section[section],
    run: openAt(section),
  })),
  ...(['system', 'light', 'dark'] as const).map((theme) => ({
    id: `settings.theme.${theme}`,
    title: words.theme[theme],
    run: () => void settingsStore.getState().setPreferences({ theme }),
    isEnabled: () => settingsStore.getState().preferences.theme !== theme,
  })),
  ...vaultCommands,
  ...switches,
  ...monitoringCommands,
  ...tracingCommands,
  { id: 'recovery.backUp', title: words.backUp, run: () => void settingsStore.getState().backUp() },
  { id: 'demo.reset', title: words.resetDemo, run: resetDemo },
  { id: 'settings.copyDataFolder', title: words.copyDataFolder, run: copyPath('userDataPath') },
  { id: 'settings.copyLogFile', title: words.copyLogFile, run: copyPath('logPath') },
]);
