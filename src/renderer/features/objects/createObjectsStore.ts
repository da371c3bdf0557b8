import { createStore } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { KeptObject } from '../../../shared/model/keptObjects.ts';
import { maxRecent } from '../../../shared/model/objectLimits.ts';
import type { NodeRef } from '../../../shared/model/schemaTree.ts';
import type { call } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { refOf } from '../../lib/refOf.ts';

interface ObjectsPorts {
  readonly call: typeof call;
  readonly reportError: (error: ErrorDto) => void;
}

export interface ObjectsState {
  /** By data source, in the order in which they were added. */
  readonly favourites: Readonly<Record<DataSourceId, readonly NodeRef[]>>;
  /** What was opened lately, the newest first. */
  readonly recent: readonly KeptObject[];
  /** Reads what main keeps. */
  readonly load: () => Promise<void>;
  readonly setFavourite: (sourceId: DataSourceId, node: NodeRef, isFavourite: boolean) => Promise<void>;
  /** Somebody looks at it. */
  readonly opened: (sourceId: DataSourceId, node: NodeRef) => void;
  readonly clearRecent: () => Promise<void>;
}

/** Whether two references name the same object. */
export const isSameObject = (left: NodeRef, right: NodeRef): boolean =>
  left.schema === right.schema &&
  left.name === right.name &&
  left.kind === right.kind &&
  left.qualifier === right.qualifier;

const noFavourites: readonly NodeRef[] = [];

/** The same list for as long as nothing of it changes. */
export const favouritesOf = (
  { favourites }: Pick<ObjectsState, 'favourites'>,
  sourceId: DataSourceId,
): readonly NodeRef[] => favourites[sourceId] ?? noFavourites;

export const isFavourite = (
  state: Pick<ObjectsState, 'favourites'>,
  sourceId: DataSourceId,
  node: NodeRef,
): boolean => favouritesOf(state, sourceId).some((one) => isSameObject(one, node));

function bySource(objects: readonly KeptObject[]): Record<DataSourceId, readonly NodeRef[]> {
  const found: Record<DataSourceId, NodeRef[]> = {};
  for (const { node, sourceId } of objects) {
    found[sourceId] ??= [];
    found[sourceId].push(node);
  }
  return found;
}

/** Favourites and what was opened lately, as main keeps them. What a person does is shown at once. */
export function createObjectsStore({ call, reportError }: ObjectsPorts) {
  return createStore<ObjectsState>()((set, get) => {
    const read = async (): Promise<void> => {
      const { favourites, recent } = await call('objects.list', null);
      set({ favourites: bySource(favourites), recent });
    };
    return {
      favourites: {},
      recent: [],
      // A convenience: without it there are none, and main has logged why.
      load: () => read().catch(() => undefined),
      async setFavourite(sourceId, node, isFavourite) {
        const object = { sourceId, node: refOf(node) };
        const others = favouritesOf(get(), sourceId).filter((one) => !isSameObject(one, node));
        const after = isFavourite ? [...others, object.node] : others;
        set(({ favourites }) => ({ favourites: { ...favourites, [sourceId]: after } }));
        try {
          await call('objects.setFavourite', { ...object, isFavourite });
        } catch (error) {
          reportError(errorDtoOf(error));
          await get().load();
        }
      },
      opened(sourceId, node) {
        const object = { sourceId, node: refOf(node) };
        const [newest, ...rest] = get().recent;
        const isIt = (one: KeptObject): boolean =>
          one.sourceId === sourceId && isSameObject(one.node, object.node);
        if (newest !== undefined && isIt(newest)) return;
        const others = [...(newest === undefined ? [] : [newest]), ...rest].filter((one) => !isIt(one));
        set({ recent: [object, ...others].slice(0, maxRecent) });
        call('objects.opened', object).catch(() => undefined);
      },
      async clearRecent() {
        set({ recent: [] });
        try {
          await call('objects.clearRecent', null);
        } catch (error) {
          reportError(errorDtoOf(error));
          await get().load();
        }
      },
    };
  });
}
