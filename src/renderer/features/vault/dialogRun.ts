import { ApiError, type CallOptions } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { type Attempt, type DialogActions, idleAttempt, type VaultState } from './vaultState.ts';

interface DialogRunOptions {
  readonly set: (change: Partial<VaultState> | ((state: VaultState) => Partial<VaultState>)) => void;
  readonly get: () => VaultState;
  readonly newCallId: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The open dialog: who waits for it, and the one thing that it runs. */
export interface DialogRun extends DialogActions {
  /** Closes the dialog; what runs is given up. */
  readonly end: (worked: boolean) => void;
  /**
   * Runs what the dialog is for, unless something runs already. Failures go into the attempt; those of work that was
   * given up with its dialog tell nothing any more.
   * @param onDone `isCurrent` is false for work that was given up and got done all the same
   */
  readonly run: <Value>(
    work: (options: CallOptions) => Promise<Value>,
    onDone: (value: Value, isCurrent: boolean) => void,
  ) => Promise<void>;
}

function afterFailure(error: unknown, nowMs: number): Attempt {
  if (error instanceof ApiError && error.dto.code === 'CANCELLED') return idleAttempt;
  const dto = errorDtoOf(error);
  const retryAt = dto.retryAfterMs === undefined ? null : nowMs + dto.retryAfterMs;
  return { status: 'failed', error: dto, retryAt };
}

export function createDialogRun({ set, get, newCallId, now }: DialogRunOptions): DialogRun {
  let running: AbortController | null = null;
  let asked: { readonly done: Promise<boolean>; readonly settle: (worked: boolean) => void } | null = null;

  const end = (worked: boolean): void => {
    running?.abort();
    running = null;
    const settle = asked?.settle;
    asked = null;
    set({ dialog: null, attempt: idleAttempt });
    settle?.(worked);
  };

  return {
    end,
    dismiss: () => end(false),
    cancel() {
      running?.abort();
      set(({ attempt }) =>
        attempt.status === 'running' ? { attempt: { ...attempt, isCancelling: true } } : {},
      );
    },
    ask(dialog) {
      if (asked !== null && get().dialog?.name === dialog.name) return asked.done;
      end(false);
      let settle: (worked: boolean) => void = () => {};
      const done = new Promise<boolean>((resolve) => {
        settle = resolve;
      });
      asked = { done, settle };
      set({ dialog });
      return done;
    },
    async run(work, onDone) {
      if (running !== null) return;
      const abort = new AbortController();
      running = abort;
      const callId = newCallId();
      set({ attempt: { status: 'running', callId, progress: null, isCancelling: false } });
      try {
        const value = await work({ callId, signal: abort.signal });
        const isCurrent = running === abort;
        if (isCurrent) running = null;
        onDone(value, isCurrent);
      } catch (error) {
        if (running !== abort) return;
        running = null;
        set({ attempt: afterFailure(error, now()) });
      }
    },
  };
}
