import { Fragment, type ReactNode } from 'react';
import classes from './Overview.module.css';

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
}

/** A card with a heading and labelled facts. */
export function FactCard({
  heading,
  aside,
  facts,
  before,
  after,
}: {
  heading: string;
  /** Beside the heading: what the card is about, by its own name. */
  aside?: string;
  facts: readonly Fact[];
  before?: ReactNode;
  after?: ReactNode;
}) {
  return (
    <section className={classes.card}>
      <h2 className={classes.heading}>
        {heading}
        {aside !== undefined && <span className={classes.aside}>{aside}</span>}
      </h2>
      {before}
      {facts.length > 0 && (
        <dl className={classes.facts}>
          {facts.map(({ label, value }) => (
            <Fragment key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </Fragment>
          ))}
        </dl>
      )}
      {after}
    </section>
  );
}
