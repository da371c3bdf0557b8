import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

export function demoHandlers({ demo, resetDemo }: Services): TopicHandlers<'demo'> {
  return {
    'demo.status': () => demo.status(),
    'demo.prepare': (_input, { signal }) => demo.prepare(signal),
    'demo.reset': async (_input, { signal }) => {
      await resetDemo(signal);
      return null;
    },
  };
}
