import { Tabs } from '@mantine/core';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { RelationRef } from '../../../shared/model/schemaTree.ts';
import { call } from '../../lib/api.ts';
import { latestValue } from '../../lib/loadable.ts';
import { useLoadable } from '../../lib/useLoadable.ts';
import { schemaText } from '../../text/schema.ts';
import { RowsPreview } from '../rows/index.ts';
import { ColumnsTable } from './ColumnsTable.tsx';
import { DefinitionView } from './DefinitionView.tsx';
import { DetailPanel } from './DetailPanel.tsx';
import { IndexesTable } from './IndexesTable.tsx';
import { RelationHeader } from './RelationHeader.tsx';
import classes from './SchemaBrowser.module.css';
import { schemaStore, useTree } from './schema.ts';
import { findRelation, type RelationAspect, rowsOf } from './sourceTree.ts';
import { relationKey } from './treeKeys.ts';

interface RelationPaneProps {
  readonly sourceId: DataSourceId;
  readonly selected: RelationRef;
}

const aspects: readonly RelationAspect[] = ['columns', 'indexes', 'definition', 'rows'];

/** The right side of the browser: everything about the selected relation. */
export function RelationPane({ sourceId, selected }: RelationPaneProps) {
  const relation = useTree(sourceId, (tree) => findRelation(tree, selected));
  const isGone = useTree(sourceId, (tree) => relation === null && tree.names.status === 'loaded');
  const rows = useTree(sourceId, (tree) => rowsOf(tree, selected));
  const aspect = useTree(sourceId, (tree) => tree.aspect);
  const revision = useTree(sourceId, (tree) => tree.revision);
  const detail = useLoadable(
    `${sourceId}\0${relationKey(selected)}`,
    (signal) => call('schema.describeRelation', { id: sourceId, relation: selected }, { signal }),
    { revision },
  );
  const show = (value: string | null): void => {
    const chosen = aspects.find((name) => name === value);
    if (chosen !== undefined) schemaStore.getState().showAspect(sourceId, chosen);
  };

  return (
    <section className={classes.relationPane} aria-label={selected.name}>
      <RelationHeader
        sourceId={sourceId}
        selected={selected}
        relation={relation}
        rows={rows}
        columnCount={latestValue(detail.loadable)?.columns.length ?? null}
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
        <Tabs.Panel value="columns" className={classes.panel} tabIndex={0}>
          <DetailPanel detail={detail}>
            {({ columns }) => <ColumnsTable columns={columns} relationName={selected.name} />}
          </DetailPanel>
        </Tabs.Panel>
        <Tabs.Panel value="indexes" className={classes.panel} tabIndex={0}>
          <DetailPanel detail={detail}>
            {({ indexes }) => (
              <IndexesTable
                indexes={indexes}
                relationName={selected.name}
                hasNoneOfItsOwn={relation?.kind === 'view' || relation?.kind === 'foreign-table'}
              />
            )}
          </DetailPanel>
        </Tabs.Panel>
        <Tabs.Panel value="definition" className={classes.panel} tabIndex={0}>
          <DetailPanel detail={detail}>{(value) => <DefinitionView detail={value} />}</DetailPanel>
        </Tabs.Panel>
        <Tabs.Panel value="rows" className={classes.panel}>
          <RowsPreview
            sourceId={sourceId}
            relation={selected}
            revision={revision}
            onRead={(count, isAll) => schemaStore.getState().noteRowsRead(sourceId, selected, count, isAll)}
          />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}
