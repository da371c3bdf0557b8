import type { DataSourceFields } from '../../shared/model/dataSource.ts';
import type { ConnectionFactory } from '../connectors/ConnectionFactory.ts';
import type { DemoApi } from '../demo/api/DemoApi.ts';
import { demoApiKind, demoApiSource } from '../demo/api/demoApiSource.ts';

/**
 * Starts the demo API and reads its own document, as a person does with the one of any API.
 * @returns the data source that reaches it, with all that the document offers
 * @throws as `DemoApi.ensureRunning`
 */
export async function startDemoApi(
  api: DemoApi,
  factory: Pick<ConnectionFactory, 'connectorFor'>,
  signal: AbortSignal,
): Promise<DataSourceFields> {
  const baseUrl = await api.ensureRunning(signal);
  const { requests } = factory.connectorFor(demoApiKind);
  const document = await requests?.readDocument(api.document(baseUrl), new URL(baseUrl), signal);
  return demoApiSource(baseUrl, document?.operations.map(({ resource }) => resource) ?? []);
}
