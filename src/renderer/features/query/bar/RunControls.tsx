import { Button, Menu, Tooltip } from '@mantine/core';
import { IconChevronDown, IconPlayerPlayFilled, IconPlayerStopFilled } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { ShortcutHint, shortcutText } from '../../../components/ShortcutHint.tsx';
import { useNow } from '../../../lib/useNow.ts';
import { queryText } from '../../../text/query.ts';
import { isRunning } from '../session/createQueryStore.ts';
import { useDesk, useQuery } from '../session/deskContext.ts';
import classes from './QueryBar.module.css';

/** An answer that is faster looks instant. */
const quietMs = 150;
const tickMs = 100;

/** How long the run has been going on, or took. */
function Elapsed() {
  const startedAt = useQuery(({ run }) => run?.startedAt ?? null);
  const durationMs = useQuery(({ run }) => run?.durationMs ?? null);
  const running = useQuery(isRunning);
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    setIsSlow(false);
    if (!running) return;
    const timer = setTimeout(() => setIsSlow(true), quietMs);
    return () => clearTimeout(timer);
  }, [running]);
  const now = useNow(running && isSlow, tickMs);
  if (startedAt === null) return null;
  const shownMs = durationMs ?? (isSlow ? Math.max(0, now - startedAt) : null);
  return <span className={classes.elapsed}>{shownMs !== null && queryText.running(shownMs)}</span>;
}

function CancelButton() {
  const desk = useDesk();
  const isCancelling = useQuery(({ run }) => run?.isCancelling ?? false);
  return (
    <Tooltip
      label={<ShortcutHint label={isCancelling ? queryText.stopWaiting : queryText.cancel} shortcut="Esc" />}
    >
      <Button
        size="xs"
        variant="default"
        className={classes.run}
        px={4}
        leftSection={<IconPlayerStopFilled size={12} />}
        onClick={() => {
          desk.editor?.focus();
          desk.store.getState().cancel();
        }}
      >
        {isCancelling ? queryText.stopWaiting : queryText.cancel}
      </Button>
    </Tooltip>
  );
}

function RunMenu() {
  const { starter } = useDesk();
  const keys = (shortcut: string) => shortcutText(shortcut);
  return (
    <Menu position="bottom-start" width={290}>
      <Menu.Target>
        <Button size="xs" px={5} aria-label={queryText.runMenu}>
          <IconChevronDown size={13} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item rightSection={keys('Mod+Enter')} onClick={() => void starter.run('here')}>
          {queryText.runHere}
        </Menu.Item>
        <Menu.Item rightSection={keys('Mod+Shift+Enter')} onClick={() => void starter.run('all')}>
          {queryText.runAll}
        </Menu.Item>
        <Menu.Item onClick={() => void starter.run('from-here')}>{queryText.runFromHere}</Menu.Item>
        <Menu.Divider />
        <Menu.Item rightSection={keys('Mod+Shift+E')} onClick={() => void starter.explain()}>
          {queryText.explain}
        </Menu.Item>
        <Menu.Item onClick={() => void starter.save()}>{queryText.runToFile}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Run, or Cancel in its place while something runs. */
export function RunControls() {
  const desk = useDesk();
  const running = useQuery(isRunning);
  return (
    <>
      {running ? (
        <CancelButton />
      ) : (
        <Button.Group className={classes.run}>
          <Tooltip label={<ShortcutHint label={queryText.runHere} shortcut="Mod+Enter" />}>
            <Button
              size="xs"
              className={classes.runMain}
              leftSection={<IconPlayerPlayFilled size={12} />}
              onClick={() => {
                // Cancel takes the place of this button.
                desk.editor?.focus();
                void desk.starter.run('here');
              }}
            >
              {queryText.run}
            </Button>
          </Tooltip>
          <RunMenu />
        </Button.Group>
      )}
      <Elapsed />
    </>
  );
}
