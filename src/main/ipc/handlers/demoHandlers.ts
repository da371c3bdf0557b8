import type { HandlerServices } from './services.ts';
import type { TopicHandlers } from './topicHandlers.ts';

export function demoHandlers({ demo }: HandlerServices): TopicHandlers<'demo'> {
  return {
    'demo.status': () => demo.status(),
    'demo.prepare': (_input, { signal }) => demo.prepare(signal),
    'demo.reset': async (_input, { signal }) => {
      await demo.reset(signal);
      return null;
    },
  };
}
