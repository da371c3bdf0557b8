import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

export function tracingHandlers({ tracing }: Services): TopicHandlers<'tracing'> {
  return {
    'tracing.status': () => tracing.status(),
    'tracing.configure': (settings, { signal }) => tracing.configure(settings, signal),
    'tracing.setHeader': ({ header }) => tracing.setHeader(header),
    'tracing.test': () => tracing.sendTest(),
  };
}
