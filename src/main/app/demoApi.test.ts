import { expect, it, onTestFinished } from 'vitest';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { dataSourceFieldsSchema } from '../../shared/model/dataSource.ts';
import { neverAborted } from '../base/abort.ts';
import { ConnectionFactory } from '../connectors/ConnectionFactory.ts';
import { DemoApi } from '../demo/api/DemoApi.ts';
import { atDemoApi } from '../demo/api/demoApiSource.ts';
import { noInstrumentation } from '../observability/Instrumentation.ts';
import { silentLogger } from '../observability/Logger.ts';
import { startDemoApi } from './demoApi.ts';

const clock = new FakeClock();

function demoApi(): DemoApi {
  const database = {
    ensureRunning: () => Promise.resolve({ host: '127.0.0.1', port: 1 }),
    password: () => Promise.resolve('pw'),
  };
  const api = new DemoApi({ database, clock, logger: silentLogger, firstPort: 25_600 });
  onTestFinished(() => api.stop());
  return api;
}

it('makes a data source of the demo API out of its own document, each way of paging once', async () => {
  const api = demoApi();
  const fields = await startDemoApi(api, new ConnectionFactory(clock, noInstrumentation), neverAborted);
  expect(dataSourceFieldsSchema.safeParse(fields).error).toBeUndefined();
  expect(JSON.stringify(fields)).not.toContain(api.key);
  expect(fields).toMatchObject({
    name: 'Demo API',
    origin: 'demo',
    engine: {
      config: {
        baseUrl: 'http://127.0.0.1:25600',
        auth: { type: 'api-key', place: 'header', name: 'X-API-Key' },
        resources: [
          {
            ...{ name: 'customers', path: '/customers', selector: 'data', totalSelector: 'total' },
            pagination: { type: 'page', first: 1, size: { parameter: 'limit', value: 1_000 } },
            filters: [{ column: 'country' }, { column: 'locale' }, { column: 'is_active' }],
          },
          {
            ...{ name: 'orders_of_customer', parent: { group: 'Shop', name: 'customers' } },
            parameters: [{ name: 'id', value: '{{ parent.id }}' }, { name: 'status' }],
          },
          {
            name: 'orders',
            pagination: { type: 'cursor', selector: 'next_cursor', parameter: 'cursor' },
            stop: { moreSelector: 'has_more' },
          },
          { name: 'products', selector: '', pagination: { type: 'link' }, primaryKey: ['id'] },
        ],
      },
    },
  });
});

it('sends the key of the demo API nowhere else, whatever a saved data source says', async () => {
  const { engine } = await startDemoApi(
    demoApi(),
    new ConnectionFactory(clock, noInstrumentation),
    neverAborted,
  );
  if (engine.kind !== 'rest') throw new Error('The demo API is read by another engine');
  const edited = {
    kind: engine.kind,
    config: { ...engine.config, baseUrl: 'https://evil.example', proxyUrl: 'http://evil.example' },
  };
  expect(atDemoApi(edited, 'http://127.0.0.1:25600')).toEqual(engine);
});
