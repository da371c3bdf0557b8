import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { neverAborted } from '../../src/main/base/abort.ts';
import { InputBreak } from '../../src/main/base/async/InputBreak.ts';
import type { EncodedRows } from '../../src/main/connectors/RowStream.ts';
import { DialogFiles } from '../../src/main/results/files/DialogFiles.ts';
import { SpooledResults } from '../../src/main/results/SpooledResults.ts';
import { SpoolFolder } from '../../src/main/results/spool/SpoolFolder.ts';
import type { ResultColumn } from '../../src/shared/model/results.ts';
import { columnsNamed, FakeRowStream } from './encodedRows.ts';
import { FakeClock } from './FakeClock.ts';
import { temporaryFolder } from './testStore.ts';

export const owner = 'some tab';
export const workToTheEnd = { signal: neverAborted };

/** Results in a folder of the running test's own, with a person who names files. */
export function resultsUnderTest(parent = join(temporaryFolder(), 'results')) {
  const savedIn = join(temporaryFolder(), 'saved');
  mkdirSync(savedIn);
  const person = { fileName: 'file' as string | null };
  const clock = new FakeClock();
  const chosen = async () => (person.fileName === null ? null : join(savedIn, person.fileName));
  const files = new DialogFiles({ dialogs: { chooseTarget: chosen, chooseSource: chosen }, clock });
  const folder = new SpoolFolder(parent);
  const copied: string[] = [];
  const inputBreak = new InputBreak(clock);
  const results = new SpooledResults({
    ...{ folder, files, inputBreak, clock },
    clipboard: { copyText: async (text) => void copied.push(text) },
    quotingOf: () => ({
      quote: (name) => `<${name}>`,
      quoteValue: (text) => `'${text.replaceAll("'", "''")}'`,
    }),
  });
  onTestFinished(() => results.close());
  const filled = async (columns: readonly ResultColumn[], ...batches: (EncodedRows | Error)[]) => {
    const writer = await results.create(columns, owner);
    const stream = new FakeRowStream(columns, batches);
    const done = await writer.fill(stream, { ...workToTheEnd, rowLimit: null });
    return { ...done, resultId: writer.id };
  };
  return {
    ...{ results, files, folder, parent, savedIn, person, copied, inputBreak, clock, filled },
    filledTexts: (names: readonly string[], ...batches: (EncodedRows | Error)[]) =>
      filled(columnsNamed(names), ...batches),
    spoolFiles: () => readdirSync(parent).flatMap((run) => readdirSync(join(parent, run))),
    saved: () => readFileSync(join(savedIn, person.fileName ?? '')),
  };
}
