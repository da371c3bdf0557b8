import { ActionIcon, Menu, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { formatShare } from '../../lib/format.ts';
import { type RunningWork, statusBarStore } from '../../lib/statusBar.ts';
import { statusBarText } from '../../text/statusBar.ts';
import classes from './StatusBar.module.css';

function Progress({ work: { share, detail, label, open } }: { work: RunningWork }) {
  return (
    <>
      <span
        className={classes.progress}
        data-unknown={share === null || undefined}
        role="progressbar"
        aria-label={label}
        aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      >
        <span className={classes.done} style={{ width: `${(share ?? 1) * 100}%` }} />
      </span>
      {open === undefined ? (
        <span className={classes.name}>{label}</span>
      ) : (
        <UnstyledButton className={`${classes.button} ${classes.name}`} onClick={open}>
          {label}
        </UnstyledButton>
      )}
      {share !== null && <span>{formatShare(share)}</span>}
      <span className={classes.detail}>{detail}</span>
    </>
  );
}

/** What runs in the window, the newest first, each with a way to end it. */
export function RunningWorkList() {
  const work = useStore(statusBarStore, (state) => state.work);
  const newest = work.at(-1);
  if (newest === undefined) return null;
  return (
    <section className={classes.work} aria-label={statusBarText.work}>
      <Progress work={newest} />
      {newest.cancel !== null && (
        <ActionIcon size={18} aria-label={statusBarText.cancel(newest.label)} onClick={newest.cancel}>
          <IconX size={12} />
        </ActionIcon>
      )}
      {work.length > 1 && (
        <Menu position="top-end" width={320}>
          <Menu.Target>
            <UnstyledButton className={classes.button}>
              {statusBarText.moreWork(work.length - 1)}
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            {work.map((one) => (
              <Menu.Item
                key={one.id}
                disabled={one.cancel === null}
                rightSection={one.cancel !== null && <IconX size={13} aria-hidden />}
                aria-label={statusBarText.cancel(one.label)}
                onClick={() => one.cancel?.()}
              >
                {one.label} {one.detail}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </section>
  );
}
