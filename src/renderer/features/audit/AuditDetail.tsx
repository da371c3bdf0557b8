import type { AuditEntry } from '../../../shared/model/audit.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { type Fact, FactList } from '../../components/FactList.tsx';
import { formatCount, formatExactMoment } from '../../lib/format.ts';
import { auditText } from '../../text/audit.ts';
import classes from './Audit.module.css';
import { useAudit } from './audit.ts';
import { entriesAsText, type NameOf, outcomeText, subjectText } from './entryText.ts';

function factsOf(entry: AuditEntry, nameOf: NameOf): Fact[] {
  const words = auditText.facts;
  const details = auditText.details(entry.details);
  return [
    { label: words.sequence, value: formatCount(entry.sequence) },
    { label: words.time, value: formatExactMoment(entry.at) },
    { label: words.operation, value: `${auditText.operations[entry.operation]} (${entry.operation})` },
    ...(entry.subject === null ? [] : [{ label: words.subject, value: subjectText(entry, nameOf) }]),
    { label: words.outcome, value: outcomeText(entry) },
    ...(details === '' ? [] : [{ label: words.details, value: details }]),
  ];
}

/** The selected entry, whole. */
export function AuditDetail({ nameOf }: { nameOf: NameOf }) {
  const entry = useAudit(
    ({ entries, selected }) => entries.find(({ sequence }) => sequence === selected) ?? null,
  );
  if (entry === null) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too (WCAG 2.1.1)
    <section className={classes.detail} aria-label={auditText.selected} tabIndex={0}>
      <FactList facts={factsOf(entry, nameOf)} />
      <CopyButton size="xs" label={auditText.copyEntry} text={() => entriesAsText([entry], nameOf).text} />
    </section>
  );
}
