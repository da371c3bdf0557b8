/** Door of the tab of a relation. */
export { RelationTab } from './RelationTab.tsx';
