import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { TabId } from '../../../shared/model/tabs.ts';
import type { TabPlace } from './tabGroups.ts';

interface TabDrag {
  /** The tab that is being dragged; null when none is. */
  readonly id: TabId | null;
  /** Where it would stand if it were dropped now. */
  readonly over: TabPlace | null;
}

/** The one drag of a tab that may be under way. */
export const tabDrag = createStore<TabDrag>()(() => ({ id: null, over: null }));

export const useTabDrag = <Selected>(selector: (drag: TabDrag) => Selected): Selected =>
  useStore(tabDrag, selector);

export const endDrag = (): void => tabDrag.setState({ id: null, over: null });

/** The index in a strip at which a tab dropped at this place would stand. */
export function dropIndex(strip: Element, clientX: number): number {
  const tabs = [...strip.querySelectorAll('[role="tab"]')];
  const before = tabs.filter((tab) => {
    const { left, width } = tab.getBoundingClientRect();
    return left + width / 2 < clientX;
  });
  return before.length;
}
