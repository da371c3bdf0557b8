import { afterAll, beforeAll, expect, it } from 'vitest';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock } from '../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../src/main/connectors/Connection.ts';
import { ConnectionFactory } from '../../src/main/connectors/ConnectionFactory.ts';
import { emptySearch } from '../../src/shared/model/defaults.ts';
import type { SearchBatch, SearchHit, SearchQuery } from '../../src/shared/model/schemaSearch.ts';
import { failureOf } from '../support/failureOf.ts';
import type { ConformanceServer } from './ConformanceServer.ts';
import { openSession } from './openSession.ts';

const schema = 'conformance_search';

/** Text that tries to be something else in SQL, in LIKE, in an expression, or nothing at all. */
const attempts = [
  ...["'", '%', '_', '\\', '?', '.*', '(', '\\E', '`"', '\u{f8ff}', 'a\0b', '\0', '\u0002'],
  ...["courier'; DROP SCHEMA conformance_search; --", "' OR '1'='1", 'c_urier', '***:courier', '(?i)x'],
];

/** What every engine finds in the same schema, and that nothing that is typed becomes a part of a statement. */
export function searchConforms(server: () => ConformanceServer): void {
  let session: SqlConnection;

  beforeAll(async () => {
    const { dropSchema, searchable } = server().sql;
    for (const statement of [dropSchema(schema), `CREATE SCHEMA ${schema}`, ...searchable(schema)]) {
      await server().execute(statement);
    }
    session = await openSession(server());
  });

  afterAll(async () => {
    session.destroy();
    await server().execute(server().sql.dropSchema(schema));
  });

  const open = (query: Partial<SearchQuery>, signal = neverAborted) =>
    new ConnectionFactory(systemClock)
      .connectorFor(server().engine.kind)
      .search.search(session, { ...emptySearch, ...query }, { signal });

  async function search(query: Partial<SearchQuery>): Promise<SearchHit[]> {
    const batches: SearchBatch[] = [];
    for await (const batch of open(query)) batches.push(batch);
    const refused = batches.filter(({ outcome }) => outcome === 'refused');
    expect(refused).toEqual([]);
    return batches.flatMap(({ hits }) => hits).filter(({ node }) => node.schema === schema);
  }

  const textOf = ({ after, before, hit }: SearchHit): string => `${before}${hit}${after}`;
  const placeOf = ({ node, part, place }: SearchHit): string =>
    [place, node.name, ...(part === null ? [] : [part.kind, part.name])].join(' ');

  it('finds a text in names, columns, comments and definitions, each with what it belongs to', async () => {
    const found = await search({ text: 'courier' });
    expect(new Set(found.map(placeOf))).toEqual(
      new Set([
        'names courier_fee',
        'names parcels index by_courier',
        'columns heavy column courier_no',
        'columns courier_fee argument courier_base',
        'comments parcels',
        'comments parcels column weight_grams',
        'definitions courier_fee',
        'definitions heavy',
      ]),
    );
    expect(found.find(({ place }) => place === 'names')?.node.kind).toBe('function');
  });

  it('shows the line of a text that has several, with the hit apart from the rest', async () => {
    const inComment = await search({ text: 'COURIER', places: ['comments'] });
    const [hit] = inComment.filter(({ part }) => part === null);
    expect(hit).toMatchObject({ line: 2, before: 'by the ', hit: 'courier' });
    const inCode = await search({ text: '+ 7 -- th', places: ['definitions'] });
    expect(inCode.map(({ before, after, hit: found }) => [before, found, after])).toEqual([
      ['RETURN courier_base ', '+ 7 -- th', `e courier's 100%_sure \\ way`],
    ]);
  });

  it('takes a text as it stands, whatever it means elsewhere', async () => {
    const found = await search({ text: "'s 100%_sure \\ w" });
    expect(found.map(({ place }) => place)).toEqual(['comments', 'definitions']);
    for (const text of attempts) {
      const held = await search({ text, places: ['names', 'definitions'] });
      for (const hit of held) expect(textOf(hit).toLowerCase()).toContain(text.toLowerCase());
    }
    // Nothing was dropped, and the session goes on.
    expect(await search({ text: 'parcels', places: ['names'] })).not.toEqual([]);
  });

  it('tells large letters from small ones when that is asked for', async () => {
    expect(await search({ text: 'COURIER', matchesCase: true })).toEqual([]);
    expect(await search({ text: 'Größe', places: ['columns'], matchesCase: true })).toHaveLength(1);
    expect(await search({ text: 'gRößE', places: ['columns'] })).toHaveLength(1);
  });

  it('takes regular expressions, line by line, and says so when it cannot', async () => {
    const found = await search({ text: '^\\s*RETURN .*[0-9]', isRegex: true, places: ['definitions'] });
    expect(found.map(placeOf)).toEqual(['definitions courier_fee']);
    expect(await search({ text: '^[0-9]$', isRegex: true })).toEqual([]);
    for (const text of ['(', '[a', '*']) {
      expect((await failureOf(search({ text, isRegex: true }))).code).toBe('INVALID_INPUT');
    }
  });

  it('ends when it is given up, and leaves the session usable', async () => {
    const controller = new AbortController();
    const batches = open({ text: 'courier' }, controller.signal);
    await batches.next();
    controller.abort();
    expect((await failureOf(batches.next())).code).toBe('CANCELLED');
    expect(await search({ text: 'courier_fee', places: ['names'] })).toHaveLength(1);
  });
}
