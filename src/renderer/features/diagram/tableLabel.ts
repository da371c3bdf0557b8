import type { Diagram } from '../../../shared/model/diagrams.ts';
import { diagramText } from '../../text/diagram.ts';
import { visibleName } from '../schema/index.ts';

const shownNames = ({ tables }: Diagram, indexes: readonly number[]): readonly string[] =>
  [...new Set(indexes)].flatMap((index) => {
    const table = tables[index];
    return table === undefined ? [] : [visibleName(table.name)];
  });

/** What is read out of a table: its name, and its relations. */
export function tableLabel(diagram: Diagram, index: number, name: string): string {
  const refersTo = diagram.links.flatMap(({ from, to }) => (from === index ? [to] : []));
  const referredBy = diagram.links.flatMap(({ from, to }) => (to === index && from !== index ? [from] : []));
  const columnCount = diagram.tables[index]?.columnCount ?? 0;
  return diagramText.table(name, columnCount, shownNames(diagram, refersTo), shownNames(diagram, referredBy));
}
