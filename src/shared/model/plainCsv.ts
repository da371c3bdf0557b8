import type { CsvOptions, FileOptions } from './results.ts';

/** CSV as other programs expect it: NULL is nothing, the empty text is `""`. */
export const plainCsv: CsvOptions = {
  separator: ',',
  decimalComma: false,
  withHeader: true,
  withBom: false,
  lineEnd: '\n',
  nullText: '',
  escapesFormulas: false,
};

export const plainCsvFile: FileOptions = { type: 'csv', csv: plainCsv };
