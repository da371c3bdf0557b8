import type { ReactNode } from 'react';
import classes from './SettingsDialog.module.css';

/** A part of a section, under a heading of its own. */
export function SettingsGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <section className={classes.group} aria-label={heading}>
      <h3 className={classes.heading}>{heading}</h3>
      {children}
    </section>
  );
}
