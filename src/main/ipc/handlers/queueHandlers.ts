import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

export function queueHandlers({ queue }: Services): TopicHandlers<'queue'> {
  return {
    'queue.status': () => queue.status(),
    'queue.configure': (input, { signal }) => queue.configure(input, signal),
    'queue.test': (input, { signal }) => queue.test(input, signal),
    'queue.newWorkerKey': (_, { signal }) => queue.newWorkerKey(signal),
  };
}
