import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { Draft } from '../../../shared/model/dataSource.ts';
import type { ResourcePreview } from '../../../shared/model/requests.ts';
import type { Resource } from '../../../shared/model/resources.ts';
import type { call } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';

/** So long after the last change of the settings the API is asked. */
export const previewDelayMs = 600;

/** What is asked: the API of a draft, for the first page of a resource. */
export interface PreviewQuestion {
  readonly draft: Draft;
  readonly resource: Resource;
}

interface PreviewState {
  readonly isAsking: boolean;
  /** The last answer, and for which resource it was. */
  readonly preview: ResourcePreview | null;
  readonly askedFor: Resource | null;
  /** Why there was no answer at all. */
  readonly error: ErrorDto | null;
}

export interface Preview {
  readonly store: StoreApi<PreviewState>;
  /** Asks at once. What was asked before is given up. */
  readonly ask: (question: PreviewQuestion) => Promise<void>;
  /** Asks when nothing has changed for a while. */
  readonly askSoon: (question: PreviewQuestion) => void;
  /** Gives up what is asked, down to the socket, and what was about to be asked. */
  readonly cancel: () => void;
}

interface PreviewPorts {
  readonly call: typeof call;
  /** Runs work after so many milliseconds. @returns gives it up */
  readonly after: (delayMs: number, work: () => void) => () => void;
}

/** Shows what the settings of a resource do with a real answer, one question at a time: a new one gives up the one before. */
export function createPreview({ call: ask, after }: PreviewPorts): Preview {
  const store = createStore<PreviewState>()(() => ({
    isAsking: false,
    preview: null,
    askedFor: null,
    error: null,
  }));
  let running: AbortController | null = null;
  let giveUpWaiting: (() => void) | null = null;

  const cancel = (): void => {
    giveUpWaiting?.();
    giveUpWaiting = null;
    running?.abort();
    running = null;
    store.setState({ isAsking: false });
  };

  const askNow = async ({ draft, resource }: PreviewQuestion): Promise<void> => {
    cancel();
    const controller = new AbortController();
    running = controller;
    store.setState({ isAsking: true });
    try {
      const preview = await ask('resources.preview', { draft, resource }, { signal: controller.signal });
      if (running === controller) store.setState({ preview, askedFor: resource, error: null });
    } catch (error) {
      const dto = errorDtoOf(error);
      if (running === controller && dto.code !== 'CANCELLED') {
        store.setState({ preview: null, askedFor: resource, error: dto });
      }
    } finally {
      if (running === controller) {
        running = null;
        store.setState({ isAsking: false });
      }
    }
  };

  return {
    store,
    ask: askNow,
    askSoon(question) {
      cancel();
      giveUpWaiting = after(previewDelayMs, () => void askNow(question));
    },
    cancel,
  };
}
