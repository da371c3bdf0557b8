import type { Services } from '../../app/services.ts';
import { neverAborted } from '../../base/abort.ts';
import type { TopicHandlers } from './topicHandlers.ts';

export function demoHandlers(services: Services): TopicHandlers<'demo'> {
  const { demo } = services;
  return {
    'demo.status': () => demo.status(),
    'demo.prepare': (_input, { signal }) => demo.prepare(signal),
    'demo.reset': async (_input, { signal }) => {
      await resetDemo(services, signal);
      return null;
    },
  };
}

/** Data sources on the demo server let go of it while it is reset, and those that were in use come back. */
async function resetDemo({ dataSources, demo, manager }: Services, signal: AbortSignal): Promise<void> {
  const states = manager.states();
  const onDemo = dataSources.list().dataSources.filter(({ dataSource }) => dataSource.demo);
  const inUse = onDemo.map(({ dataSource }) => dataSource.id).filter((id) => id in states);
  await Promise.all(inUse.map((id) => manager.disconnect(id)));
  try {
    await demo.reset(signal);
  } finally {
    // Why one cannot connect is in its state, where people see it.
    for (const id of inUse) manager.connect(id, neverAborted).catch(() => undefined);
  }
}
