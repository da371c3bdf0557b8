/**
 * Fills the small disk on which the folder given lies with rows: first with a result, then with a file. Prints what it
 * saw as one line of JSON.
 */

import { readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isAppError } from '../../../src/main/base/AppError.ts';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { InputBreak } from '../../../src/main/base/async/InputBreak.ts';
import { systemClock as clock } from '../../../src/main/base/Clock.ts';
import type { RowStream } from '../../../src/main/connectors/RowStream.ts';
import { DialogFiles } from '../../../src/main/results/files/DialogFiles.ts';
import { SpooledResults } from '../../../src/main/results/SpooledResults.ts';
import { SpoolFolder } from '../../../src/main/results/spool/SpoolFolder.ts';
import { plainCsv } from '../../../src/shared/model/plainCsv.ts';
import { columnsOf, encodedRows } from '../../support/encodedRows.ts';

const [disk = ''] = process.argv.slice(2);
const columns = columnsOf(['n', 'integer'], ['pad', 'text']);

let isClosed = false;
/** Rows without an end. */
function endlessRows(): RowStream {
  let count = 0;
  const row = () => {
    count += 1;
    return [String(count), 'x'.repeat(300)];
  };
  const batch = () => Array.from({ length: 500 }, row);
  return {
    columns,
    next: async () => batch(),
    nextEncoded: async () => encodedRows(batch()),
    close: async () => {
      isClosed = true;
    },
  };
}

const codeOf = (error: unknown): string => (isAppError(error) ? error.code : String(error));
const files = new DialogFiles({
  dialogs: { chooseSource: async () => null, chooseTarget: async () => join(disk, 'rows.csv') },
  clock,
});
const results = new SpooledResults({
  folder: new SpoolFolder(join(disk, 'results')),
  files,
  clipboard: { copyText: async () => undefined },
  quotingOf: () => null,
  inputBreak: new InputBreak(clock),
  clock,
});

const work = { signal: neverAborted };
const writer = await results.create(columns, 'tab');
const filled = await writer.fill(endlessRows(), { ...work, rowLimit: null }).then(() => 'filled', codeOf);
const isStreamClosed = isClosed;
const last = { viewId: null, fromRow: writer.rowCount - 1, rowCount: 1, fromColumn: 0, columnCount: 2 };
const { rows } = await results.window({ resultId: writer.id, ...last });
const isLastRowThere = rows[0]?.[0] === String(writer.rowCount) && rows[0][1] === 'x'.repeat(300);
const sorted = await results
  .arrange({ resultId: writer.id, sort: [{ column: 1, descending: true }], filters: [] }, work)
  .then(() => 'sorted', codeOf);
const isStillThere = (await results.window({ resultId: writer.id, ...last })).rows.length === 1;
await results.drop(writer.id);

const saved = await files
  .saveRows(async () => endlessRows(), { type: 'csv', options: plainCsv }, { ...work, suggestedName: 'rows' })
  .then(() => 'saved', codeOf);
const left = readdirSync(disk).filter((name) => name !== 'results');
await results.close();

writeSync(1, JSON.stringify({ filled, isStreamClosed, isLastRowThere, sorted, isStillThere, saved, left }));
