import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

export function activityHandlers({ activity }: Services): TopicHandlers<'activity'> {
  return {
    'activity.cancelStatement': async (input, { signal }) => ({
      outcome: await activity.cancel(input, signal),
    }),
    'activity.terminateSession': async (input, { signal }) => ({
      outcome: await activity.terminate(input, signal),
    }),
  };
}
