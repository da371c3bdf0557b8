import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { SearchBatch, SearchHit, SearchPlace, SearchQuery } from '../../../shared/model/schemaSearch.ts';
import { errorDtoOf } from '../../lib/errorText.ts';

export interface SearchPorts {
  /** Opens the stream of a search; the returned function cancels it down to the server. */
  readonly open: (
    query: SearchQuery,
    listener: {
      readonly onBatch: (batch: SearchBatch) => void;
      readonly onEnd: () => void;
      readonly onError: (error: unknown) => void;
    },
  ) => () => void;
}

interface Found {
  /** What was looked for; null before the first search. */
  readonly query: SearchQuery | null;
  /** Where the server looks now; null while nothing is searched. */
  readonly place: SearchPlace | null;
  readonly isRunning: boolean;
  readonly isCancelled: boolean;
  readonly hits: readonly SearchHit[];
  /** Places with more hits than are shown. */
  readonly cut: readonly SearchPlace[];
  /** Places that the server refused to search, with its reason. */
  readonly refused: readonly { readonly place: SearchPlace; readonly problem: string }[];
  readonly error: ErrorDto | null;
}

export interface SearchState extends Found {
  /** Looks for something, in the place of what was looked for before. */
  readonly search: (query: SearchQuery) => void;
  /** Gives the search up, down to the server. What was found stays. */
  readonly cancel: () => void;
}

const nothing: Found = {
  ...{ query: null, place: null, isRunning: false, isCancelled: false },
  ...{ hits: [], cut: [], refused: [], error: null },
};

function withBatch(found: Found, { hits, outcome, place, problem }: SearchBatch): Found {
  return {
    ...found,
    place,
    hits: hits.length === 0 ? found.hits : [...found.hits, ...hits],
    cut: outcome === 'cut' ? [...found.cut, place] : found.cut,
    refused: outcome === 'refused' ? [...found.refused, { place, problem: problem ?? '' }] : found.refused,
  };
}

/** One search at a time through one data source. */
export function createSearchStore({ open }: SearchPorts): StoreApi<SearchState> {
  return createStore<SearchState>()((set, get) => {
    let stop: (() => void) | null = null;
    const end = (fields: Partial<Found>): void => {
      stop = null;
      set({ isRunning: false, place: null, ...fields });
    };
    return {
      ...nothing,
      search(query) {
        stop?.();
        set({ ...nothing, query, isRunning: true });
        stop = open(query, {
          onBatch: (batch) => set((state) => withBatch(state, batch)),
          onEnd: () => end({}),
          onError: (error) => end({ error: errorDtoOf(error) }),
        });
      },
      cancel() {
        if (!get().isRunning) return;
        stop?.();
        end({ isCancelled: true });
      },
    };
  });
}
