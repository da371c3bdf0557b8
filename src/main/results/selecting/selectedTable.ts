import type { SelectedRange } from '../../../shared/model/results.ts';

/** Some rows, and which of their columns are selected. */
interface Section {
  readonly fromRow: number;
  readonly toRow: number;
  readonly columns: ReadonlySet<number>;
}

/** What is selected as one table: its columns, and its rows section by section. */
export interface SelectedTable {
  readonly columns: readonly number[];
  readonly sections: readonly Section[];
}

/**
 * Joins ranges into one table. Ranges of the same rows are one section; cells of a section that are not selected are left
 * blank.
 */
export function selectedTable(ranges: readonly SelectedRange[]): SelectedTable {
  const sections = new Map<string, Section & { readonly columns: Set<number> }>();
  const columns = new Set<number>();
  for (const { fromRow, toRow, columns: selected } of ranges) {
    const key = `${fromRow}-${toRow}`;
    const section = sections.get(key) ?? { fromRow, toRow, columns: new Set<number>() };
    sections.set(key, section);
    for (const column of selected) {
      section.columns.add(column);
      columns.add(column);
    }
  }
  return { columns: [...columns], sections: [...sections.values()] };
}
