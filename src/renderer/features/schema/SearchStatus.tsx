import { Button, Progress } from '@mantine/core';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { schemaText } from '../../text/schema.ts';
import classes from './SchemaBrowser.module.css';
import { schemaStore } from './schema.ts';
import { isSearching, type SourceTree, searchProgress } from './sourceTree.ts';

interface SearchStatusProps {
  readonly sourceId: DataSourceId;
  readonly tree: SourceTree;
  readonly matchCount: number;
}

/** How far the search is and what it has found; a line of fixed height below the filter. */
export function SearchStatus({ sourceId, tree, matchCount }: SearchStatusProps) {
  const { doneCount, totalCount, failedCount } = searchProgress(tree);
  const isRunning = isSearching(tree);
  const notes = [
    schemaText.matches(matchCount),
    isRunning && schemaText.searching(doneCount, totalCount),
    doneCount < totalCount && tree.isSearchStopped && schemaText.searchStopped(doneCount, totalCount),
    failedCount > 0 && schemaText.searchFailed(failedCount),
  ].filter((note) => note !== false);

  return (
    <div className={classes.searchStatus}>
      <span role="status" className={classes.searchText} title={notes.join(' · ')}>
        {notes.join(' · ')}
      </span>
      {isRunning && (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => schemaStore.getState().cancelLoads(sourceId)}
        >
          {schemaText.stopSearch}
        </Button>
      )}
      {isRunning && (
        <Progress
          className={classes.searchBar}
          size={2}
          radius={0}
          value={(100 * doneCount) / totalCount}
          aria-label={schemaText.searching(doneCount, totalCount)}
        />
      )}
    </div>
  );
}
