import { Button, Group } from '@mantine/core';
import { IconCopy, IconExternalLink } from '@tabler/icons-react';
import { useCopyText } from '../../../components/Clipboard.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { formatExactMoment } from '../../../lib/format.ts';
import { latestValue } from '../../../lib/loadable.ts';
import { useLoadable } from '../../../lib/useLoadable.ts';
import { queryText } from '../../../text/query.ts';
import { EntryFacts } from './EntryFacts.tsx';
import classes from './History.module.css';
import { copyEntry, historyStore, openEntry, useHistory } from './history.ts';

const words = queryText.historyTab;
/** A longer one is seen in a tab of its own. */
const shownLength = 200_000;

/** The selected statement, whole, with what became of it. */
export function HistoryDetail() {
  const copyText = useCopyText();
  const entry = useHistory((store) => store.entries.find(({ id }) => id === store.selectedId) ?? null);
  const { loadable } = useLoadable(entry === null ? null : String(entry.id), async () =>
    entry === null ? '' : historyStore.getState().wholeText(entry),
  );
  if (entry === null) {
    return (
      <aside className={classes.detail}>
        <EmptyState title={words.pick} message={words.pickMessage} />
      </aside>
    );
  }
  const text = latestValue(loadable) ?? entry.text;
  return (
    <aside className={classes.detail}>
      <Group gap={6} className={classes.detailBar}>
        <Button size="xs" leftSection={<IconExternalLink size={14} />} onClick={() => void openEntry(entry)}>
          {words.open}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconCopy size={14} />}
          onClick={() => void copyEntry(entry, copyText)}
        >
          {words.copy}
        </Button>
      </Group>
      <p className={classes.detailFacts}>
        <EntryFacts entry={entry} moment={formatExactMoment(entry.startedAt)} />
      </p>
      {entry.error !== null && <Notice tone="warning">{entry.error}</Notice>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too (WCAG 2.1.1) */}
      <pre className={classes.text} tabIndex={0}>
        {text.slice(0, shownLength)}
      </pre>
    </aside>
  );
}
