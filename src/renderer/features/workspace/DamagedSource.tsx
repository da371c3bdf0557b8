import { Button, Text } from '@mantine/core';
import { IconCopy, IconFileBroken } from '@tabler/icons-react';
import { useCopyText } from '../../components/Clipboard.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { connectionsText } from '../../text/connections.ts';
import { workspaceText } from '../../text/workspace.ts';
import { connectionsStore, useDamaged } from '../connections/index.ts';
import { openRestore } from '../recovery/index.ts';
import classes from './DamagedSource.module.css';
import { damagedReport } from './damagedReport.ts';

const words = workspaceText.damaged;

/** A data source that cannot be read: what is wrong with it, that it is kept, and what can be done. */
export function DamagedSource({ id }: { id: string }) {
  const damaged = useDamaged(id);
  const copyText = useCopyText();
  if (damaged === undefined) return <EmptyState title={workspaceText.gone} />;
  const name = damaged.name ?? connectionsText.unnamed;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: in a small window it scrolls, by keyboard too (WCAG 2.1.1)
    <section className={classes.page} aria-label={name} tabIndex={0}>
      <Text component="h1" className={classes.name}>
        {name}
      </Text>
      <div className={classes.card}>
        <IconFileBroken size={20} className={classes.icon} aria-hidden />
        <div className={classes.body}>
          <Text component="h2" className={classes.title}>
            {words.title}
          </Text>
          <p className={classes.message}>{words.message}</p>
          {damaged.problems.length > 0 && (
            <>
              <Text component="h3" className={classes.heading}>
                {words.problems}
              </Text>
              <ul className={classes.problems}>
                {damaged.problems.map((problem) => (
                  <li key={problem}>{problem}</li>
                ))}
              </ul>
            </>
          )}
          <div className={classes.id}>{words.id(damaged.id)}</div>
          <div className={classes.actions}>
            <Button size="xs" onClick={openRestore}>
              {words.restore}
            </Button>
            <Button
              size="xs"
              variant="default"
              onClick={() => connectionsStore.getState().askRemove(damaged.id)}
            >
              {words.remove}
            </Button>
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              leftSection={<IconCopy size={14} />}
              onClick={() => copyText(damagedReport(damaged))}
            >
              {words.copy}
            </Button>
          </div>
        </div>
      </div>
    </section>
  );
}
