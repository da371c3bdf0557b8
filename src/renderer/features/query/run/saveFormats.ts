import type { FileFormat } from '../../../../shared/model/results.ts';

/** The formats that a statement can be saved in without another question, by name. */
export const saveFormats: Readonly<Record<FileFormat['type'], FileFormat>> = {
  csv: {
    type: 'csv',
    options: {
      separator: ',',
      decimalComma: false,
      withHeader: true,
      withBom: false,
      lineEnd: '\n',
      nullText: '',
      escapesFormulas: false,
    },
  },
  json: { type: 'json' },
  ndjson: { type: 'ndjson' },
};
