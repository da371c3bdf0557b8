import { Tooltip } from '@mantine/core';
import type { PoolStats, ScalingDecision } from '../../../shared/model/poolStats.ts';
import { formatSince } from '../../lib/format.ts';
import { metricsText } from '../../text/metrics.ts';
import classes from './ScalingList.module.css';

const words = metricsText.scaling;

interface ScalingListProps {
  /** Oldest first, as they were made. */
  readonly decisions: readonly ScalingDecision[];
  readonly pool: PoolStats;
  /** The moment that is shown (epoch milliseconds): ages are told from here. */
  readonly now: number;
}

function Decision({ decision, now }: { decision: ScalingDecision; now: number }) {
  const { at, reason } = decision;
  return (
    <Tooltip label={words.figures(decision)} multiline maw={280} position="left">
      <li className={classes.decision} data-reason={reason}>
        <span>{words.decision(decision)}</span>
        <time className={classes.age} dateTime={new Date(at).toISOString()}>
          {formatSince(at, now)}
        </time>
      </li>
    </Tooltip>
  );
}

/** Why the pool has the size it has: what its scaler decided last, newest first. */
export function ScalingList({ decisions, pool, now }: ScalingListProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list scrolls, by keyboard too (WCAG 2.1.1)
    <section className={classes.scaling} aria-label={words.heading} tabIndex={0}>
      <h2 className={classes.heading}>{words.heading}</h2>
      {decisions.length === 0 ? (
        <p className={classes.empty}>{words.none(pool.min, pool.max)}</p>
      ) : (
        <ol className={classes.list}>
          {decisions.toReversed().map((decision) => (
            <Decision
              key={`${decision.at} ${decision.reason} ${decision.to}`}
              decision={decision}
              now={now}
            />
          ))}
        </ol>
      )}
    </section>
  );
}
