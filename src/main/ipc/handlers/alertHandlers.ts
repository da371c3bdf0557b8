import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

export function alertHandlers({ alerts }: Services): TopicHandlers<'alerts'> {
  return {
    'alerts.status': () => alerts.status(),
    'alerts.history': (input) => alerts.history(input),
    'alerts.snooze': (input) => {
      alerts.snooze(input);
      return null;
    },
    'alerts.rules': () => alerts.rules(),
    'alerts.setRule': (rule) => alerts.setRule(rule),
    'alerts.removeRule': (key) => alerts.removeRule(key),
  };
}
