/** Door of what is known of the schema of each data source: the store of names, and the parts that show one node. */

export { NodeIcon } from '../../icons/NodeIcon.tsx';
export { ColumnsTable } from './ColumnsTable.tsx';
export { ConstraintsTable } from './ConstraintsTable.tsx';
export { DefinitionView } from './DefinitionView.tsx';
export { DetailPanel } from './DetailPanel.tsx';
export { firstSegment } from './firstSegment.ts';
export { showLine, useShownLine } from './foundLine.ts';
export { IndexesTable } from './IndexesTable.tsx';
export type { Names } from './NameCollector.ts';
export { NodeFacts } from './NodeFacts.tsx';
export { NodeListTable } from './NodeListTable.tsx';
export { ProblemView } from './ProblemView.tsx';
export { RowCountControl } from './RowCountControl.tsx';
export { longRowCount, rowCountHint, shortRowCount } from './rowCountText.ts';
export { followSchemaEvents, relationNode, schemaStore, useTree } from './schema.ts';
export type { SourceTree } from './sourceTree.ts';
export { actionsOf, emptyTree, findNode, rowsOf } from './sourceTree.ts';
export { nodeKey, noSchema } from './treeKeys.ts';
export { useQuoting } from './useQuoting.ts';
export { useRowCounting } from './useRowCounting.ts';
export { visibleName } from './visibleName.ts';
