import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

export function auditHandlers({ auditing, events }: Services): TopicHandlers<'audit'> {
  return {
    'audit.page': (input) => auditing.page(input),
    'audit.count': async ({ filter }, { signal }) => ({ count: await auditing.count(filter, signal) }),
    'audit.check': (_input, { signal }) => auditing.check(signal),
    'audit.status': () => auditing.status(),
    'audit.seen': () => {
      auditing.seen();
      return null;
    },
    'audit.setRetention': async ({ keepDays }, { signal }) => ({
      removedCount: await auditing.setRetention(keepDays, signal),
    }),
    'audit.export': (input, { callId, signal }) =>
      auditing.export(input, {
        signal,
        onProgress: (progress) => events.publish('results.progress', { callId, progress }),
      }),
  };
}
