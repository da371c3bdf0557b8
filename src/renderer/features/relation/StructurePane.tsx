import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { NodeDetail, NodeRef } from '../../../shared/model/schemaTree.ts';
import { isRelation } from '../../lib/isRelation.ts';
import type { LoadControl } from '../../lib/useLoadable.ts';
import { relationText } from '../../text/relation.ts';
import { rightsText } from '../../text/rights.ts';
import { schemaText } from '../../text/schema.ts';
import {
  actionsOf,
  ColumnsTable,
  ConstraintsTable,
  DetailPanel,
  findNode,
  IndexesTable,
  NodeFacts,
  NodeListTable,
  ProblemView,
  useTree,
} from '../schema/index.ts';
import { DependenciesPane } from './DependenciesPane.tsx';
import classes from './Relation.module.css';
import { RightsPane } from './RightsPane.tsx';

/** Kinds that never have indexes of their own. */
const withoutIndexes: ReadonlySet<NodeRef['kind']> = new Set(['view', 'foreign-table']);

interface StructurePaneProps {
  readonly sourceId: DataSourceId;
  readonly node: NodeRef;
  readonly detail: LoadControl<NodeDetail>;
  /** Grows with each refresh. */
  readonly revision: number;
}

interface Part {
  readonly key: string;
  readonly title: string;
  readonly content: () => ReactNode;
  /** It asks the server by itself, once somebody looks at it. */
  readonly isLoadedWhenShown?: boolean;
}

const words = relationText.structure;

/** What every relation has, and a composite type of it. */
function relationParts(
  { columns, constraints, indexes, problem }: NodeDetail,
  node: NodeRef,
): readonly Part[] {
  const { name, kind } = node;
  const showColumns = (): ReactNode =>
    problem === null ? <ColumnsTable columns={columns} nodeName={name} /> : <ProblemView problem={problem} />;
  const first = { key: 'columns', title: words.columns, content: showColumns };
  if (!isRelation(node) && kind !== 'resource') return columns.length > 0 || problem !== null ? [first] : [];
  return [
    first,
    {
      key: 'constraints',
      title: words.constraints,
      content: () => <ConstraintsTable constraints={constraints} nodeName={name} />,
    },
    {
      key: 'indexes',
      title: words.indexes,
      content: () => (
        <IndexesTable indexes={indexes} nodeName={name} hasNoneOfItsOwn={withoutIndexes.has(kind)} />
      ),
    },
  ];
}

const listParts = ({ lists }: NodeDetail, { name }: NodeRef): readonly Part[] =>
  lists.map((list) => ({
    key: list.key,
    title: schemaText.lists[list.key].title,
    content: () => <NodeListTable list={list} nodeName={name} />,
  }));

function Parts({ parts }: { readonly parts: readonly Part[] }) {
  const [first] = parts;
  if (first === undefined) return null;
  return (
    // What another node does not have cannot stay in front.
    <Tabs key={parts.map(({ key }) => key).join()} defaultValue={first.key} className={classes.tabs}>
      <Tabs.List px={8} className={classes.partList} aria-label={relationText.structureParts}>
        {parts.map(({ key, title }) => (
          <Tabs.Tab key={key} value={key}>
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {parts.map(({ key, content, isLoadedWhenShown = false }) => (
        <Tabs.Panel
          key={key}
          value={key}
          className={classes.panel}
          tabIndex={0}
          keepMounted={!isLoadedWhenShown}
        >
          {content()}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

/** What a node consists of, with what else there is to say about it. */
export function StructurePane({ sourceId, node, detail, revision }: StructurePaneProps) {
  const comment = useTree(sourceId, (tree) => findNode(tree, node)?.comment ?? null);
  const hasDependencies = useTree(sourceId, (tree) => actionsOf(tree, node).includes('dependencies'));
  const hasRights = useTree(sourceId, (tree) => actionsOf(tree, node).includes('rights'));
  const rights: readonly Part[] = hasRights
    ? [
        {
          key: 'rights',
          title: rightsText.title,
          isLoadedWhenShown: true,
          content: () => <RightsPane sourceId={sourceId} role={node} revision={revision} />,
        },
      ]
    : [];
  const dependencies: readonly Part[] = hasDependencies
    ? [
        {
          key: 'dependencies',
          title: relationText.dependencies.title,
          isLoadedWhenShown: true,
          content: () => <DependenciesPane sourceId={sourceId} node={node} revision={revision} />,
        },
      ]
    : [];
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
          <Parts
            parts={[...relationParts(loaded, node), ...listParts(loaded, node), ...rights, ...dependencies]}
          />
        </div>
      )}
    </DetailPanel>
  );
}
