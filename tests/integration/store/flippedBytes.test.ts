import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../src/main/base/AppError.ts';
import type { InspectedDataSource } from '../../../src/main/dataSources/DataSourceRepository.ts';
import { someDataSource } from '../../support/dataSources.ts';
import { dataSourcesIn } from '../../support/dataSourcesIn.ts';
import { TestSigner } from '../../support/TestSigner.ts';
import { openTestStore, temporaryFolder } from '../../support/testStore.ts';

const signer = new TestSigner();
const dataSource = someDataSource({ name: 'Bücher 🐘', environment: 'production' });
const revisions = { password: 3 };
const saved: InspectedDataSource = {
  dataSource,
  integrity: 'intact',
  secretRevisions: revisions,
  digest: expect.any(String),
};

/** A closed store with one data source, and where in the file its row is. */
function storeWithRow(): { bytes: Buffer; start: number; end: number } {
  const folder = temporaryFolder();
  const database = openTestStore({ folder });
  dataSourcesIn(database, signer).put(dataSource, revisions);
  database.close();
  const bytes = readFileSync(join(folder, 'mooring.db'));
  // Before the id are the row's header and the cell's; behind the fields two times, revisions, digest and signature.
  const revisionsAt = bytes.indexOf('{"password":3}');
  const start = bytes.lastIndexOf(dataSource.id, revisionsAt) - 17;
  const end = revisionsAt + 14 + 32 + 32 + 1;
  expect(end - start).toBeGreaterThan(400);
  return { bytes, start, end };
}

/** What is served of a store with these bytes: every row of the list, or the code of the error. */
function served(bytes: Buffer): (InspectedDataSource | null)[] | string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'mooring.db'), bytes);
  try {
    const database = openTestStore({ folder });
    const dataSources = dataSourcesIn(database, signer);
    const list = dataSources.list().map(({ id }) => dataSources.inspect(id));
    database.close();
    return list;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return error.code;
  }
}

describe('a data source with one byte that fell over', () => {
  it('is never served as intact unless it is what was saved, wherever the byte is', () => {
    const { bytes, start, end } = storeWithRow();
    expect(served(bytes)).toEqual([saved]);
    const seen: Record<string, number> = {};
    fc.assert(
      fc.property(fc.integer({ min: start, max: end - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const flipped = Buffer.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
        const answer = served(flipped);
        if (typeof answer === 'string') {
          expect(answer).toBe('STORE_CORRUPT');
          seen[answer] = (seen[answer] ?? 0) + 1;
          return;
        }
        for (const inspected of answer) {
          const state = inspected?.integrity ?? 'missing';
          seen[state] = (seen[state] ?? 0) + 1;
          if (state === 'intact') expect(inspected).toEqual(saved);
        }
      }),
      { numRuns: 200 },
    );
    // SQLite itself takes nearly all of them for an intact file; many leave it readable, and only the digest tells.
    expect(seen.changed).toBeGreaterThan(10);
  }, 120_000);
});
