import type { FileFormat, ResultColumn } from '../../../shared/model/results.ts';
import { CsvEncoder } from './CsvEncoder.ts';
import { JsonEncoder } from './JsonEncoder.ts';
import type { RowEncoder } from './RowEncoder.ts';

/** @param columns those of a row of the file, in order */
export function encoderFor(format: FileFormat, columns: readonly ResultColumn[]): RowEncoder {
  if (format.type === 'csv') return new CsvEncoder(columns, format.options);
  return new JsonEncoder(columns, format.type === 'json' ? 'array' : 'lines');
}
