import type { RowCount } from '../../../shared/model/schemaTree.ts';
import { formatCount } from '../../lib/format.ts';
import { schemaText } from '../../text/schema.ts';

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** From here on an estimate is shown in short: its last digits mean nothing and narrow trees have no room. */
const shortFrom = 1_000_000;

/** `1,234` when counted, `~1,234` or `~12.3M` when estimated, `1,234+` for the least there is; null when nothing is known. */
export function shortRowCount(rows: RowCount | null): string | null {
  if (rows === null) return null;
  if (rows.accuracy === 'exact') return formatCount(rows.value);
  const figure = rows.value >= shortFrom ? compact.format(rows.value) : formatCount(rows.value);
  return rows.accuracy === 'estimate' ? `~${figure}` : `${figure}+`;
}

/** `1,234 rows`, `~1,234 rows`, `At least 1,234 rows`, or that it is not known. */
export function longRowCount(rows: RowCount | null): string {
  return rows === null ? schemaText.rows.unknown : schemaText.rows.long[rows.accuracy](rows.value);
}

/** What the figure is worth. */
export function rowCountHint(rows: RowCount | null): string {
  if (rows === null) return schemaText.rows.unknownHint;
  return schemaText.rows.hint[rows.accuracy];
}
