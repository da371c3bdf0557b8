import { ApiError, type call, type onEvent } from '../../lib/api.ts';
import type { WithVault } from '../vault/index.ts';
import type { WizardState } from './wizardState.ts';

/** What the wizard needs from outside. */
export interface WizardPorts {
  readonly call: typeof call;
  readonly onEvent: typeof onEvent;
  readonly newCallId: () => string;
  /** Runs work that may need the vault, and once more after the person has made it usable. */
  readonly withVault: WithVault;
}

/** The wizard as its parts see it: its state, if it is open, and the one way to change it. */
export interface WizardContext extends WizardPorts {
  readonly current: () => WizardState | null;
  /** Does nothing once the wizard is closed. */
  readonly update: (change: (state: WizardState) => WizardState) => void;
}

export const isCancelled = (error: unknown): boolean =>
  error instanceof ApiError && error.dto.code === 'CANCELLED';
