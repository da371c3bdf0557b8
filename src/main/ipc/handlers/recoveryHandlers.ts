import type { AppLife } from '../../app/AppLife.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

/** Answered also while the services could not be built. */
export function recoveryHandlers(life: AppLife): TopicHandlers<'recovery'> {
  return {
    'recovery.status': () => life.recoveryStatus(),
    'recovery.retry': () => life.retry(),
    'recovery.backUp': async () => (await life.services).backUp(),
    'recovery.restore': async ({ name }, { signal }) => ({ movedTo: await life.restore(name, signal) }),
    'recovery.startEmpty': async (_input, { signal }) => ({ movedTo: await life.startEmpty(signal) }),
  };
}
