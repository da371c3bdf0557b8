import type { LogicalType } from '../../../shared/model/columnTypes.ts';
import type { Destination, Pipeline } from '../../../shared/model/pipelines.ts';
import type { DeclaredType } from '../../connectors/TableWriter.ts';
import type { DestinationPlan, MappedColumn } from '../copy/ports.ts';
import { lossProblemOf } from './tableColumns.ts';
import { repeatedNames } from './tableProblems.ts';
import { digitsOfInteger } from './typeFit.ts';

type FileDestination = Extract<Destination, { readonly type: 'file' }>;

/** Digits of a DECIMAL that readers of Parquet must know. */
const maxDecimalDigits = 38;
const microDigits = 6;

/** What a run writes to a file, whose columns are called as the pipeline calls them. */
export function planFile(
  pipeline: Pipeline,
  { format }: FileDestination,
  mapped: readonly MappedColumn[],
): DestinationPlan {
  const columns = mapped.map(({ name, type, isNullable }) => {
    const { sql: declared, loss } = format.type === 'parquet' ? parquetType(type) : text;
    return { name, mappedName: name, type, declared, isNullable, loss, isNew: true };
  });
  const losses = columns.flatMap((column) => lossProblemOf(column, pipeline) ?? []);
  return {
    columns,
    table: null,
    statements: [],
    key: [],
    problems: [...repeatedNames(mapped), ...losses],
    warnings: [],
  };
}

const text: DeclaredType = { sql: 'text', loss: null };
const exact = (sql: string): DeclaredType => ({ sql, loss: null });

/** The type of a Parquet column, as `PlannedColumn.declared` names it. What has none of its own is a STRING. */
export function parquetType(type: LogicalType): DeclaredType {
  switch (type.type) {
    case 'boolean':
      return exact('BOOLEAN');
    case 'integer':
      return exact(integerType(type));
    case 'decimal':
      return exact(decimalType(type));
    case 'float':
      return exact(type.bits === 32 ? 'FLOAT' : 'DOUBLE');
    case 'binary':
      return exact('BYTE_ARRAY');
    case 'date':
      return exact('DATE');
    case 'time':
      return type.isZoned ? exact('STRING') : inMicros('TIME_MICROS', type.digits);
    case 'timestamp':
      return inMicros('TIMESTAMP_MICROS', type.digits);
    case 'uuid':
      return exact('UUID');
    case 'json':
      return exact('JSON');
    case 'text':
    case 'interval':
    case 'other':
      return exact('STRING');
  }
}

function integerType(type: Extract<LogicalType, { readonly type: 'integer' }>): string {
  const { bits, isUnsigned } = type;
  if (bits < 32 || (bits === 32 && !isUnsigned)) return 'INT32';
  return bits === 64 && isUnsigned ? `DECIMAL(${digitsOfInteger(type)},0)` : 'INT64';
}

function decimalType({ precision, scale }: Extract<LogicalType, { readonly type: 'decimal' }>): string {
  const places = scale ?? 0;
  const isKnown = precision !== null && precision <= maxDecimalDigits && places >= 0 && places <= precision;
  return isKnown ? `DECIMAL(${precision},${places})` : 'STRING';
}

function inMicros(sql: string, digits: number): DeclaredType {
  const loss = digits > microDigits ? `fractions of a second with more than ${microDigits} digits` : null;
  return { sql, loss };
}
