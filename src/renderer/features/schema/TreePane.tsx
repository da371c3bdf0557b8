import { Button, Loader, VisuallyHidden } from '@mantine/core';
import { useDeferredValue, useMemo, useRef } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { useFindTarget } from '../../lib/findCommand.ts';
import { latestValue } from '../../lib/loadable.ts';
import { useRefreshCommand } from '../../lib/useRefreshCommand.ts';
import { schemaText } from '../../text/schema.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { LoadingLines } from './LoadingLines.tsx';
import classes from './SchemaBrowser.module.css';
import { SchemaToolbar } from './SchemaToolbar.tsx';
import { SchemaTree } from './SchemaTree.tsx';
import { SearchStatus } from './SearchStatus.tsx';
import { schemaStore, useTree } from './schema.ts';
import { type SourceTree, treeInputOf } from './sourceTree.ts';
import { countMatches, treeRows } from './treeRows.ts';

interface TreePaneProps {
  readonly sourceId: DataSourceId;
  readonly refresh: () => void;
}

/** What stands in the place of the tree while there is no row to draw. */
function TreeSubstitute({ sourceId, tree }: { sourceId: DataSourceId; tree: SourceTree }) {
  const { open, cancelLoad } = schemaStore.getState();
  const retry = (
    <Button size="xs" variant="default" onClick={() => void open(sourceId)}>
      {vocabulary.tryAgain}
    </Button>
  );
  if (latestValue(tree.names) === null) {
    if (tree.names.status === 'failed') {
      return (
        <div className={classes.treeError}>
          <ErrorPanel error={tree.names.error} actions={retry} />
        </div>
      );
    }
    if (tree.names.status === 'absent' && tree.isCancelled) {
      return <EmptyState title={schemaText.loadCancelled} actions={retry} />;
    }
    return <LoadingLines label={schemaText.loadingSchemas} onCancel={() => cancelLoad(sourceId)} />;
  }
  if (tree.filter.trim() !== '') {
    if (latestValue(tree.names)?.isWhole === false)
      return <EmptyState icon={<Loader size={20} />} title={schemaText.searchingTitle} />;
    return <EmptyState title={schemaText.noMatch} message={schemaText.noMatchMessage(tree.filter.trim())} />;
  }
  return <EmptyState title={schemaText.noSchemas} message={schemaText.noSchemasMessage} />;
}

/**
 * Typing stays smooth over 100,000 relations: the rows may follow the filter a moment later. Whatever else changes is
 * drawn at once, because the next click or key means the rows as they are.
 */
function useTreeInput({ names, counted, showsSystem, toggled, filterToggled, ...tree }: SourceTree) {
  const filter = useDeferredValue(tree.filter);
  return useMemo(
    () => treeInputOf({ names, counted, showsSystem, toggled, filterToggled, filter }),
    [names, counted, showsSystem, toggled, filterToggled, filter],
  );
}

/** The left side of the browser: filter, progress of the search, and the tree. */
export function TreePane({ sourceId, refresh }: TreePaneProps) {
  const tree = useTree(sourceId, (whole) => whole);
  const treeRef = useRef<HTMLDivElement>(null);
  const filterRef = useRef<HTMLInputElement>(null);
  const input = useTreeInput(tree);
  const rows = useMemo(() => treeRows(input), [input]);
  const matches = useMemo(() => (input.words.length > 0 ? countMatches(input) : null), [input]);
  const focusTree = () => treeRef.current?.focus();
  useRefreshCommand(refresh);
  useFindTarget(() => filterRef.current);

  return (
    <div className={classes.treePane}>
      <VisuallyHidden component="h2">{schemaText.tree}</VisuallyHidden>
      <SchemaToolbar sourceId={sourceId} filterRef={filterRef} focusTree={focusTree} refresh={refresh} />
      {matches !== null && <SearchStatus matches={matches} isLoading={!input.names.isWhole} />}
      {rows.length > 0 && tree.names.status === 'failed' && (
        <div className={classes.treeError}>
          <ErrorPanel
            error={tree.names.error}
            actions={
              <Button size="xs" variant="default" onClick={refresh}>
                {vocabulary.tryAgain}
              </Button>
            }
          />
        </div>
      )}
      {rows.length > 0 ? (
        <SchemaTree sourceId={sourceId} rows={rows} words={input.words} treeRef={treeRef} />
      ) : (
        <TreeSubstitute sourceId={sourceId} tree={tree} />
      )}
    </div>
  );
}
