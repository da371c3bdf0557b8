import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

export function statisticsHandlers({ statistics }: Services): TopicHandlers<'statistics'> {
  return {
    'statistics.page': (input) => statistics.page(input),
    'statistics.statement': ({ id, fingerprint }) => statistics.detail(id, fingerprint),
    'statistics.reset': ({ id }) => {
      statistics.reset(id);
      return null;
    },
  };
}
