import type { ResourceColumn, ResourceType } from '../../../../../shared/model/resources.ts';
import type { ResultColumn, ValueKind } from '../../../../../shared/model/results.ts';

const kinds: Readonly<Record<ResourceType, ValueKind>> = {
  text: 'text',
  integer: 'integer',
  bigint: 'integer',
  numeric: 'decimal',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  timestamp: 'timestamp',
  uuid: 'text',
  json: 'json',
};

/** Holds the fields of a record that no column has. */
const otherColumn: ResultColumn = { name: '_other', type: 'json', kind: 'json' };

/** @param hasOther whether fields without a column go into a last one */
export const resultColumns = (columns: readonly ResourceColumn[], hasOther: boolean): ResultColumn[] => [
  ...columns.map(({ name, type }) => ({ name, type, kind: kinds[type] })),
  ...(hasOther ? [otherColumn] : []),
];
