import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from './topicHandlers.ts';

export function auditHandlers({ audit }: Services): TopicHandlers<'audit'> {
  return {
    'audit.page': (input) => audit.page(input),
    'audit.check': (_, { signal }) => audit.check(signal),
  };
}
