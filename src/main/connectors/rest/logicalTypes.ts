import type { LogicalType } from '../../../shared/model/columnTypes.ts';
import { type ResourceType, resourceTypeSchema } from '../../../shared/model/resources.ts';
import type { CellConverter, ColumnTypes } from '../TableWriter.ts';
import { decimalFromApi, integerFromApi, momentFromApi, timeFromApi, uuidFromApi } from './types/cells.ts';

const logicalTypes: Readonly<Record<ResourceType, LogicalType>> = {
  text: { type: 'text', length: null },
  integer: { type: 'integer', bits: 32, isUnsigned: false },
  bigint: { type: 'integer', bits: 64, isUnsigned: false },
  numeric: { type: 'decimal', precision: null, scale: null },
  boolean: { type: 'boolean' },
  date: { type: 'date' },
  time: { type: 'time', digits: 6, isZoned: false },
  timestamp: { type: 'timestamp', digits: 6, isZoned: true },
  uuid: { type: 'uuid' },
  json: { type: 'json' },
};

/**
 * What columns of resources hold. An API may send anything in any of them: a value that is not of the type stays as it is,
 * and is refused where it goes, with its row.
 */
export const restTypes: ColumnTypes = {
  logical(declared) {
    const { success, data } = resourceTypeSchema.safeParse(declared);
    return success ? logicalTypes[data] : logicalTypes.text;
  },
  // Nothing is written to an API; this is what its columns would be called.
  declare: (type) => ({ sql: resourceTypeOf(type), loss: null }),
  toCanonical,
  fromCanonical: () => null,
};

function toCanonical(type: LogicalType): CellConverter | null {
  switch (type.type) {
    case 'integer':
      return integerFromApi;
    case 'decimal':
      return decimalFromApi;
    case 'time':
      return timeFromApi;
    case 'timestamp':
      return momentFromApi;
    case 'uuid':
      return uuidFromApi;
    default:
      return null;
  }
}

function resourceTypeOf(type: LogicalType): ResourceType {
  switch (type.type) {
    case 'integer':
      return type.bits === 64 || (type.bits === 32 && type.isUnsigned) ? 'bigint' : 'integer';
    case 'decimal':
    case 'float':
      return 'numeric';
    case 'binary':
    case 'interval':
    case 'other':
      return 'text';
    default:
      return type.type;
  }
}
