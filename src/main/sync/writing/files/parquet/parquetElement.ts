import type { ParquetWriter } from 'hyparquet-writer';
import type { PlannedColumn } from '../../../../../shared/model/pipelineViews.ts';

export type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

/** Digits of a decimal that has eight bytes. */
const maxLongDigits = 18;
const uuidBytes = 16;

const decimalType = /^DECIMAL\((\d+),(\d+)\)$/;

/** A column in the schema of a file, by the name of its type as the plan has it: from the catalogue, never from rows. */
export function parquetElement({ name, declared, type }: PlannedColumn): SchemaElement {
  const [, precision, scale] = decimalType.exec(declared) ?? [];
  const isZoned = 'isZoned' in type && type.isZoned;
  const described =
    precision === undefined ? elementOf(declared, isZoned) : decimal(Number(precision), Number(scale));
  return { name, repetition_type: 'OPTIONAL', ...described };
}

type Described = Omit<SchemaElement, 'name'>;

function elementOf(declared: string, isZoned: boolean): Described {
  switch (declared) {
    case 'BOOLEAN':
    case 'INT32':
    case 'INT64':
    case 'FLOAT':
    case 'DOUBLE':
    case 'BYTE_ARRAY':
      return { type: declared };
    case 'DATE':
      return { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } };
    case 'TIME_MICROS':
      return { type: 'INT64', logical_type: { type: 'TIME', isAdjustedToUTC: false, unit: 'MICROS' } };
    case 'TIMESTAMP_MICROS':
      return timestamp(isZoned);
    case 'UUID':
      return { type: 'FIXED_LEN_BYTE_ARRAY', type_length: uuidBytes, logical_type: { type: 'UUID' } };
    case 'JSON':
      // Without the older name for it, under which the package would parse and write it anew.
      return { type: 'BYTE_ARRAY', logical_type: { type: 'JSON' } };
    case 'STRING':
      return { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } };
    default:
      throw new Error(`A column of a file is declared ${declared}.`);
  }
}

/** The older name for it means UTC: a local time has the newer one only. */
function timestamp(isZoned: boolean): Described {
  const logical_type = { type: 'TIMESTAMP', isAdjustedToUTC: isZoned, unit: 'MICROS' } as const;
  return { type: 'INT64', logical_type, ...(isZoned ? { converted_type: 'TIMESTAMP_MICROS' } : {}) };
}

function decimal(precision: number, scale: number): Described {
  const logical_type = { type: 'DECIMAL', precision, scale } as const;
  const described = { converted_type: 'DECIMAL', logical_type, precision, scale } as const;
  if (precision <= maxLongDigits) return { ...described, type: 'INT64' };
  return { ...described, type: 'FIXED_LEN_BYTE_ARRAY', type_length: bytesOf(precision) };
}

/** Bytes of the largest number of so many digits, with its sign. */
function bytesOf(precision: number): number {
  const bits = (10n ** BigInt(precision)).toString(2).length + 1;
  return Math.ceil(bits / 8);
}
