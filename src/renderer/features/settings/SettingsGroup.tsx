import type { ReactNode } from 'react';
import classes from './Settings.module.css';

/** Settings that belong together, under a heading of their own. */
export function SettingsGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <section className={classes.group} aria-label={heading}>
      <h2 className={classes.heading}>{heading}</h2>
      {children}
    </section>
  );
}
