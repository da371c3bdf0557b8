import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from './topicHandlers.ts';

export function dataSourceHandlers(services: Services): TopicHandlers<'dataSources'> {
  const { dataSources, events, manager, tester } = services;
  return {
    'dataSources.list': () => dataSources.list(),
    'dataSources.states': () => manager.states(),
    'dataSources.save': (draft) => dataSources.save(draft),
    'dataSources.duplicate': ({ id }) => dataSources.duplicate(id),
    'dataSources.remove': async ({ id }) => {
      await dataSources.remove(id);
      return null;
    },
    'dataSources.restore': ({ id }) => dataSources.restore(id),
    'dataSources.test': (draft, { callId, signal }) =>
      tester.test(draft, signal, (stage) => events.publish('test.stage', { callId, stage })),
    'dataSources.connect': async ({ id }, { signal }) => {
      await manager.connect(id, signal);
      return null;
    },
    'dataSources.disconnect': async ({ id }) => {
      await manager.disconnect(id);
      return null;
    },
    'dataSources.serverInfo': ({ id }, { signal }) =>
      manager.withConnection(id, signal, (connection, describer) =>
        describer.serverInfo(connection, { signal }),
      ),
  };
}
