import { describe, expect, it } from 'vitest';
import { SqliteSecretRepository } from '../../../src/main/store/SqliteSecretRepository.ts';
import { dataSourcesIn } from '../../support/dataSourcesIn.ts';
import { openTestStore, temporaryFolder } from '../../support/testStore.ts';
import { ended, linesOf, spawnTypeScript } from '../../support/typeScript/spawnTypeScript.ts';

const writingProcess = new URL('./writingProcess.ts', import.meta.url);

/** Lets a process write to the folder's store and kills it after so many acknowledged writes. */
async function writeUntilKilled(folder: string, writeCount: number): Promise<string[]> {
  const child = spawnTypeScript(writingProcess, [folder]);
  const acknowledged: string[] = [];
  for await (const id of linesOf(child)) {
    acknowledged.push(id);
    if (acknowledged.length === writeCount) child.kill('SIGKILL');
  }
  expect((await ended(child)).signal).toBe('SIGKILL');
  return acknowledged;
}

describe('a killed process', () => {
  it('has lost nothing that was acknowledged, and half of nothing, however often it happens', async () => {
    const folder = temporaryFolder();
    const acknowledged: string[] = [];
    for (const writeCount of [1, 7, 40, 150, 400]) {
      acknowledged.push(...(await writeUntilKilled(folder, writeCount)));
      const database = openTestStore({ folder });
      const saved = dataSourcesIn(database).list();
      const secrets = new SqliteSecretRepository(database);
      const ids = new Set(saved.map((dataSource) => dataSource.id));
      expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
      // Each was saved with its secret: as many of these, and one for each.
      expect(secrets.count()).toBe(saved.length);
      expect(saved.every((dataSource) => secrets.listFor(dataSource.id).length === 1)).toBe(true);
      database.close();
    }
  }, 120_000);
});
