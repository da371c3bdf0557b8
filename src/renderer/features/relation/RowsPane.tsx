import { Button } from '@mantine/core';
import { type Ref, useMemo } from 'react';
import type { RowCount } from '../../../shared/model/schemaTree.ts';
import type { TabOf } from '../../../shared/model/tabs.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { call } from '../../lib/api.ts';
import { relationText } from '../../text/relation.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { useCapabilities } from '../connections/index.ts';
import { type GridActions, type GridResult, ResultGrid, type ResultGridProps } from '../grid/index.ts';
import { longRowCount, rowsOf, useTree, visibleName } from '../schema/index.ts';
import { tabsStore } from '../tabs/index.ts';
import classes from './Relation.module.css';
import type { useTable } from './useTable.ts';

/** What the status bar says of rows that are read as far as somebody looks. */
function rowsLabel(
  { rowCount, isComplete }: GridResult,
  isFiltered: boolean,
  known: RowCount | null,
): string {
  if (isFiltered) return isComplete ? relationText.matching(rowCount) : relationText.loaded(rowCount);
  if (isComplete) return relationText.all(rowCount);
  return known === null || known.value < rowCount
    ? relationText.loaded(rowCount)
    : relationText.loadedOf(rowCount, longRowCount(known));
}

interface RowsPaneProps {
  readonly tab: TabOf<'relation'>;
  readonly isActive: boolean;
  readonly rows: ReturnType<typeof useTable>;
  readonly gridRef: Ref<GridActions>;
  readonly onFollow: NonNullable<ResultGridProps['onFollow']>;
  readonly onRetry: () => void;
}

/** The rows of a relation, sorted and filtered by its server. */
export function RowsPane({
  tab,
  isActive,
  rows: { table, needRows },
  gridRef,
  onFollow,
  onRetry,
}: RowsPaneProps) {
  const { id, sourceId, node, sort, filters } = tab;
  const { result, links, here, error } = table;
  const isToldHow = useCapabilities(sourceId)?.requests === true;
  const known = useTree(sourceId, (tree) => rowsOf(tree, node));
  const server = useMemo(
    () => ({
      sort,
      filters,
      ...(isToldHow && { here }),
      onChange: (next: Pick<ResultGridProps['server'] & object, 'sort' | 'filters'>) =>
        tabsStore.getState().patch(id, { sort: [...next.sort], filters: [...next.filters] }),
    }),
    [id, sort, filters, isToldHow, here],
  );
  const relation = useMemo(() => ({ schema: node.schema, name: node.name }), [node]);
  return (
    <>
      {error !== null && (
        <div className={classes.problem}>
          <ErrorPanel
            error={error}
            actions={
              <Button size="xs" variant="default" onClick={onRetry}>
                {vocabulary.tryAgain}
              </Button>
            }
          />
        </div>
      )}
      <div className={classes.pane} hidden={error !== null}>
        <ResultGrid
          label={relationText.grid(visibleName(node.name))}
          result={result}
          sourceId={sourceId}
          relation={relation}
          isActive={isActive}
          onNeedRows={needRows}
          server={server}
          links={links}
          onFollow={onFollow}
          saveAs={(request, options) =>
            call('table.save', { sourceId, relation, sort, filters, ...request }, options)
          }
          {...(result !== null && { rowsLabel: rowsLabel(result, filters.length > 0, known) })}
          actionsRef={gridRef}
        />
      </div>
    </>
  );
}
