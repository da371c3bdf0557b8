import type { EncodedRows } from '../../../connectors/RowStream.ts';
import type { WriteFailure } from '../../../connectors/TableWriter.ts';
import type { Transaction } from '../../../sessions/transactions/Transaction.ts';
import type { BatchOutcome, RejectedRow } from '../../copy/ports.ts';
import { cellTexts } from '../../reading/rowCells.ts';
import { sliceOf, splitByNull } from './rowSlices.ts';
import { reasonOf } from './sinkErrors.ts';

export interface RowsToWrite {
  readonly rows: EncodedRows;
  readonly columnNames: readonly string[];
  /** Columns, by position, in which nothing may be NULL although the table would take it. */
  readonly keyPlaces: ReadonlySet<number>;
  readonly write: (rows: EncodedRows) => Promise<number>;
  readonly judge: (error: unknown) => WriteFailure;
  /** @throws when there were too many */
  readonly onRejected: (rejected: readonly RejectedRow[]) => void;
}

/** Writes rows but for those that are refused, which are found by halving what was refused. */
export async function writeRows(transaction: Transaction, options: RowsToWrite): Promise<BatchOutcome> {
  const { rows, columnNames, keyPlaces, write, judge, onRejected } = options;
  const rejected: RejectedRow[] = [];

  const reject = (from: EncodedRows, reason: string): void => {
    rejected.push({ cells: cellTexts(from.bytes, from.starts[0] ?? 0, columnNames.length), reason });
    onRejected(rejected);
  };

  const writePart = async (part: EncodedRows): Promise<number> => {
    const count = part.starts.length;
    if (count === 0) return 0;
    try {
      return await transaction.savepoint(() => write(part));
    } catch (error) {
      if (judge(error) !== 'row') throw error;
      if (count === 1) {
        reject(part, reasonOf(error));
        return 0;
      }
    }
    const middle = Math.ceil(count / 2);
    const before = await writePart(sliceOf(part, 0, middle));
    return before + (await writePart(sliceOf(part, middle, count)));
  };

  const { whole, withNull } =
    keyPlaces.size === 0 ? { whole: rows, withNull: null } : splitByNull(rows, keyPlaces);
  if (withNull !== null) {
    const keyNames = [...keyPlaces].map((place) => columnNames[place]).join(', ');
    for (let row = 0; row < withNull.starts.length; row += 1) {
      reject(sliceOf(withNull, row, row + 1), `A column of the key is NULL: ${keyNames}.`);
    }
  }
  return { writtenCount: await writePart(whole), rejected };
}
