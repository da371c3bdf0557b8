import type { AuditFilter } from '../../../shared/model/audit.ts';
import { type AuditGroup, auditGroups } from '../../../shared/model/auditChoices.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { auditText } from '../../text/audit.ts';

/** Periods to choose from. */
export const periods = ['any', 'day', 'week', 'month', 'year', 'custom'] as const;
export type Period = (typeof periods)[number];

/** What is looked for, as it stands in the bar. */
export interface AuditView {
  readonly text: string;
  readonly group: AuditGroup | null;
  readonly sourceId: DataSourceId | null;
  readonly outcome: 'ok' | 'failed' | null;
  readonly period: Period;
  /** Days as `2026-01-31`, both included; empty: none. Only of the period `custom`. */
  readonly from: string;
  readonly to: string;
}

export const everything: AuditView = {
  text: '',
  group: null,
  sourceId: null,
  outcome: null,
  period: 'any',
  from: '',
  to: '',
};

export const isEverything = (view: AuditView): boolean =>
  JSON.stringify({ ...view, text: view.text.trim() }) === JSON.stringify(everything);

const dayMs = 24 * 3_600_000;
const periodDays: Record<Exclude<Period, 'any' | 'custom'>, number> = {
  day: 1,
  week: 7,
  month: 30,
  year: 365,
};
/** More names than that are not searched: a call has a limit. */
const maxSubjectCount = 1_000;

/** The filter for main. @param names of data sources by their id, since the trail has ids only */
export function filterOf(
  view: AuditView,
  names: Readonly<Record<string, string>>,
  nowMs: number,
): AuditFilter {
  const { group, sourceId, outcome } = view;
  return { group, subject: sourceId, outcome, ...timesOf(view, nowMs), search: searchOf(view.text, names) };
}

function timesOf({ period, from, to }: AuditView, nowMs: number): Pick<AuditFilter, 'since' | 'until'> {
  if (period === 'any') return { since: null, until: null };
  if (period === 'custom') return { since: dayBegins(from, 0), until: dayBegins(to, 1) };
  return { since: nowMs - periodDays[period] * dayMs, until: null };
}

/** When a day begins where the person is, or one after it; null for what is no day. */
function dayBegins(day: string, later: number): number | null {
  const [year = Number.NaN, month = Number.NaN, date = Number.NaN] = day.split('-').map(Number);
  const begins = new Date(year, month - 1, date + later).getTime();
  return Number.isNaN(begins) ? null : begins;
}

/** Words are looked for in what an entry is called here, too: the trail has only codes and ids. */
function searchOf(typed: string, names: Readonly<Record<string, string>>): AuditFilter['search'] {
  const text = typed.trim();
  if (text === '') return null;
  const word = text.toLowerCase();
  const named = <Key extends string>(labels: Readonly<Record<Key, string>>): Key[] =>
    (Object.keys(labels) as Key[]).filter((key) => labels[key].toLowerCase().includes(word));
  return {
    text,
    operations: named(auditText.operations),
    subjects: named(names).slice(0, maxSubjectCount),
  };
}

export const groupOf = (value: string): AuditGroup | null => auditGroups.find((one) => one === value) ?? null;
