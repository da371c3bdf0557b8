import type { Services } from '../../app/services.ts';
import type { TopicHandlers } from '../handlerTypes.ts';

/** Resources of APIs, and single requests. */
export function requestHandlers({ requests }: Services): TopicHandlers<'resources' | 'requests'> {
  return {
    'resources.preview': (input, { signal }) => requests.preview(input, signal),
    'resources.readDocument': (input, { signal }) => requests.readDocument(input, signal),
    'resources.saveFile': (input) => requests.saveFile(input),
    'resources.openFile': () => requests.openFile(),

    'requests.send': (input, { signal }) => requests.send(input, signal),
    'requests.copyCurl': async (input, { signal }) => ({ copied: await requests.copyCurl(input, signal) }),
    'requests.signIn': ({ draft }, { signal }) => requests.signIn(draft, signal),
  };
}
