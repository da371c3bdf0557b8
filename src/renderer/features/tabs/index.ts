/** Door of the tabs: what is open in the main area. */
import type { Tab, TabOf } from '../../../shared/model/tabs.ts';

export { activeTabOf } from './tabGroups.ts';
export { tabsStore, useTabs } from './tabs.ts';

/** What the content of a tab is given. It stays mounted while the tab is open; `isActive` says whether it is in front. */
export interface TabContentProps<Kind extends Tab['kind']> {
  readonly tab: TabOf<Kind>;
  readonly isActive: boolean;
}
