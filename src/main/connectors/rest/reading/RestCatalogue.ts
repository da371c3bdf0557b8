import type { Resource, ResourceColumn } from '../../../../shared/model/resources.ts';
import type {
  CatalogueNode,
  Column,
  NodeDependencies,
  NodeDetail,
  NodeRef,
  NodeTraits,
  RelationRef,
  RowCount,
  SchemaName,
} from '../../../../shared/model/schemaTree.ts';
import { maxNamesPerBatch } from '../../../../shared/model/schemaTree.ts';
import type { SchemaPreview, ServerInfo } from '../../../../shared/model/testReport.ts';
import { AppError } from '../../../base/AppError.ts';
import { Pace } from '../../../base/async/Pace.ts';
import { type Clock, systemClock } from '../../../base/Clock.ts';
import { cleanText } from '../../../base/cleanText.ts';
import type { Catalogue, NameReader, ServerOverview } from '../../Catalogue.ts';
import type { Connection, QueryOptions } from '../../Connection.ts';
import type { ApiSession, IncomingAnswer } from '../ApiSession.ts';
import { type HeaderLines, headerOf } from '../HeaderLines.ts';
import { readJson } from '../json/readJson.ts';
import { answerBody } from './answerBody.ts';
import { apiSessionOf } from './apiSessionOf.ts';
import { buildRequest } from './buildRequest.ts';
import { findResource } from './findResource.ts';
import { Pagination } from './paging/Pagination.ts';
import { readPages, resourceRequest } from './readPages.ts';
import { readRecords } from './readRecords.ts';
import { noScope, resourceSample } from './resourceSample.ts';
import { nodeFacts, serverFacts } from './restFacts.ts';
import { selectText } from './selecting/selectValue.ts';

const maxPreviewRelations = 100;
const maxOtherSchemas = 5;

