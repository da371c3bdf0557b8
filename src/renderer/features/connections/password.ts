import { useStore } from 'zustand';
import { call } from '../../lib/api.ts';
import { notifyError } from '../../lib/notify.tsx';
import { connectionsText } from '../../text/connections.ts';
import { withVault } from '../vault/index.ts';
import { connectionsStore } from './connections.ts';
import { createPasswordStore, type PasswordStore } from './passwordStore.ts';

/** The window's one question for a password. */
export const passwordStore = createPasswordStore({
  call,
  withVault,
  stateOf: (id) => connectionsStore.getState().states[id]?.status ?? 'idle',
  reportUnsaved: (error) => notifyError({ ...error, title: connectionsText.password.notSaved(error.title) }),
});

export function usePassword<Selected>(selector: (store: PasswordStore) => Selected): Selected {
  return useStore(passwordStore, selector);
}
