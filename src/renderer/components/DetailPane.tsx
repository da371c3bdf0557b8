import { CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './DetailPane.module.css';

interface DetailPaneProps {
  /** Read aloud as its name. */
  readonly label: string;
  readonly title: string;
  /** Of the title: `h2` where nothing above the list is one. */
  readonly heading?: 'h2' | 'h3';
  /** Behind the title. */
  readonly beside?: ReactNode;
  readonly actions?: ReactNode;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Below a list: the selected row whole, and what can be done with it. */
export function DetailPane({
  label,
  title,
  heading: Heading = 'h3',
  beside,
  actions,
  closeLabel,
  onClose,
  children,
}: DetailPaneProps) {
  return (
    <section className={classes.pane} aria-label={label}>
      <header className={classes.head}>
        <Heading className={classes.title}>{title}</Heading>
        {beside}
        <div className={classes.actions}>
          {actions}
          <CloseButton size="sm" aria-label={closeLabel} onClick={onClose} />
        </div>
      </header>
      {children}
    </section>
  );
}

/** Facts beside a text that takes the rest of the room. */
export const DetailColumns = ({ children }: { readonly children: ReactNode }) => (
  <div className={classes.columns}>{children}</div>
);

interface DetailFactsProps {
  readonly facts: readonly (readonly [label: string, value: ReactNode])[];
}

/** What is known, with its labels. What there is nothing to say about is left out. */
export const DetailFacts = ({ facts }: DetailFactsProps) => (
  <dl className={classes.facts} tabIndex={0}>
    {facts
      .filter(([, value]) => value !== null && value !== '')
      .map(([label, value]) => (
        <div key={label} className={classes.fact}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);
