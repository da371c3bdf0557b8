import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type {
  AppLockSettings,
  ModeChoice,
  RotationInput,
  RotationReport,
  VaultProgress,
  VaultStatus,
} from '../../../shared/model/vault.ts';

/** A dialog of the vault; there is at most one. */
export type VaultDialog =
  /** `reason`: why the keychain cannot be used. */
  | { readonly name: 'choose-mode'; readonly reason: ErrorDto }
  | { readonly name: 'unlock' }
  | { readonly name: 'change-mode' }
  | { readonly name: 'change-passphrase' }
  | { readonly name: 'add-passphrase' }
  | { readonly name: 'remove-passphrase' }
  | { readonly name: 'rotate' }
  /** `settings`: those that take the passphrase, because they make the app lock weaker. */
  | { readonly name: 'weaken-app-lock'; readonly settings: AppLockSettings }
  | { readonly name: 'start-over' };

/** What the dialog, or the locked window, has asked of main. */
export type Attempt =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running';
      readonly callId: string;
      readonly progress: VaultProgress | null;
      readonly isCancelling: boolean;
    }
  /** `retryAt`: when the next attempt is looked at, in epoch milliseconds; null is at once. */
  | { readonly status: 'failed'; readonly error: ErrorDto; readonly retryAt: number | null }
  | { readonly status: 'rotated'; readonly report: RotationReport };

export const idleAttempt: Attempt = { status: 'idle' };

export interface VaultState {
  /** Null until main has answered, and while the store cannot be opened. */
  readonly status: VaultStatus | null;
  readonly dialog: VaultDialog | null;
  readonly attempt: Attempt;
  /** Whether the keychain is being asked again. */
  readonly isRetrying: boolean;
}

/** Following main. */
export interface FollowActions {
  /** The returned function stops. */
  readonly start: () => () => void;
  readonly load: () => Promise<void>;
}

export interface DialogActions {
  /** Opens a dialog in place of the one that is open; answers whether it got done what it is for. */
  readonly ask: (dialog: VaultDialog) => Promise<boolean>;
  /** The way out of a dialog: what runs is given up. */
  readonly dismiss: () => void;
  /** Gives up what runs; the dialog stays. */
  readonly cancel: () => void;
}

/** What the dialogs do: one at a time, with the result in `attempt`. A dialog that got done what it is for closes. */
export interface AttemptActions {
  readonly unlock: (passphrase: string) => Promise<void>;
  /** `current` is the passphrase there is, as in all of these; null for none. */
  readonly setMode: (choice: ModeChoice, current: string | null) => Promise<void>;
  readonly changePassphrase: (current: string, next: string) => Promise<void>;
  readonly addPassphrase: (passphrase: string) => Promise<void>;
  readonly removePassphrase: (passphrase: string) => Promise<void>;
  readonly startOver: (current: string) => Promise<void>;
  readonly weakenAppLock: (settings: AppLockSettings, current: string) => Promise<void>;
  /** Stays, to show what was done. */
  readonly rotate: (input: RotationInput) => Promise<void>;
}

/** What needs no dialog. Failures are reported, not thrown. */
export interface PassingActions {
  readonly lock: () => Promise<void>;
  /** Settings that do not make it weaker. */
  readonly setAppLock: (settings: AppLockSettings) => Promise<void>;
  /** For a vault that cannot be opened any more. */
  readonly startOverWithoutKey: () => Promise<void>;
  /** Asks the keychain again; the status then says how it went. */
  readonly retry: () => Promise<void>;
}

export type VaultStore = VaultState & FollowActions & DialogActions & AttemptActions & PassingActions;
