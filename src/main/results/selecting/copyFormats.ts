import type { CopyFormat, ResultColumn, ValueKind } from '../../../shared/model/results.ts';
import type { RelationRef } from '../../../shared/model/schemaTree.ts';
import { CsvEncoder } from '../files/CsvEncoder.ts';
import { JsonEncoder, truths } from '../files/JsonEncoder.ts';
import { isJsonNumber, isNumeric } from '../files/numbers.ts';
import type { RowEncoder } from '../files/RowEncoder.ts';
import { TableEncoder, type TableFormat } from './tableEncoders.ts';

/** How an engine writes names and values in a statement. */
export interface SqlQuoting {
  quote(name: string): string;
  quoteValue(text: string, kind: ValueKind): string;
}

export interface CopyFormatOptions {
  readonly columns: readonly ResultColumn[];
  readonly withHeader: boolean;
  /** Nothing but one cell is copied. */
  readonly isSingleCell: boolean;
  readonly quoting: SqlQuoting;
  readonly relation: RelationRef | null;
}

/** The standard's, where it is not known whose a statement will be. */
export const standardQuoting: SqlQuoting = {
  quote: (name) => `"${name.replaceAll('"', '""')}"`,
  quoteValue: (text) => `'${text.replaceAll("'", "''")}'`,
};

const tableWithoutName = 'table_name';

/** The encoder of a format of the clipboard. */
export function copyEncoder(format: CopyFormat, options: CopyFormatOptions): RowEncoder {
  switch (format) {
    case 'csv':
      return new CsvEncoder(options.columns, { ...clipboardCsv, withHeader: options.withHeader });
    case 'json':
      return new JsonEncoder(options.columns, 'array');
    case 'tsv':
      return new TableEncoder(tsv(options));
    case 'markdown':
      return new TableEncoder(markdown(options));
    case 'sql-insert':
      return new TableEncoder(sqlInsert(options));
    case 'in-list':
      return new TableEncoder(inList(options));
  }
}

const clipboardCsv = {
  separator: ',',
  decimalComma: false,
  withBom: false,
  lineEnd: '\n',
  nullText: '',
  escapesFormulas: false,
} as const;

/** As spreadsheets paste it: quotes only around what would tear the table. One cell alone is its text. */
function tsv({ columns, withHeader, isSingleCell }: CopyFormatOptions): TableFormat {
  const isAlone = isSingleCell && !withHeader;
  const value = (text: string) => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return {
    head: withHeader ? `${columns.map(({ name }) => value(name)).join('\t')}\n` : '',
    beforeRow: (isFirst) => (isFirst ? '' : '\n'),
    between: '\t',
    afterRow: '',
    end: '',
    nullText: '',
    value: isAlone ? (text) => text : value,
  };
}

function markdown({ columns, withHeader }: CopyFormatOptions): TableFormat {
  const value = (text: string) => text.replace(/[\\|]/g, '\\$&').replace(/\r\n|\r|\n/g, '<br>');
  // A table without a head is none: without one, the names are left blank.
  const names = columns.map(({ name }) => (withHeader ? value(name) : ' '));
  const rule = columns.map(({ kind }) => (isNumeric(kind) ? '---:' : '---'));
  return {
    head: `| ${names.join(' | ')} |\n| ${rule.join(' | ')} |\n`,
    beforeRow: () => '| ',
    between: ' | ',
    afterRow: ' |\n',
    end: '',
    nullText: 'NULL',
    value,
  };
}

function sqlInsert(options: CopyFormatOptions): TableFormat {
  const { columns, withHeader, relation, quoting } = options;
  const table =
    relation === null
      ? tableWithoutName
      : `${quoting.quote(relation.schema)}.${quoting.quote(relation.name)}`;
  const names = columns.map(({ name }, place) => quoting.quote(name === '' ? `column_${place + 1}` : name));
  const into = `INSERT INTO ${table}${withHeader ? ` (${names.join(', ')})` : ''} VALUES (`;
  return {
    head: '',
    beforeRow: () => into,
    between: ', ',
    afterRow: ');\n',
    end: '',
    nullText: 'NULL',
    value: literals(options),
  };
}

function inList(options: CopyFormatOptions): TableFormat {
  return {
    head: '(',
    beforeRow: (isFirst) => (isFirst ? '' : ', '),
    between: ', ',
    afterRow: '',
    end: ')',
    nullText: 'NULL',
    value: literals(options),
  };
}

/** Values as a statement has them: numbers and truth as they are, all else as text in quotes. */
function literals({ columns, quoting }: CopyFormatOptions): TableFormat['value'] {
  const kinds = columns.map(({ kind }) => kind);
  return (text, place) => {
    const kind = kinds[place] ?? 'other';
    if (isNumeric(kind) && text.length <= 1_000) {
      const bytes = Buffer.from(text);
      if (isJsonNumber(bytes, 0, bytes.length)) return text;
    }
    const truth = kind === 'boolean' ? truths.get(text) : undefined;
    return truth === undefined ? quoting.quoteValue(text, kind) : String(truth).toUpperCase();
  };
}
