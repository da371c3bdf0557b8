import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../../src/main/connectors/RowStream.ts';
import { failureOf } from '../../support/failureOf.ts';
import { sourceFailure } from './SinkUnderTest.ts';
import { items, type SinkTools } from './sinkTools.ts';

/** Rows that the table of a sink refuses. */
export function refusedRowsSuite({
  table,
  some,
  attempt,
  rowsOf,
  countOf,
  named,
  ask,
  staging,
}: SinkTools): void {
  describe('rows that the table refuses', () => {
    const spoil = (rows: readonly Row[], ids: readonly string[]) =>
      rows.map((row) => (ids.includes(row[0] ?? '') ? [row[0] ?? '', null] : row));

    it.each(['append', 'upsert', 'overwrite', 'mirror'] as const)(
      'are left out of %s, each with its reason, up to the limit of the run',
      async (mode) => {
        const name = await table('id bigint PRIMARY KEY, name varchar(200) NOT NULL');
        const ids = ['1', '77', '100', '250'];
        const rows = spoil(items(300), ids);
        const few = some(name, mode, { maxRejectedRows: 3 });
        expect(await failureOf(attempt(few, rows))).toMatchObject({ code: 'ROWS_REFUSED' });
        expect((await rowsOf(name)).map(([id]) => Number(id)).filter((id) => id > 200)).toEqual([]);
        await ask(`DELETE FROM ${named(name)}`);
        const { rejected, position } = await attempt(some(name, mode, { maxRejectedRows: 4 }), rows);
        expect(rejected.map(({ cells }) => cells)).toEqual(ids.map((id) => [id, null]));
        for (const { reason } of rejected) expect(reason).toContain('name');
        expect(position).toMatchObject({ writtenCount: 296, rejectedCount: 4 });
        const left = (await rowsOf(name)).map((row) => row.slice(0, 2));
        expect(left).toEqual(items(300).filter(([id]) => !ids.includes(id ?? '')));
      },
    );

    it('counts those of earlier attempts of the run', async () => {
      const name = await table('id bigint PRIMARY KEY, name varchar(200) NOT NULL');
      const settings = some(name, 'append', { runId: randomUUID(), maxRejectedRows: 1 });
      const rows = spoil(items(300), ['50', '250']);
      await expect(attempt(settings, rows, { failAfter: 200 })).rejects.toBe(sourceFailure);
      expect(await failureOf(attempt(settings, rows))).toMatchObject({ code: 'ROWS_REFUSED' });
      expect(await countOf(name)).toBe(199);
    });

    it('are those without a key, where the table would take them', async () => {
      const name = await table('id bigint UNIQUE, name varchar(200)');
      const rows = [
        ['1', 'one'],
        [null, 'none'],
        ['2', 'two'],
      ];
      const { rejected } = await attempt(some(name, 'upsert', { maxRejectedRows: 1 }), rows);
      expect(rejected).toMatchObject([{ cells: [null, 'none'], reason: expect.stringContaining('id') }]);
      expect(await countOf(name)).toBe(2);
    });

    it('are all of a run whose rows come at once, when one is there already', async () => {
      const settings = some(await table(), 'append', { isResumable: false, maxRejectedRows: 10 });
      await attempt(settings, items(3));
      expect(await failureOf(attempt(settings, items(3, 3)))).toMatchObject({ code: 'ROWS_REFUSED' });
      expect(await rowsOf(settings.table)).toEqual(items(3));
      expect(await staging(settings)).toEqual([]);
    });
  });
}
