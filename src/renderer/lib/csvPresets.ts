import { plainCsv } from '../../shared/model/plainCsv.ts';
import type { CsvOptions } from '../../shared/model/results.ts';

/** As a German Excel opens it by a double click. */
export const germanCsv: CsvOptions = {
  ...plainCsv,
  separator: ';',
  decimalComma: true,
  withBom: true,
  lineEnd: '\r\n',
};

export type CsvPreset = 'plain' | 'german' | 'own';

const optionNames = Object.keys(plainCsv) as (keyof CsvOptions)[];
const isSame = (one: CsvOptions, other: CsvOptions): boolean =>
  optionNames.every((name) => one[name] === other[name]);

export const csvPresetOf = (options: CsvOptions): CsvPreset =>
  isSame(options, plainCsv) ? 'plain' : isSame(options, germanCsv) ? 'german' : 'own';
