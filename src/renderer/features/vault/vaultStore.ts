import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { VaultStatus } from '../../../shared/model/vault.ts';
import type { CallOptions, call, onEvent } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { createDialogRun, type DialogRun } from './dialogRun.ts';
import {
  type AttemptActions,
  type FollowActions,
  idleAttempt,
  type PassingActions,
  type VaultStore,
} from './vaultState.ts';

export interface VaultPorts {
  readonly call: typeof call;
  readonly onEvent: typeof onEvent;
  readonly newCallId: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Shows a failure that has no place of its own on the screen. */
  readonly reportError: (error: ErrorDto) => void;
}

interface StoreContext extends VaultPorts {
  readonly set: StoreApi<VaultStore>['setState'];
  readonly get: StoreApi<VaultStore>['getState'];
  readonly dialogRun: DialogRun;
  /** Takes a status in, as main has just told it. */
  readonly take: (status: VaultStatus) => void;
}

function createFollowActions({ call, onEvent, set, get, take }: StoreContext): FollowActions {
  /** Counts statuses that main pushed: an answer asked for before the newest push is old. */
  let pushCount = 0;
  return {
    start() {
      const stops = [
        onEvent('vault.status', (status) => {
          pushCount += 1;
          take(status);
        }),
        onEvent('vault.progress', (progress) =>
          set(({ attempt }) =>
            attempt.status === 'running' && attempt.callId === progress.callId
              ? { attempt: { ...attempt, progress } }
              : {},
          ),
        ),
        onEvent('store.replaced', () => void get().load()),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
    async load() {
      const pushCountBefore = pushCount;
      try {
        const status = await call('vault.status', null);
        if (pushCount === pushCountBefore) take(status);
      } catch {
        // The store cannot be opened: the list of data sources says why, in the middle of the window.
        set({ status: null });
      }
    },
  };
}

function createAttemptActions({ call, set, dialogRun, take }: StoreContext): AttemptActions {
  const runToStatus = (work: (options: CallOptions) => Promise<VaultStatus>): Promise<void> =>
    dialogRun.run(work, (status, isCurrent) => {
      take(status);
      if (isCurrent) dialogRun.end(true);
    });
  return {
    unlock: (passphrase) => runToStatus((options) => call('vault.unlock', { passphrase }, options)),
    setMode: (choice, current) =>
      runToStatus((options) => call('vault.setMode', { choice, current }, options)),
    changePassphrase: (current, next) =>
      runToStatus((options) => call('vault.changePassphrase', { current, next }, options)),
    addPassphrase: (passphrase) =>
      runToStatus((options) => call('vault.addPassphrase', { passphrase }, options)),
    removePassphrase: (passphrase) =>
      runToStatus((options) => call('vault.removePassphrase', { passphrase }, options)),
    startOver: (current) => runToStatus((options) => call('vault.startOver', { current }, options)),
    weakenAppLock: (settings, current) =>
      runToStatus((options) => call('vault.setAppLock', { settings, current }, options)),
    rotate: (input) =>
      dialogRun.run(
        (options) => call('vault.rotate', input, options),
        (report, isCurrent) => {
          if (isCurrent) set({ attempt: { status: 'rotated', report } });
        },
      ),
  };
}

function createPassingActions({ call, set, get, take, reportError }: StoreContext): PassingActions {
  const inPassing = async (work: () => Promise<VaultStatus>): Promise<void> => {
    try {
      take(await work());
    } catch (error) {
      const dto = errorDtoOf(error);
      // The person said no to a question of main's.
      if (dto.code !== 'CANCELLED') reportError(dto);
    }
  };
  return {
    lock: () => inPassing(() => call('vault.lock', null)),
    setAppLock: (settings) => inPassing(() => call('vault.setAppLock', { settings, current: null })),
    startOverWithoutKey: () => inPassing(() => call('vault.startOver', { current: null })),
    async retry() {
      if (get().isRetrying) return;
      set({ isRetrying: true });
      await inPassing(() => call('vault.retry', null));
      set({ isRetrying: false });
    },
  };
}

/** The vault as main tells it, its dialogs, and what is done in them. */
export function createVaultStore(ports: VaultPorts) {
  return createStore<VaultStore>()((set, get) => {
    const dialogRun = createDialogRun({ ...ports, set, get });
    const take = (status: VaultStatus): void => {
      const wasLocked = get().status?.appLocked ?? false;
      set({ status });
      // Nothing waits behind the locked window.
      if (status.appLocked && !wasLocked) dialogRun.end(false);
    };
    const context: StoreContext = { ...ports, set, get, dialogRun, take };
    const { ask, dismiss, cancel } = dialogRun;
    return {
      status: null,
      dialog: null,
      attempt: idleAttempt,
      isRetrying: false,
      ...createFollowActions(context),
      ask,
      dismiss,
      cancel,
      ...createAttemptActions(context),
      ...createPassingActions(context),
    };
  });
}
