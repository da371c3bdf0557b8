import type { ScalingDecision } from '../../../shared/model/poolStats.ts';
import type { Span } from '../../components/charts/chartData.ts';

/** Decisions of the scaler that stand at one place of a chart. */
export interface ScalingMark {
  /** Epoch milliseconds of the first one. */
  readonly at: number;
  /** Oldest first. */
  readonly decisions: readonly ScalingDecision[];
}

/** Marks that are closer than this could not be told apart: share of the whole. */
const closestShare = 0.025;

/** The decisions in a stretch of time, those that are close together as one mark. */
export function scalingMarks(
  decisions: readonly ScalingDecision[],
  { from, to }: Span,
): readonly ScalingMark[] {
  const closestMs = (to - from) * closestShare;
  const marks: ScalingMark[] = [];
  for (const decision of decisions) {
    if (decision.at < from || decision.at > to) continue;
    const last = marks.at(-1);
    if (last !== undefined && decision.at - last.at < closestMs) {
      marks[marks.length - 1] = { ...last, decisions: [...last.decisions, decision] };
    } else marks.push({ at: decision.at, decisions: [decision] });
  }
  return marks;
}
