import { hostLinesOf } from '../../../shared/engines/hostsForm.ts';
import { maxHosts } from '../../../shared/engines/severalHosts.ts';

/** The words for several hosts, the same for every engine that has them. */

export const hostsText = {
  otherHosts: { label: 'Other hosts', help: null },
  balanceHosts: { label: 'Try hosts in random order', help: 'Spreads connections over all hosts.' },
} as const;

/** Each host of several has a stage of its own. */
export function hostStages({
  otherHosts = '',
  targetSession = 'any',
}: Partial<Readonly<Record<string, string>>>): Readonly<Record<string, string>> {
  const count = otherHosts === '' && targetSession === 'any' ? 0 : hostLinesOf(otherHosts).length + 1;
  return Object.fromEntries(
    Array.from({ length: Math.min(count, maxHosts) }, (_, index) => [
      `host${index + 1}`,
      `Host ${index + 1}`,
    ]),
  );
}
