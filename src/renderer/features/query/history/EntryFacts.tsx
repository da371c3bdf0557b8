import type { HistoryEntry } from '../../../../shared/model/query.ts';
import { formatDuration } from '../../../lib/format.ts';
import { queryText } from '../../../text/query.ts';
import classes from './History.module.css';

interface EntryFactsProps {
  readonly entry: HistoryEntry;
  /** When it began, in words. */
  readonly moment: string;
}

/** What became of a statement, where and when it ran, how long it took, and how many rows there were. */
export function EntryFacts({ entry, moment }: EntryFactsProps) {
  const { sourceName, durationMs, rowCount, outcome } = entry;
  const facts = [
    sourceName,
    moment,
    formatDuration(durationMs),
    ...(rowCount === null ? [] : [queryText.rows(rowCount)]),
  ];
  return (
    <>
      <span className={classes.outcome} data-outcome={outcome}>
        {queryText.historyTab.outcome[outcome]}
      </span>
      {` · ${facts.join(' · ')}`}
    </>
  );
}
