import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

export function logHandlers({ log, operations }: Services): TopicHandlers<'log' | 'operations'> {
  return {
    'log.page': (input, { signal }) => log.page(input, signal),
    'log.levels': () => ({ settings: log.settings, scopes: [...log.scopes] }),
    'log.setLevels': (settings) => {
      log.setLevels(settings);
      return null;
    },
    'log.windowFailed': (failure) => {
      log.windowFailed(failure);
      return null;
    },
    'operations.list': (filter) => operations.list(filter),
    'operations.tree': ({ id }) => operations.tree(id),
  };
}
