import { describe, expect, it, vi } from 'vitest';
import { columnsOf, encodedBatches } from '../../../tests/support/encodedRows.ts';
import { resultsUnderTest, workToTheEnd } from '../../../tests/support/resultsUnderTest.ts';
import type { FileFormat } from '../../shared/model/results.ts';
import type { Row } from '../connectors/RowStream.ts';

const columns = columnsOf(['n', 'integer'], ['t', 'text']);
const rowCount = 20_000;
/** Rows that any work may go over in one turn when its time is always up. */
const mostRowsPerTurn = 4_096;
const json: FileFormat = { type: 'json' };

async function someResult() {
  const under = resultsUnderTest();
  const rows = Array.from({ length: rowCount }, (_, row): Row => [String((row * 7_919) % 10_007), `t${row}`]);
  const { resultId } = await under.filled(columns, ...encodedBatches(rows, 5_000));
  const sort = [{ column: 0, descending: true }];
  const { viewId } = await under.results.arrange({ resultId, sort, filters: [] }, workToTheEnd);
  return { ...under, resultId, viewId, sort };
}

/** Turns of the event loop that others get during work whose time is up whenever it looks at the clock. */
async function turnsDuring(under: { clock: { monotonicMs(): number } }, work: () => Promise<unknown>) {
  let nowMs = 0;
  vi.spyOn(under.clock, 'monotonicMs').mockImplementation(() => {
    nowMs += 5;
    return nowMs;
  });
  let turnCount = 0;
  let isOver = false;
  const count = () => {
    turnCount += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  await work();
  isOver = true;
  return turnCount;
}

const fewest = rowCount / mostRowsPerTurn;
const text = 'nowhere';

describe('work on the rows of a result', () => {
  it('gives others their turn while rows are sorted and filtered', async () => {
    const under = await someResult();
    const { resultId, results, sort } = under;
    const filters = [{ column: 1, operator: 'contains' as const, value: text }];
    const sorting = () => results.arrange({ resultId, sort, filters: [] }, workToTheEnd);
    expect(await turnsDuring(under, sorting)).toBeGreaterThan(2 * fewest);
    const filtering = () => results.arrange({ resultId, sort: [], filters }, workToTheEnd);
    expect(await turnsDuring(under, filtering)).toBeGreaterThan(fewest);
  });

  it.each(['as they came', 'of a view'])('gives others their turn while rows %s are used', async (which) => {
    const under = await someResult();
    const { resultId, results } = under;
    const viewId = which === 'of a view' ? under.viewId : null;
    const ranges = [{ fromRow: 0, toRow: rowCount - 1, columns: [0, 1] }];
    const find = { resultId, viewId, text, matchesCase: false, after: null, backwards: false };
    const save = { resultId, viewId, columns: null, rows: null, format: json, suggestedName: 'x' };
    const copy = { resultId, viewId, ranges, format: 'tsv' as const, withHeader: true, target: null };
    for (const work of [
      () => results.find(find, workToTheEnd),
      () => results.summary({ resultId, viewId, ranges }, workToTheEnd),
      () => results.copy(copy, workToTheEnd),
      () => results.save(save, workToTheEnd),
    ]) {
      expect(await turnsDuring(under, work)).toBeGreaterThan(fewest);
    }
  });
});
