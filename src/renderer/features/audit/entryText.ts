import type { AuditEntry } from '../../../shared/model/audit.ts';
import { auditText } from '../../text/audit.ts';

/** The name of a data source by its id; undefined when there is none of it any more. */
export type NameOf = (id: string) => string | undefined;

/** What an entry was about, in words. */
export function subjectText({ subject }: AuditEntry, nameOf: NameOf): string {
  return subject === null ? '' : (nameOf(subject) ?? auditText.gone(subject));
}

export const outcomeText = ({ outcome }: AuditEntry): string => (outcome === 'ok' ? auditText.ok : outcome);

/** What one call may put on the clipboard (`app.copyText`), in characters. */
const copyLimit = 100_000;

/** Entries as lines with tabs in between, as many of the newest as fit on the clipboard, and how many that are. */
export function entriesAsText(
  entries: readonly AuditEntry[],
  nameOf: NameOf,
): { readonly text: string; readonly count: number } {
  const lines: string[] = [];
  let length = 0;
  for (const entry of entries) {
    const line = [
      entry.sequence,
      new Date(entry.at).toISOString(),
      auditText.operations[entry.operation],
      subjectText(entry, nameOf),
      outcomeText(entry),
      auditText.details(entry.details),
    ].join('\t');
    length += line.length + 1;
    if (length > copyLimit) break;
    lines.push(line);
  }
  return { text: lines.join('\n'), count: lines.length };
}
