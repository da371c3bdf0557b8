/** Door of the tabs: what is open in the main area. */

export { lossesOf } from './lossTexts.ts';
export { sourceInFront } from './newTabHere.ts';
export { TabArea, type TabContents } from './TabArea.tsx';
export { tabCommands } from './tabCommands.ts';
export { TabForms } from './tabForms.ts';
export { activeSourceIdOf, activeTabOf } from './tabGroups.ts';
export { tabsStore, useTabs } from './tabs.ts';
export type { TabContentProps } from './tabsState.ts';
