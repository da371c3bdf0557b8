import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

export function dataSourceHandlers(services: Services): TopicHandlers<'dataSources'> {
  const { connecting, databaseChoices, dataSources, events, manager, tester, urls } = services;
  return {
    'dataSources.list': () => dataSources.list(),
    'dataSources.states': () => manager.states(),
    'dataSources.save': (draft, { signal }) => dataSources.save(draft, signal),
    'dataSources.duplicate': ({ id }, { signal }) => dataSources.duplicate(id, signal),
    'dataSources.remove': async ({ id }) => {
      await dataSources.remove(id);
      return null;
    },
    'dataSources.restore': ({ id }) => dataSources.restore(id),
    'dataSources.test': (draft, { callId, signal }) =>
      tester.test(draft, signal, (stage) => events.publish('test.stage', { callId, stage })),
    'dataSources.databases': async (draft, { signal }) => [...(await databaseChoices.of(draft, signal))],
    'dataSources.chooseFile': async () => {
      const path = await services.chooseFile();
      return path === null ? null : { path };
    },
    'dataSources.readProfile': (named) => services.readProfile(named),
    'dataSources.connect': async ({ id, secret }, { signal }) => {
      await connecting.connect(id, secret, signal);
      return null;
    },
    'dataSources.disconnect': async ({ id }) => {
      await manager.disconnect(id);
      return null;
    },
    'dataSources.serverInfo': ({ id }, { signal }) =>
      manager.withConnection(id, signal, (connection, { catalogue }) =>
        catalogue.serverInfo(connection, { signal }),
      ),
    'dataSources.confirm': ({ id }) => dataSources.confirm(id),
    'dataSources.removeDamaged': async ({ id }) => {
      await dataSources.removeDamaged(id);
      return null;
    },
    'dataSources.copyUrl': async ({ id, withPassword }, { signal }) => {
      if (withPassword) return { copied: await urls.copyWithPassword(id, signal) };
      await urls.copy(id);
      return { copied: true };
    },
  };
}
