import { createStore } from 'zustand/vanilla';
import type { CsvOptions, FileFormat } from '../../../../shared/model/results.ts';
import { plainCsv } from '../../../lib/plainCsv.ts';

/** As a German Excel opens it by a double click. */
export const germanCsv: CsvOptions = {
  ...plainCsv,
  separator: ';',
  decimalComma: true,
  withBom: true,
  lineEnd: '\r\n',
};

export type Preset = 'plain' | 'german' | 'own';

const isSame = (one: CsvOptions, other: CsvOptions): boolean => JSON.stringify(one) === JSON.stringify(other);

export const presetOf = (options: CsvOptions): Preset =>
  isSame(options, plainCsv) ? 'plain' : isSame(options, germanCsv) ? 'german' : 'own';

interface FileOptions {
  readonly type: FileFormat['type'];
  readonly csv: CsvOptions;
}

/** What was chosen last, for the next file of this window. */
export const fileOptionsStore = createStore<FileOptions>()(() => ({ type: 'csv', csv: plainCsv }));

export const formatOf = ({ type, csv }: FileOptions): FileFormat =>
  type === 'csv' ? { type, options: csv } : { type };
