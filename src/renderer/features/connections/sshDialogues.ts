import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { SshDialogue } from '../../../shared/model/sshDialogue.ts';
import { call, onEvent } from '../../lib/api.ts';
import { notifyFailure } from '../../lib/notifyFailure.ts';

interface SshDialogueStore {
  /** What SSH servers ask now, the oldest first. */
  readonly waiting: readonly SshDialogue[];
}

const store = createStore<SshDialogueStore>()(() => ({ waiting: [] }));

export const useSshDialogue = (): SshDialogue | null => useStore(store, ({ waiting }) => waiting[0] ?? null);

/** Follows the questions of SSH servers; the returned function stops. */
export function followSshDialogues(): () => void {
  const over = (id: string) =>
    store.setState(({ waiting }) => ({ waiting: waiting.filter((dialogue) => dialogue.id !== id) }));
  const stops = [
    onEvent('ssh.asked', (dialogue) =>
      store.setState(({ waiting }) => ({ waiting: [...waiting, dialogue] })),
    ),
    onEvent('ssh.over', ({ id }) => over(id)),
  ];
  return () => {
    for (const stop of stops) stop();
    store.setState({ waiting: [] });
  };
}

/** @param answers null when the person does not want to log in; they are not kept */
export async function answerSsh(id: string, answers: string[] | null): Promise<void> {
  try {
    await call('ssh.answer', { id, answers });
  } catch (error) {
    notifyFailure(error);
  }
}