/** Resources are relations, their groups schemas. What is in them only the API knows. */
export class RestCatalogue implements Catalogue {
  readonly kinds: readonly NodeTraits[] = [{ kind: 'resource', actions: ['structure', 'rows', 'count'] }];
  readonly #clock: Clock;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  async serverInfo(connection: Connection): Promise<ServerInfo> {
    return infoOf(connection, apiSessionOf(connection), []);
  }

  /** The first page of a resource shows that all fits together; without one, any answer of the base URL. */
  async overview(connection: Connection, { signal }: QueryOptions): Promise<ServerOverview> {
    const session = apiSessionOf(connection);
    const resource = session.config.resources.find(isReadable);
    const headers =
      resource === undefined
        ? await this.#askBase(session, signal)
        : await this.#readFirst(session, resource, signal);
    return { server: infoOf(connection, session, headers), preview: previewOf(session.config.resources) };
  }

  async readNames(connection: Connection): Promise<NameReader> {
    const { resources } = apiSessionOf(connection).config;
    const left = resources.map(nodeOf);
    return {
      schemas: groupsOf(resources).map((name): SchemaName => ({ name, comment: null, isSystem: false })),
      next: async () => left.splice(0, maxNamesPerBatch),
      close: async () => undefined,
    };
  }

  async describe(connection: Connection, node: NodeRef, { signal }: QueryOptions): Promise<NodeDetail> {
    const session = apiSessionOf(connection);
    const resource = findResource(session.config, node);
    const { columns } = await resourceSample(session, resource, this.#clock, signal);
    const { primaryKey } = resource;
    return {
      columns: columns.map((column) => describedColumn(column, primaryKey)),
      indexes: [],
      lists: [],
      constraints:
        primaryKey.length === 0
          ? []
          : [{ name: 'primary key', kind: 'primary', definition: `PRIMARY KEY (${primaryKey.join(', ')})` }],
      definition: null,
      facts: nodeFacts(resource, columns),
      problem: null,
    };
  }

  async dependencies(): Promise<NodeDependencies> {
    return { uses: { nodes: [], total: 0 }, usedBy: { nodes: [], total: 0 } };
  }

  async estimateRows(): Promise<null> {
    return null;
  }

  async countRows(
    connection: Connection,
    relation: RelationRef,
    { signal }: QueryOptions,
  ): Promise<RowCount> {
    const session = apiSessionOf(connection);
    const resource = findResource(session.config, relation);
    if (resource.totalSelector.trim() === '' || resource.parent !== null) {
      return this.#countAll(session, resource, signal);
    }
    const pace = new Pace(this.#clock, signal);
    const options = { session: () => session, resource, scope: noScope(this.#clock), filters: [] };
    const build = (cursor: string | null) => resourceRequest(options, cursor);
    const pagination = new Pagination({ config: session.config, resource, build, pace });
    const answer = await session.send(await pagination.first(), { signal, purpose: 'user' });
    const body = answerBody(answer, resource.format);
    if (body.type !== 'json') throw unknownCount();
    const { tape, roots } = await readJson(body.bytes, pace);
    const total = Number(
      (await selectText(tape, roots[0] ?? -1, resource.totalSelector, pace)) ?? Number.NaN,
    );
    if (!Number.isFinite(total)) throw unknownCount();
    return { value: total, accuracy: 'exact' };
  }

  /** Where the API does not say how many there are, all of them are read, as a database does for an exact count. */
  async #countAll(session: ApiSession, resource: Resource, signal: AbortSignal): Promise<RowCount> {
    const records = readRecords({
      session: () => session,
      ...{ resource, signal, clock: this.#clock, scope: noScope(this.#clock), filters: [] },
      ...{ purpose: 'user', readsAhead: true },
    });
    let value = 0;
    for await (const { tokens } of records) value += tokens.length;
    return { value, accuracy: 'exact' };
  }

  async #readFirst(session: ApiSession, resource: Resource, signal: AbortSignal): Promise<HeaderLines> {
    const answers: IncomingAnswer[] = [];
    const pages = readPages({
      session: () => session,
      ...{ resource, signal, clock: this.#clock, scope: noScope(this.#clock), filters: [] },
      purpose: 'catalogue',
      onAnswer: (answer) => answers.push(answer),
    });
    await pages.next();
    await pages.return(undefined);
    return answers[0]?.headers ?? [];
  }

  async #askBase(session: ApiSession, signal: AbortSignal): Promise<HeaderLines> {
    const parts = { method: 'GET', path: '', parameters: [], body: { type: 'none' } } as const;
    const request = await buildRequest(session.config, { ...parts, parameters: [] }, noScope(this.#clock));
    // Few APIs have anything but a page for people at their base; whether one may ask there says enough.
    const rules = ['2xx', '404', '405'].map((status) => ({
      status,
      when: '',
      outcome: 'ignore' as const,
    }));
    return (await session.send({ ...request, rules }, { signal, purpose: 'catalogue' })).headers;
  }
}

/** Nothing but its own settings is needed to ask for it. */
const isReadable = ({ method, parameters, parent }: Resource): boolean =>
  method === 'GET' &&
  parent === null &&
  parameters.every(({ isRequired, place, value }) => value !== '' || !(isRequired || place === 'path'));

const infoOf = (connection: Connection, session: ApiSession, headers: HeaderLines): ServerInfo => ({
  product: productOf(headers),
  versionNumber: null,
  family: { protocol: null, parts: [], limits: [] },
  readOnly: session.isReadOnly,
  isSuperuser: null,
  reachesServer: null,
  startedAt: null,
  tls: connection.tls,
  facts: serverFacts(session.config, headers),
});

function productOf(headers: HeaderLines): string | null {
  const server = headerOf(headers, 'server');
  return server === null ? null : cleanText(server, 200);
}

const groupsOf = (resources: readonly Resource[]): string[] => [
  ...new Set(resources.map(({ group }) => group)),
];

function previewOf(resources: readonly Resource[]): SchemaPreview {
  const [schema = null, ...others] = groupsOf(resources);
  const inGroup = (name: string | null) => resources.filter(({ group }) => group === name);
  const shown = inGroup(schema);
  return {
    schema,
    relations: shown
      .slice(0, maxPreviewRelations)
      .map(({ columns, name }) => ({ name, columnCount: columns?.length ?? 0, rows: null })),
    relationCount: shown.length,
    otherSchemas: others
      .slice(0, maxOtherSchemas)
      .map((name) => ({ name, relationCount: inGroup(name).length })),
    otherSchemaCount: others.length,
    otherRelationCount: resources.length - shown.length,
  };
}

const nodeOf = ({ description, group, name, parent }: Resource): CatalogueNode => ({
  id: `${group}\n${name}`,
  schema: group,
  name,
  kind: 'resource',
  comment: description === '' ? null : description,
  rows: null,
  parentId: parent === null ? null : `${parent.group}\n${parent.name}`,
});

const describedColumn = (
  { description, isNullable, name, type }: ResourceColumn,
  primaryKey: readonly string[],
): Column => ({
  ...{ name, type, nullable: isNullable, comment: description === '' ? null : description },
  isPrimaryKey: primaryKey.includes(name),
  isUnique: primaryKey.length === 1 && primaryKey[0] === name,
  ...{ defaultValue: null, references: [], isGenerated: false, expression: null, isVisible: true },
});

const unknownCount = (): AppError =>
  new AppError('QUERY_FAILED', {
    title: 'The total of this API is not a number',
    fixes: ['Change the selector of the total in the settings of the resource, or remove it.'],
  });
