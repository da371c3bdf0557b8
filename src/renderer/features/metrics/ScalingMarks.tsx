import { Tooltip } from '@mantine/core';
import { useMemo } from 'react';
import type { ScalingDecision } from '../../../shared/model/poolStats.ts';
import type { Span } from '../../components/charts/chartData.ts';
import { metricsText } from '../../text/metrics.ts';
import classes from './ScalingMarks.module.css';
import { type ScalingMark, scalingMarks } from './scalingMoments.ts';

const words = metricsText.scaling;

/** So many are told of; the table of a busy day is no hint. */
const maxTold = 6;

function Told({ decisions }: Pick<ScalingMark, 'decisions'>) {
  const told = decisions.slice(-maxTold);
  return (
    <ul className={classes.told}>
      {told.length < decisions.length && <li>{words.earlier(decisions.length - told.length)}</li>}
      {told.map((decision) => (
        <li key={`${decision.at} ${decision.reason} ${decision.to}`}>
          {words.decision(decision)}
          <span className={classes.figures}>{words.figures(decision)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Up, down, or what the server refused: the shape says it as well as the colour. */
function shapeOf(decisions: readonly ScalingDecision[]): 'grew' | 'shrank' | 'refused' {
  if (decisions.some(({ reason }) => reason === 'server-limit')) return 'refused';
  const [first, last] = [decisions[0], decisions.at(-1)];
  return first !== undefined && last !== undefined && last.to > first.from ? 'grew' : 'shrank';
}

interface ScalingMarksProps {
  readonly decisions: readonly ScalingDecision[];
  readonly span: Span;
}

/** Why the pool has the size it has: what its scaler decided, where it did on the axis of time. */
export function ScalingMarks({ decisions, span }: ScalingMarksProps) {
  const { from, to } = span;
  const marks = useMemo(() => scalingMarks(decisions, { from, to }), [decisions, from, to]);
  if (marks.length === 0) return null;
  return (
    <ol className={classes.marks} aria-label={words.heading}>
      {marks.map(({ at, decisions: here }) => (
        <li
          key={at}
          className={classes.mark}
          style={{ insetInlineStart: `${((at - from) / (to - from)) * 100}%` }}
        >
          <Tooltip label={<Told decisions={here} />} multiline maw={340} openDelay={100}>
            <button
              type="button"
              className={classes.sign}
              data-shape={shapeOf(here)}
              aria-label={here.map(words.decision).join('. ')}
            />
          </Tooltip>
        </li>
      ))}
    </ol>
  );
}
