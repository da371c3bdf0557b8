import { Splitter } from '@mantine/core';
import { useCallback, useEffect } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { schemaText } from '../../text/schema.ts';
import { NodePane } from './NodePane.tsx';
import classes from './SchemaBrowser.module.css';
import { schemaStore, useTree } from './schema.ts';
import { TreePane } from './TreePane.tsx';
import { nodeKey } from './treeKeys.ts';

/** Schema of a connected data source: the tree at the left, the selected node at the right. */
export function SchemaBrowser({ sourceId }: { sourceId: DataSourceId }) {
  const selected = useTree(sourceId, (tree) => tree.selected);
  useEffect(() => {
    void schemaStore.getState().open(sourceId);
  }, [sourceId]);
  const refresh = useCallback(() => void schemaStore.getState().refresh(sourceId), [sourceId]);

  return (
    <Splitter className={classes.browser} lineSize={1} withHandle={false} handleColor="var(--mooring-line)">
      <Splitter.Pane defaultSize={34} min={24}>
        <TreePane sourceId={sourceId} refresh={refresh} />
      </Splitter.Pane>
      <Splitter.Pane defaultSize={66} min={40}>
        {selected === null ? (
          <EmptyState title={schemaText.pickTitle} message={schemaText.pickMessage} />
        ) : (
          <NodePane key={`${sourceId}\0${nodeKey(selected)}`} sourceId={sourceId} selected={selected} />
        )}
      </Splitter.Pane>
    </Splitter>
  );
}
