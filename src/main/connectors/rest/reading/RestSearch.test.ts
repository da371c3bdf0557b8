import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../../../tests/support/failureOf.ts';
import { someResource, someRestConfig } from '../../../../../tests/support/rest/someRest.ts';
import { emptySearch } from '../../../../shared/model/defaults.ts';
import type { SearchBatch, SearchQuery } from '../../../../shared/model/schemaSearch.ts';
import type { Connection } from '../../Connection.ts';
import { RestSearch } from './RestSearch.ts';

const resource = someResource({
  ...{
    name: 'orders',
    group: 'Sales',
    path: '/v2/orders/{customer}',
    description: 'What was\nordered (all).',
  },
  columns: [
    {
      ...{ name: 'customer_id', path: ['customer_id'], type: 'integer', isNullable: false },
      ...{ origin: 'personal', description: 'Who ordered' },
    },
  ],
});

// Nothing is sent: only the settings are read.
const connection = {
  send: () => Promise.reject(new Error('Nothing is to be sent')),
  config: someRestConfig({ resources: [resource] }),
} as unknown as Connection;

async function search(query: Partial<SearchQuery>): Promise<string[]> {
  const batches: SearchBatch[] = [];
  for await (const batch of new RestSearch().search(connection, { ...emptySearch, ...query }))
    batches.push(batch);
  return batches.flatMap(({ hits, place }) =>
    hits.map(({ after, before, hit, line, part }) =>
      [place, part?.name ?? '', line ?? '', `${before}[${hit}]${after}`].join(' '),
    ),
  );
}

describe('RestSearch', () => {
  it('finds text in what was described of an API: names, columns, descriptions and paths', async () => {
    expect(await search({ text: 'order' })).toEqual([
      'names   [order]s',
      'comments  2 [order]ed (all).',
      'comments customer_id 1 Who [order]ed',
      'definitions  1 GET /v2/[order]s/{customer}',
    ]);
    expect(await search({ text: 'CUSTOMER', places: ['columns'] })).toEqual([
      'columns customer_id  [customer]_id',
    ]);
  });

  it('takes a text as it stands', async () => {
    expect(await search({ text: '(all).' })).toEqual(['comments  2 ordered [(all).]']);
    expect(await search({ text: 'ord.r' })).toEqual([]);
    expect(await search({ text: 'ORDER', matchesCase: true })).toEqual([]);
  });

  it('refuses regular expressions, which could keep Mooring busy for ever', async () => {
    expect((await failureOf(search({ text: '(a+)+$', isRegex: true }))).code).toBe('UNSUPPORTED');
  });
});
