import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

export function monitoringHandlers({
  monitoring,
  showMonitoringFiles,
}: Services): TopicHandlers<'monitoring'> {
  return {
    'monitoring.status': () => monitoring.status(),
    'monitoring.configure': (settings) => monitoring.configure(settings),
    'monitoring.renewToken': (_, { signal }) => monitoring.renewToken(signal),
    'monitoring.copyScrapeConfig': async (_, { signal }) => ({
      copied: await monitoring.copyScrapeConfig(signal),
    }),
    'monitoring.showFiles': () => {
      showMonitoringFiles();
      return null;
    },
  };
}
