import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

export function diagnosticsHandlers({ diagnostics }: Services): TopicHandlers<'diagnostics'> {
  return {
    'diagnostics.collect': (_input, { signal }) => diagnostics.collect(signal),
    'diagnostics.save': async ({ id }) => {
      const fileName = await diagnostics.save(id);
      return fileName === null ? null : { fileName };
    },
  };
}
