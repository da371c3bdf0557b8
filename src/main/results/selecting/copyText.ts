import { StringDecoder } from 'node:string_decoder';
import type { Copied, CopyFormat, ResultColumn, SelectedRange } from '../../../shared/model/results.ts';
import type { RelationRef } from '../../../shared/model/schemaTree.ts';
import type { Pace } from '../../base/async/Pace.ts';
import type { EncodedRows } from '../../connectors/RowStream.ts';
import { blankColumn, RowText } from '../files/RowText.ts';
import type { ProgressReport } from '../ProgressReport.ts';
import { tooLargeToCopy } from '../resultErrors.ts';
import { copyEncoder, type SqlQuoting } from './copyFormats.ts';
import { selectedTable } from './selectedTable.ts';

/** Bytes of text that are put on the clipboard at most; it is in memory several times on its way. */
const maxBytes = 200 * 1000 * 1000;

export interface CopyOptions {
  readonly format: CopyFormat;
  readonly withHeader: boolean;
  readonly quoting: SqlQuoting;
  readonly relation: RelationRef | null;
  /** Of the result. */
  readonly columns: readonly ResultColumn[];
  readonly blocks: (from: number, to: number) => AsyncIterable<EncodedRows>;
  readonly pace: Pace;
  readonly progress: ProgressReport;
}

export interface CopiedText {
  readonly text: string;
  readonly counts: Copied;
}

/** What is selected as text, whole. @throws TOO_LARGE, the abort's reason */
export async function copyText(ranges: readonly SelectedRange[], options: CopyOptions): Promise<CopiedText> {
  const { columns, format, pace, progress } = options;
  const table = selectedTable(ranges);
  const cellCount = table.sections.reduce(
    (count, { fromRow, toRow, columns: selected }) => count + (toRow - fromRow + 1) * selected.size,
    0,
  );
  const picked = table.columns.flatMap((column) => columns[column] ?? []);
  const encoder = copyEncoder(format, { ...options, columns: picked, isSingleCell: cellCount === 1 });
  const decoder = new StringDecoder('utf8');
  let text = '';
  let byteCount = 0;
  const write = async (bytes: Buffer) => {
    byteCount += bytes.length;
    if (byteCount > maxBytes) throw tooLargeToCopy();
    text += decoder.write(bytes);
  };
  const rowText = new RowText({ columnCount: columns.length, columns: table.columns, encoder, pace, write });
  for (const section of table.sections) {
    const written = table.columns.map((column) => (section.columns.has(column) ? column : blankColumn));
    for await (const rows of options.blocks(section.fromRow, section.toRow + 1)) {
      await rowText.add(rows, written);
      progress.give({ rowsDone: rowText.rowCount, rowsTotal: null, bytesDone: rowText.byteCount });
    }
  }
  await rowText.end();
  return { text: text + decoder.end(), counts: { rowCount: rowText.rowCount, cellCount, byteCount } };
}
