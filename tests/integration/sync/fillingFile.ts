import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAppError } from '../../../src/main/base/AppError.ts';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { systemClock } from '../../../src/main/base/Clock.ts';
import { openFileSink } from '../../../src/main/sync/writing/files/FileSink.ts';
import type { CsvOptions } from '../../../src/shared/model/results.ts';
import { encodedRows } from '../../support/encodedRows.ts';

/** Writes more rows to a file than its disk has room for, and prints what came of it. @see fullDisk.test.ts */
const folder = process.argv[2] ?? '';
writeFileSync(join(folder, 'copy.csv'), 'old');
const type = { type: 'text', length: null } as const;
const column = {
  name: 's',
  mappedName: 's',
  type,
  declared: 'text',
  isNullable: true,
  loss: null,
  isNew: true,
};
const runId = '6f1d2a34-0000-4000-8000-000000000001';
const csv: CsvOptions = {
  ...{ separator: ',', decimalComma: false, withHeader: true, withBom: false },
  ...{ lineEnd: '\n', nullText: '', escapesFormulas: false },
};
const sink = openFileSink({
  ...{
    folder,
    name: 'copy',
    format: { type: 'csv', options: csv },
    columns: [column],
    runId,
    sourceCells: null,
  },
  ...{ namedAt: 0, timeZone: 'UTC', maxRejectedRows: 0, signal: neverAborted, clock: systemClock },
  isOwned: () => Promise.resolve(true),
});
const position = {
  ...{ runId, cursor: null, atCursor: [], after: null },
  ...{ readCount: 0, writtenCount: 0, rejectedCount: 0, byteCount: 0, isComplete: false },
};
const rows = encodedRows(Array.from({ length: 1_000 }, () => ['x'.repeat(1_000)]));
let failure: unknown = null;
try {
  await sink.begin();
  for (let batch = 0; batch < 10; batch += 1) await sink.write(rows, position, async () => undefined);
} catch (error) {
  failure = isAppError(error) ? { code: error.code, retryable: error.retryable } : String(error);
}
await sink.close();
process.stdout.write(JSON.stringify({ failure, left: readdirSync(folder) }));
