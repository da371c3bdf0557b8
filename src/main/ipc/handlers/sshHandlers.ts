import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

export function sshHandlers({ hostKeys, sshDialogues }: Services): TopicHandlers<'ssh'> {
  return {
    'ssh.answer': async ({ id, answers }) => {
      sshDialogues.answer(id, answers);
      return null;
    },
    'ssh.trustHostKey': async (change, { signal }) => ({
      isAccepted: await hostKeys.acceptChange(change, signal),
    }),
  };
}
