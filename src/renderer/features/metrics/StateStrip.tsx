import { Tooltip } from '@mantine/core';
import { useMemo } from 'react';
import type { Span } from '../../components/charts/chartData.ts';
import { momentText } from '../../components/charts/chartTimes.ts';
import { metricsText } from '../../text/metrics.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import classes from './StateStrip.module.css';
import { type StateChange, type StateSpan, stateSpans } from './stateChanges.ts';

const words = metricsText.states;

/** `Connected`; of several, how many there are. */
const nameOf = ({ statuses }: StateSpan): string =>
  statuses.length > 1 || statuses[0] === undefined
    ? words.several(statuses.length)
    : vocabulary.stateLabel[statuses[0]];

/** What happened, from when to when. */
function hintOf(one: StateSpan, whole: Span): string {
  const named = [...new Set(one.statuses)].map((status) => vocabulary.stateLabel[status]);
  const time = words.span(
    momentText(one.from / 1_000, whole),
    momentText(one.to / 1_000, whole),
    one.to - one.from,
  );
  return one.statuses.length > 1
    ? `${words.several(one.statuses.length)}: ${named.join(', ')}. ${time}`
    : `${named[0]}, ${time}`;
}

interface StateStripProps {
  readonly states: readonly StateChange[];
  readonly span: Span;
}

/** The states of a data source along the axis of time, each in its words and its pattern. */
export function StateStrip({ states, span }: StateStripProps) {
  const { from, to } = span;
  const spans = useMemo(() => stateSpans(states, { from, to }), [states, from, to]);
  const share = (durationMs: number): string => `${(durationMs / (to - from)) * 100}%`;
  return (
    <ol className={classes.strip} aria-label={words.label}>
      {spans.map((one) => (
        <Tooltip key={one.from} label={hintOf(one, span)} openDelay={100}>
          <li
            className={classes.span}
            data-status={one.statuses.length > 1 ? 'several' : one.statuses[0]}
            style={{ insetInlineStart: share(one.from - from), width: share(one.to - one.from) }}
          >
            <span className={classes.name}>{nameOf(one)}</span>
          </li>
        </Tooltip>
      ))}
    </ol>
  );
}
