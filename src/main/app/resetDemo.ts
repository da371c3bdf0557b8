import { neverAborted } from '../base/abort.ts';
import { type Ask, requireConsent } from '../base/Question.ts';
import type { DataSourceService } from '../dataSources/DataSourceService.ts';
import type { DemoServer } from '../demo/DemoServer.ts';
import type { ConnectionManager } from '../sessions/ConnectionManager.ts';
import { resetDemoQuestion } from './questions.ts';

interface ResetDemoOptions {
  readonly ask: Ask;
  readonly dataSources: DataSourceService;
  readonly demo: DemoServer;
  readonly manager: ConnectionManager;
}

/**
 * Puts the demo database back to its first state, after asking the person. Data sources on it let go of it meanwhile,
 * and those that were in use come back.
 * @throws CANCELLED when the person does not want to; as `DemoServer.reset`
 */
export async function resetDemo(options: ResetDemoOptions, signal: AbortSignal): Promise<void> {
  const { ask, dataSources, demo, manager } = options;
  await requireConsent(ask, resetDemoQuestion, signal);
  const states = manager.states();
  const onDemo = dataSources.list().dataSources.filter(({ dataSource }) => dataSource.origin === 'demo');
  const inUse = onDemo.map(({ dataSource }) => dataSource.id).filter((id) => id in states);
  await Promise.all(inUse.map((id) => manager.disconnect(id)));
  try {
    await demo.reset(signal);
  } finally {
    // Why one cannot connect is in its state, where people see it.
    for (const id of inUse) manager.connect(id, neverAborted).catch(() => undefined);
  }
}
