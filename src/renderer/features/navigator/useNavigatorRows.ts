import { useDeferredValue, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { filterWords } from '../../lib/textRank.ts';
import { useConnections } from '../connections/index.ts';
import { databasesStore } from '../databases/index.ts';
import { objectsStore } from '../objects/index.ts';
import { schemaStore } from '../schema/index.ts';
import { arrangementStore, useNavigator } from './navigator.ts';
import { createOutline, type OutlineInput } from './outline.ts';
import { createSearch } from './search.ts';

/** All that the outline is made of, in one object that stays the same while nothing of it changes. */
function useOutlineInput(isFiltering: boolean): OutlineInput {
  const byName = useConnections((store) => store.order);
  const damaged = useConnections((store) => store.damaged);
  const states = useConnections((store) => store.states);
  const trees = useStore(schemaStore, (store) => store.trees);
  const databases = useStore(databasesStore, (store) => store.lists);
  const arrangement = useStore(arrangementStore, (store) => store.arrangement);
  const toggles = useNavigator((store) => (isFiltering ? store.filterToggles : store.toggles));
  const showsSystem = useNavigator((store) => store.showsSystem);
  const favourites = useStore(objectsStore, (store) => store.favourites);
  return useMemo(
    () => ({ byName, damaged, states, trees, databases, arrangement, toggles, showsSystem, favourites }),
    [byName, damaged, states, trees, databases, arrangement, toggles, showsSystem, favourites],
  );
}

/**
 * The rows of the navigator. Typing stays smooth over 100,000 relations: the rows may follow the filter a moment later.
 * Whatever else changes is drawn at once, because the next click or key means the rows as they are.
 */
export function useNavigatorRows() {
  const filter = useDeferredValue(useNavigator((store) => store.filter.trim()));
  const words = useMemo(() => filterWords(filter), [filter]);
  const byId = useConnections((store) => store.byId);
  const input = useOutlineInput(words.length > 0);
  const [outline] = useState(() => createOutline());
  const [search] = useState(() => createSearch());
  return useMemo(() => {
    if (words.length > 0) return { words, filter, ...search({ ...input, byId, words }) };
    return { words, filter, rows: outline(input), sourceCount: 0, nodeCount: 0 };
  }, [input, byId, words, filter, outline, search]);
}

export type NavigatorRows = ReturnType<typeof useNavigatorRows>;
