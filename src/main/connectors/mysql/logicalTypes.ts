import type { LogicalType } from '../../../shared/model/columnTypes.ts';
import type { CellConverter, ColumnTypes } from '../TableWriter.ts';
import {
  bytesFromServer,
  bytesToServer,
  momentFromServer,
  momentToServer,
  numberToServer,
  truthFromServer,
  truthToServer,
  unfilledFromServer,
  yearToServer,
  zonedFromServer,
} from './types/cells.ts';
import { declareType } from './types/declareType.ts';
import { logicalTypeOf, typeWord } from './types/logicalType.ts';

/** What columns hold. A TIMESTAMP is read and written in the time of the session, which is UTC in those of pipelines. */
export const mysqlTypes: ColumnTypes = {
  logical: logicalTypeOf,
  declare: declareType,
  toCanonical,
  fromCanonical,
};

const numbers: ReadonlySet<LogicalType['type']> = new Set(['integer', 'decimal', 'float']);

function toCanonical(type: LogicalType, declared: string): CellConverter | null {
  switch (type.type) {
    case 'boolean':
      return truthFromServer;
    case 'integer':
    case 'decimal':
    case 'float':
      return typeWord(declared) === 'year' || /zerofill/i.test(declared) ? unfilledFromServer : null;
    case 'binary':
      return bytesFromServer;
    case 'date':
      return momentFromServer;
    case 'timestamp':
      return type.isZoned ? zonedFromServer : momentFromServer;
    default:
      return null;
  }
}

function fromCanonical(type: LogicalType, declared: string): CellConverter | null {
  const word = typeWord(declared);
  if (word === 'year') return yearToServer;
  const target = logicalTypeOf(declared).type;
  if (type.type === 'boolean') return target === 'text' ? null : truthToServer;
  if (numbers.has(target) && (type.type === 'decimal' || type.type === 'float')) return numberToServer;
  if (target === 'binary' && type.type === 'binary') return bytesToServer;
  if (target !== 'date' && target !== 'timestamp') return null;
  return type.type === 'date' || type.type === 'timestamp' ? momentToServer : null;
}
