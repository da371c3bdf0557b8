import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { NodeDetail, NodeRef } from '../../../shared/model/schemaTree.ts';
import { call } from '../../lib/api.ts';
import { latestValue } from '../../lib/loadable.ts';
import { useLoadable } from '../../lib/useLoadable.ts';
import { schemaText } from '../../text/schema.ts';
import { RowsPreview } from '../rows/index.ts';
import { ColumnsTable } from './ColumnsTable.tsx';
import { ConstraintsTable } from './ConstraintsTable.tsx';
import { DefinitionView } from './DefinitionView.tsx';
import { DetailPanel } from './DetailPanel.tsx';
import { IndexesTable } from './IndexesTable.tsx';
import { NodeHeader } from './NodeHeader.tsx';
import { ProblemView } from './ProblemView.tsx';
import classes from './SchemaBrowser.module.css';
import { schemaStore, useTree } from './schema.ts';
import { actionsOf, findNode, type NodeAspect, nodeAspects, rowsOf } from './sourceTree.ts';
import { nodeKey } from './treeKeys.ts';

interface NodePaneProps {
  readonly sourceId: DataSourceId;
  readonly selected: NodeRef;
}

/** Kinds that never have indexes of their own. */
const withoutIndexes: ReadonlySet<NodeRef['kind']> = new Set(['view', 'foreign-table']);

/** What is shown of a node by its description; rows come by a way of their own. */
function contentOf(
  aspect: Exclude<NodeAspect, 'rows'>,
  { name, kind }: NodeRef,
): (detail: NodeDetail) => ReactNode {
  switch (aspect) {
    case 'columns':
      return ({ columns, problem }) =>
        problem === null ? (
          <ColumnsTable columns={columns} nodeName={name} />
        ) : (
          <ProblemView problem={problem} />
        );
    case 'constraints':
      return ({ constraints }) => <ConstraintsTable constraints={constraints} nodeName={name} />;
    case 'indexes':
      return ({ indexes }) => (
        <IndexesTable indexes={indexes} nodeName={name} hasNoneOfItsOwn={withoutIndexes.has(kind)} />
      );
    case 'definition':
      return ({ definition }) => <DefinitionView definition={definition} />;
  }
}

/** The right side of the browser: everything about the selected node that the catalogue offers for its kind. */
export function NodePane({ sourceId, selected }: NodePaneProps) {
  const node = useTree(sourceId, (tree) => findNode(tree, selected));
  const isGone = useTree(sourceId, (tree) => node === null && tree.names.status === 'loaded');
  const rows = useTree(sourceId, (tree) => rowsOf(tree, selected));
  const wanted = useTree(sourceId, (tree) => tree.aspect);
  const actions = useTree(sourceId, (tree) => actionsOf(tree, selected));
  const revision = useTree(sourceId, (tree) => tree.revision);
  const detail = useLoadable(
    `${sourceId}\0${nodeKey(selected)}`,
    (signal) => call('schema.describe', { id: sourceId, node: selected }, { signal }),
    { revision },
  );
  const aspects = nodeAspects(actions);
  const aspect = aspects.includes(wanted) ? wanted : (aspects[0] ?? null);
  const show = (value: string | null): void => {
    const chosen = aspects.find((name) => name === value);
    if (chosen !== undefined) schemaStore.getState().showAspect(sourceId, chosen);
  };

  return (
    <section className={classes.nodePane} aria-label={selected.name}>
      <NodeHeader
        sourceId={sourceId}
        selected={selected}
        node={node}
        rows={actions.includes('count') ? { known: rows } : null}
        detail={latestValue(detail.loadable)}
        isGone={isGone}
      />
      <Tabs value={aspect} onChange={show} className={classes.tabs}>
        <Tabs.List px={8}>
          {aspects.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {schemaText.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {aspects.map((name) =>
          name === 'rows' ? (
            <Tabs.Panel key={name} value={name} className={classes.panel}>
              <RowsPreview
                sourceId={sourceId}
                relation={selected}
                revision={revision}
                onRead={(count, isAll) =>
                  schemaStore.getState().noteRowsRead(sourceId, selected, count, isAll)
                }
              />
            </Tabs.Panel>
          ) : (
            <Tabs.Panel key={name} value={name} className={classes.panel} tabIndex={0}>
              <DetailPanel detail={detail}>{contentOf(name, selected)}</DetailPanel>
            </Tabs.Panel>
          ),
        )}
      </Tabs>
    </section>
  );
}
