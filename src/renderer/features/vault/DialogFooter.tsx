import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { vocabulary } from '../../text/vocabulary.ts';
import classes from './vault.module.css';
import { vaultActions } from './vault.ts';

interface DialogFooterProps {
  /** The button that does it, or what stands for it. */
  readonly children: ReactNode;
  /** A lesser way, at the other end. */
  readonly start?: ReactNode;
}

/** The ways out of a dialog and on. */
export function DialogFooter({ children, start }: DialogFooterProps) {
  return (
    <div className={classes.footer}>
      {start !== undefined && <span className={classes.footerStart}>{start}</span>}
      <Button variant="default" onClick={vaultActions().dismiss}>
        {vocabulary.cancel}
      </Button>
      {children}
    </div>
  );
}
