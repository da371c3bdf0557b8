import type { ResponseRule } from '../../../../shared/model/resources.ts';
import { selected, smallJson } from '../errors/apiWords.ts';
import { headerOf } from '../HeaderLines.ts';
import type { UnpackedAnswer } from './Transport.ts';

/**
 * What an answer means: `refused` is that of an API which wants other credentials.
 */
export type Verdict = 'ok' | 'ignore' | 'retry' | 'rate-limit' | 'refused' | 'fail';

export interface Judgement {
  readonly verdict: Verdict;
  /** Whether a rule of the resource says so, and not the status alone. */
  readonly isByRule: boolean;
}

/** The first rule that fits decides, else the status. */
export function judge(answer: UnpackedAnswer, rules: readonly ResponseRule[]): Judgement {
  let body: { readonly value: unknown } | null = null;
  const isSelected = (when: string): boolean => {
    body ??= { value: smallJson(answer.body) };
    return isThere(selected(body.value, when));
  };
  const rule = rules.find(
    ({ status, when }) => isStatus(answer.status, status) && (when === '' || isSelected(when)),
  );
  return rule === undefined
    ? { verdict: byStatus(answer), isByRule: false }
    : { verdict: rule.outcome, isByRule: true };
}

function byStatus({ status, headers }: UnpackedAnswer): Verdict {
  if (status < 300) return 'ok';
  if (status === 401) return 'refused';
  if (status === 429) return 'rate-limit';
  if (status === 503 && headerOf(headers, 'retry-after') !== null) return 'rate-limit';
  // What the server does not know how to do, it will not know a second later.
  if (status === 408 || (status >= 500 && status !== 501 && status !== 505)) return 'retry';
  return 'fail';
}

const isStatus = (status: number, pattern: string): boolean =>
  pattern === '*' || pattern === String(status) || pattern === `${Math.floor(status / 100)}xx`;

/** There, and not false, null or empty. */
function isThere(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}
