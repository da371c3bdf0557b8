import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

export function serverHandlers({ databases, server }: Services): TopicHandlers<'server'> {
  return {
    'server.databases': ({ id }, { signal }) => databases.list(id, signal),
    'server.databaseSizes': ({ id }, { signal }) => databases.sizes(id, signal),
    'server.openDatabase': async ({ id, database }, { signal }) => {
      await databases.open(id, database, signal);
      return null;
    },
    'server.rights': (input, { signal }) => server.rights(input, signal),
    'server.settings': ({ id }, { signal }) => server.settings(id, signal),
  };
}
