import type { CsvOptions } from '../../shared/model/results.ts';

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
