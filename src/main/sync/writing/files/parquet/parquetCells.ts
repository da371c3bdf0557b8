import type { PlannedColumn } from '../../../../../shared/model/pipelineViews.ts';
import { readDate, readTime, readTimestamp } from './momentCells.ts';
import { readDecimal, readInt32, readInt64 } from './numberCells.ts';
import type { ParquetCell } from './ParquetCell.ts';

const decimalType = /^DECIMAL\((\d+),(\d+)\)$/;
const uuidBytes = 16;

export function parquetCell({ declared }: PlannedColumn): ParquetCell {
  const [, precision, scale] = decimalType.exec(declared) ?? [];
  if (precision !== undefined) return readDecimal(Number(precision), Number(scale));
  switch (declared) {
    case 'BOOLEAN':
      return readBoolean;
    case 'INT32':
      return readInt32;
    case 'INT64':
      return readInt64;
    case 'FLOAT':
    case 'DOUBLE':
      return readFloat;
    case 'BYTE_ARRAY':
      return readBinary;
    case 'DATE':
      return readDate;
    case 'TIME_MICROS':
      return readTime;
    case 'TIMESTAMP_MICROS':
      return readTimestamp;
    case 'UUID':
      return readUuid;
    default:
      return readText;
  }
}

/** A copy: the batch that it stands in is overwritten before the file gets it. */
const readText: ParquetCell = (bytes, from, to) => Buffer.from(bytes.subarray(from, to));

const readBoolean: ParquetCell = (bytes, from, to) => {
  const text = bytes.toString('latin1', from, to);
  if (text === 'true') return true;
  return text === 'false' ? false : null;
};

const floatShape = /^-?(?:\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|Infinity)$|^NaN$/;

const readFloat: ParquetCell = (bytes, from, to) => {
  const text = bytes.toString('latin1', from, to);
  return floatShape.test(text) ? Number(text) : null;
};

const readBinary: ParquetCell = (bytes, from, to) => {
  const read = Buffer.from(bytes.toString('latin1', from, to), 'hex');
  return 2 * read.length === to - from ? read : null;
};

const readUuid: ParquetCell = (bytes, from, to) => {
  const read = Buffer.from(bytes.toString('latin1', from, to).replaceAll('-', ''), 'hex');
  return read.length === uuidBytes ? read : null;
};
