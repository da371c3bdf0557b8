import { scalingHistoryLength } from '../../../shared/model/historyLengths.ts';
import type { ScalingDecision } from '../../../shared/model/poolStats.ts';

const keyOf = ({ at, reason, from, to }: ScalingDecision): string => [at, reason, from, to].join(' ');

/** What is known with what came after it, oldest first: nothing twice, and no more than is kept anywhere. */
export function withDecisions(
  known: readonly ScalingDecision[],
  more: readonly ScalingDecision[],
): readonly ScalingDecision[] {
  if (more.length === 0) return known;
  const keys = new Set(known.map(keyOf));
  const fresh = more.filter((decision) => !keys.has(keyOf(decision)));
  return fresh.length === 0 ? known : [...known, ...fresh].slice(-scalingHistoryLength);
}
