import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

/** Favourites, and objects that were opened lately. */
export function objectHandlers({ objects }: Services): TopicHandlers<'objects'> {
  return {
    'objects.list': () => objects.list(),
    'objects.setFavourite': ({ isFavourite, ...object }) => {
      objects.setFavourite(object, isFavourite);
      return null;
    },
    'objects.opened': (object) => {
      objects.opened(object);
      return null;
    },
    'objects.clearRecent': () => {
      objects.clearRecent();
      return null;
    },
  };
}
