import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVault } from '../../src/main/app/createVault.ts';
import { openStore } from '../../src/main/app/openStore.ts';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock as clock } from '../../src/main/base/Clock.ts';
import { DataSourceService } from '../../src/main/dataSources/DataSourceService.ts';
import { OtherDatabases } from '../../src/main/dataSources/databases/OtherDatabases.ts';
import { SourceVerifier } from '../../src/main/dataSources/secrets/SourceVerifier.ts';
import { silentLogger as logger } from '../../src/main/observability/Logger.ts';
import type { ConnectionManager } from '../../src/main/sessions/ConnectionManager.ts';
import {
  initialState,
  withChange,
  withList,
} from '../../src/renderer/features/connections/connectionsState.ts';
import { events } from '../../src/shared/ipc/events.ts';
import { someDataSource, someFields, typedPassword } from '../support/dataSources.ts';
import { MemoryKeychain } from '../support/MemoryKeychain.ts';
import { type Figure, median, timed } from './figures.ts';

const saveCount = 60;

/** Store, vault and service as the app builds them, with this many data sources, and a window's list that follows. */
async function openWith(count: number) {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-bench-'));
  const store = openStore({ folder, keychain: new MemoryKeychain(), clock, logger });
  const { dataSources: repository, audit, backups, database } = store;
  const ask = async () => true;
  const { vault, typed, obtained, release } = createVault({ store, ask, clock, logger });
  const verifier = new SourceVerifier({ repository, vault, typed, ask, audit });
  // No data source is in use here.
  const manager = { changed: async () => undefined } as unknown as ConnectionManager;
  const backUp = () => backups.backUp();
  const guarded = { vault, obtained, release, verifier };
  const others = new OtherDatabases(repository);
  const service = new DataSourceService({
    ...{ repository, ...guarded, others, manager, audit, backUp, clock, logger },
  });
  database.transaction(() => {
    for (let index = 0; index < count; index += 1) {
      repository.put(someDataSource({ name: `Source ${index}` }), {});
    }
  });
  let list = { ...initialState, ...withList(initialState, structuredClone(service.list())) };
  // What crosses to the window is checked and copied, as in the app.
  service.onChanged.on((change) => {
    const told = structuredClone(events['dataSources.changed'].parse(change));
    const isNext = told.revision - 1 === list.revision;
    list = { ...list, ...(told.type === 'some' && isNext ? withChange(list, told) : readAgain()) };
  });
  const readAgain = () => withList(list, structuredClone(service.list()));
  const save = (name: string) =>
    service.save({ id: null, fields: someFields({ name }), secrets: typedPassword('secret') }, neverAborted);
  const close = () => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { save, close, listedCount: () => list.order.length };
}

/** What one save costs main and the window's list, among few and among many data sources, in turns. */
export async function measureSaving(): Promise<readonly Figure[]> {
  const few = { count: 10, opened: await openWith(10), times: [] as number[] };
  const many = { count: 1_000, opened: await openWith(1_000), times: [] as number[] };
  for (let turn = 0; turn < saveCount; turn += 1) {
    for (const { opened, times } of [few, many]) {
      times.push(await timed(() => opened.save(`New ${randomUUID()}`)));
    }
  }
  for (const { opened, count } of [few, many]) {
    if (opened.listedCount() !== count + saveCount) throw new Error('The window missed a save.');
    opened.close();
  }
  const floor = median(few.times);
  const value = median(many.times);
  const against = `the same among 10 ${floor.toFixed(2)} ms, ratio ${(value / floor).toFixed(2)}`;
  return [{ name: 'saving, one among 1,000 data sources', value, unit: 'ms', against }];
}
