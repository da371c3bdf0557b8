import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

export function demoHandlers({ demo, resetDemo, startDemoApi }: Services): TopicHandlers<'demo'> {
  return {
    'demo.status': () => demo.status(),
    'demo.prepare': (_input, { signal }) => demo.prepare(signal),
    'demo.startApi': (_input, { signal }) => startDemoApi(signal),
    'demo.reset': async (_input, { signal }) => {
      await resetDemo(signal);
      return null;
    },
  };
}
