import { Tabs } from '@mantine/core';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { NodeDetail, NodeRef } from '../../../shared/model/schemaTree.ts';
import type { LoadControl } from '../../lib/useLoadable.ts';
import { relationText } from '../../text/relation.ts';
import {
  ColumnsTable,
  ConstraintsTable,
  DetailPanel,
  findNode,
  IndexesTable,
  NodeFacts,
  ProblemView,
  useTree,
} from '../schema/index.ts';
import classes from './Relation.module.css';

const parts = ['columns', 'constraints', 'indexes'] as const;

/** Kinds that never have indexes of their own. */
const withoutIndexes: ReadonlySet<NodeRef['kind']> = new Set(['view', 'foreign-table']);

interface StructurePaneProps {
  readonly sourceId: DataSourceId;
  readonly node: NodeRef;
  readonly detail: LoadControl<NodeDetail>;
}

function partOf(part: (typeof parts)[number], detail: NodeDetail, { name, kind }: NodeRef) {
  const { columns, constraints, indexes, problem } = detail;
  if (part === 'constraints') return <ConstraintsTable constraints={constraints} nodeName={name} />;
  if (part === 'indexes') {
    return <IndexesTable indexes={indexes} nodeName={name} hasNoneOfItsOwn={withoutIndexes.has(kind)} />;
  }
  return problem === null ? (
    <ColumnsTable columns={columns} nodeName={name} />
  ) : (
    <ProblemView problem={problem} />
  );
}

/** Columns, constraints and indexes of a relation, with what else there is to say about it. */
export function StructurePane({ sourceId, node, detail }: StructurePaneProps) {
  const comment = useTree(sourceId, (tree) => findNode(tree, node)?.comment ?? null);
  return (
    <DetailPanel detail={detail}>
      {(loaded) => (
        <div className={classes.structure}>
          {(loaded.facts.length > 0 || comment !== null) && (
            <div className={classes.facts}>
              <NodeFacts sourceId={sourceId} facts={loaded.facts} />
              {comment !== null && <p className={classes.comment}>{comment}</p>}
            </div>
          )}
          <Tabs defaultValue="columns" className={classes.tabs}>
            <Tabs.List px={8} aria-label={relationText.structureParts}>
              {parts.map((part) => (
                <Tabs.Tab key={part} value={part}>
                  {relationText.structure[part]}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {parts.map((part) => (
              <Tabs.Panel key={part} value={part} className={classes.panel} tabIndex={0}>
                {partOf(part, loaded, node)}
              </Tabs.Panel>
            ))}
          </Tabs>
        </div>
      )}
    </DetailPanel>
  );
}
