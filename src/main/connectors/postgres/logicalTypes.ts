import type { LogicalType } from '../../../shared/model/columnTypes.ts';
import type { ByteConverter, CellConverter, ColumnTypes } from '../TableWriter.ts';
import { binaryBytes, booleanBytes, momentBytes, zonedBytes } from './types/canonicalBytes.ts';
import { declareType } from './types/declareType.ts';
import { intervalFromServer } from './types/intervals.ts';
import { logicalTypeOf } from './types/logicalType.ts';
import {
  momentFromServer,
  momentToServer,
  timeToServer,
  zonedFromServer,
  zonedTimeFromServer,
} from './types/moments.ts';

/** What columns hold. The texts are those of a session with DateStyle ISO, IntervalStyle postgres and bytea_output hex. */
export const postgresTypes: ColumnTypes = {
  logical: logicalTypeOf,
  declare: declareType,
  toCanonical,
  toCanonicalBytes,
  fromCanonical,
};

function toCanonical(type: LogicalType): CellConverter | null {
  switch (type.type) {
    case 'boolean':
      return (text) => (text === 't' ? 'true' : text === 'f' ? 'false' : text);
    case 'binary':
      return (text) => (text.startsWith('\\x') ? text.slice(2) : text);
    case 'date':
      return momentFromServer;
    case 'timestamp':
      return type.isZoned ? zonedFromServer : momentFromServer;
    case 'time':
      return type.isZoned ? zonedTimeFromServer : null;
    case 'interval':
      return intervalFromServer;
    default:
      return null;
  }
}

function toCanonicalBytes(type: LogicalType): ByteConverter | null {
  switch (type.type) {
    case 'boolean':
      return booleanBytes;
    case 'binary':
      return binaryBytes;
    case 'date':
      return momentBytes;
    case 'timestamp':
      return type.isZoned ? zonedBytes : momentBytes;
    default:
      return null;
  }
}

function fromCanonical(type: LogicalType, declared: string): CellConverter | null {
  const target = logicalTypeOf(declared).type;
  // The canonical text of the others has no character that the server does not take.
  if (type.type === 'text' || type.type === 'other') return withoutNul;
  switch (target) {
    case 'date':
    case 'timestamp':
      return momentToServer;
    case 'time':
      return timeToServer;
    case 'binary':
      return type.type === 'binary' ? (text) => `\\x${text}` : null;
    case 'integer':
    case 'decimal':
      return type.type === 'boolean' ? (text) => (text === 'true' ? '1' : '0') : null;
    default:
      return null;
  }
}

const nul = '\0';

/** The server takes no character of code 0. */
const withoutNul: CellConverter = (text) =>
  text.includes(nul) ? { lost: 'characters of code 0', rest: text.replaceAll(nul, '') } : text;
