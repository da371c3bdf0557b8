import type { CallOutput } from '../../../shared/ipc/contract.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { isCancelled, type WizardContext } from './wizardContext.ts';
import { draftOfForm, withSecret } from './wizardForm.ts';
import { isComplete, type WizardState, withDetailsRefused, withForm } from './wizardState.ts';

export interface SignInActions {
  /** Lets the person sign in at the server, in the system's browser. What it gives goes into the form by name only. */
  readonly signIn: () => Promise<void>;
  readonly cancelSignIn: () => void;
}

type Change = (state: WizardState) => WizardState;

const signedIn =
  ({ field, id, expiresAt }: CallOutput<'requests.signIn'>): Change =>
  (state) => ({
    ...withForm(state, withSecret(state.form, field, { typed: '', obtained: { id, expiresAt } })),
    signIn: { status: 'idle' },
  });

const failed =
  (error: unknown): Change =>
  (state) => ({
    ...state,
    signIn: isCancelled(error) ? { status: 'idle' } : { status: 'failed', error: errorDtoOf(error) },
  });

/** Signs in, once at a time. The answer of a sign-in that was given up is dropped. */
export function createSignInActions({ call, withVault, current, update }: WizardContext): SignInActions {
  let running: AbortController | null = null;
  const show = (signIn: WizardState['signIn']) => update((state) => ({ ...state, signIn }));

  return {
    async signIn() {
      const state = current();
      if (state === null || running !== null) return;
      if (!isComplete(state)) return update(withDetailsRefused);
      const abort = new AbortController();
      running = abort;
      show({ status: 'running' });
      const draft = draftOfForm(state.form, state.original?.dataSource.id ?? null);
      const ask = () => call('requests.signIn', { draft }, { signal: abort.signal });
      const next = await withVault(ask).then(signedIn, failed);
      if (running !== abort) return;
      running = null;
      update(next);
    },
    cancelSignIn() {
      if (running === null) return;
      running.abort();
      running = null;
      show({ status: 'idle' });
    },
  };
}
