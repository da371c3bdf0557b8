import { formatCount, plural } from '../lib/format.ts';

const names = (tables: readonly string[]): string => tables.join(', ');

const zoomText = (scale: number): string => `${Math.round(scale * 100)} %`;

/** Words of diagrams of tables. */
export const diagramText = {
  label: (name: string) => `Diagram of ${name}`,
  tables: (name: string) => `Tables in the diagram of ${name}`,
  keysHint:
    'Arrow keys go to the next table, along relations first. Enter opens the table. Alt and an arrow key moves it. Plus, minus and 0 zoom.',
  schemaDiagram: 'Diagram of the whole schema',
  columns: 'Columns shown',
  columnsShown: { names: 'Names', keys: 'Keys', all: 'Columns' },
  distance: 'Neighbours shown, by how many relations away they are',
  distanceLabel: 'Neighbours',
  moreColumns: (count: number) => `${plural(count, 'more column', 'more columns')}`,
  cut: (shown: number, total: number, isSchema: boolean) =>
    `${formatCount(shown)} of ${formatCount(total)} tables are shown: ${
      isSchema
        ? 'those with the most relations. Open the diagram of one table for its neighbours.'
        : 'the nearest ones.'
    }`,
  arranging: 'Arranging tables…',
  empty: (name: string) => `No tables in ${name}`,
  emptyMessage: 'A diagram shows tables and their foreign keys. Views have none.',
  notConnected: 'Connect to see the diagram.',
  find: {
    label: 'Find a table',
    none: 'No matches',
    found: (at: number, count: number) => `${formatCount(at)} of ${formatCount(count)}`,
    next: 'Next match',
    previous: 'Previous match',
    close: 'Close',
  },
  refresh: 'Refresh',
  save: 'Save as SVG…',
  saveLight: 'Save as SVG in light colours…',
  copy: 'Copy as SVG',
  resetPlaces: 'Arrange again',
  placesReset: 'Tables that were moved are back in their places',
  undo: 'Undo',
  undoMove: 'Undo moving a table',
  saved: (fileName: string) => `Saved “${fileName}”`,
  fileName: (name: string) => `${name} diagram`,
  more: 'More',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Show everything',
  zoom: zoomText,
  zoomFullFrom: (scale: number) => `${zoomText(scale)}. Zoom to 100 %.`,
  /** What is read out of a table. */
  table: (name: string, columnCount: number, refersTo: readonly string[], referredBy: readonly string[]) =>
    [
      `${name}, ${plural(columnCount, 'column', 'columns')}`,
      ...(refersTo.length > 0 ? [`refers to ${names(refersTo)}`] : []),
      ...(referredBy.length > 0 ? [`referred to by ${names(referredBy)}`] : []),
    ].join('; '),
  /** What a relation is called: `orders.customer_id → customers.id`. */
  link: (from: string, columns: readonly string[], to: string, targetColumns: readonly string[]) =>
    `${from} (${names(columns)}) → ${to} (${names(targetColumns)})`,
};
