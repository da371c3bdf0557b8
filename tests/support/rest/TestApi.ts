import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import type { Row } from '../../../src/main/connectors/RowStream.ts';
import type { RestConnection } from '../../../src/main/connectors/rest/RestConnection.ts';
import { RestRowReader } from '../../../src/main/connectors/rest/reading/RestRowReader.ts';
import type { RestConfig } from '../../../src/shared/engines/rest/config.ts';
import type { Resource } from '../../../src/shared/model/resources.ts';
import type { ColumnFilter } from '../../../src/shared/model/results.ts';
import { openApi } from './apiUnderTest.ts';
import { someResource, someRestConfig } from './someRest.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => unknown;

/** A server on loopback that says to a client whatever a test wants. */
export class TestApi {
  readonly baseUrl: string;
  /** What was asked for, as it was on the wire. */
  readonly paths: string[];

  private constructor(port: number, paths: string[]) {
    this.baseUrl = `http://127.0.0.1:${port}`;
    this.paths = paths;
  }

  /** @param answer what it returns is sent as JSON; undefined when it has answered by itself */
  static async start(answer: Answer): Promise<TestApi> {
    const paths: string[] = [];
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      paths.push(request.url ?? '');
      const value = await answer(request, response, Buffer.concat(chunks).toString());
      if (value === undefined) return;
      if (!response.headersSent) response.setHeader('content-type', 'application/json');
      response.end(typeof value === 'string' ? value : JSON.stringify(value));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return new TestApi((server.address() as AddressInfo).port, paths);
  }

  /** A connection to it, for a configuration with these resources; closed after the test. */
  connect(resources: readonly Resource[] = [], changes: Partial<RestConfig> = {}): Promise<RestConnection> {
    return openApi(someRestConfig({ baseUrl: this.baseUrl, resources: [...resources], ...changes }));
  }

  /** All rows of a resource, as the grid reads them; with the error that ended them. */
  async read(
    changes: Partial<Resource>,
    { filters = [], others = [] }: { readonly filters?: ColumnFilter[]; readonly others?: Resource[] } = {},
  ): Promise<{ readonly names: string[]; readonly rows: Row[]; readonly error: unknown }> {
    const resource = someResource(changes);
    const connection = await this.connect([resource, ...others]);
    const options = { signal: neverAborted };
    const ref = { schema: resource.group, name: resource.name };
    const found = await new RestRowReader().find(connection, ref, options);
    const page = { sort: [], filters, after: null, limit: null };
    const stream = await found.readPage(connection, page, options);
    const rows: Row[] = [];
    const names = stream.columns.map(({ name }) => name);
    try {
      for (let batch = await stream.next(7); batch.length > 0; batch = await stream.next(7))
        rows.push(...batch);
      return { names, rows, error: null };
    } catch (error) {
      return { names, rows, error };
    } finally {
      await stream.close();
    }
  }
}
