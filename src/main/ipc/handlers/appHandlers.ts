import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

export function appHandlers({ app }: Services): TopicHandlers<'app'> {
  return {
    'app.info': () => app.info(),
    'app.getPreferences': () => app.preferences(),
    'app.setPreferences': (preferences) => {
      app.setPreferences(preferences);
      return preferences;
    },
    'app.copyText': async ({ text }) => {
      await app.copyText(text);
      return null;
    },
    'app.showLogFolder': () => {
      app.showLogFolder();
      return null;
    },
    'app.pageReady': () => {
      app.pageReady();
      return null;
    },
  };
}
