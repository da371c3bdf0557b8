import type { Resource } from '../../../../shared/model/resources.ts';
import type { ColumnFilter } from '../../../../shared/model/results.ts';
import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import { abortReason, onAbort, unboundedController } from '../../../base/abort.ts';
import { type Clock, systemClock } from '../../../base/Clock.ts';
import type { AppliedParts, ReadableRelation, RowPage, RowReader } from '../../Catalogue.ts';
import type { Connection, QueryOptions, RunOptions } from '../../Connection.ts';
import type { RowStream } from '../../RowStream.ts';
import type { IncomingAnswer } from '../ApiSession.ts';
import { apiSessionOf } from './apiSessionOf.ts';
import { RecordEncoder } from './columns/RecordEncoder.ts';
import { resultColumns } from './columns/resultColumns.ts';
import { findResource } from './findResource.ts';
import { RecordStream } from './RecordStream.ts';
import type { ReadingOptions, SetParameter } from './readPages.ts';
import { readRecords } from './readRecords.ts';
import { noScope, type ResourceSample, resourceSample } from './resourceSample.ts';

/** Reads resources. */
export class RestRowReader implements RowReader {
  readonly #clock: Clock;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  async find(
    connection: Connection,
    relation: RelationRef,
    { signal }: QueryOptions,
  ): Promise<ReadableRelation> {
    const session = apiSessionOf(connection);
    const resource = findResource(session.config, relation);
    const sample = await resourceSample(session, resource, this.#clock, signal);
    return new RestRelation(resource, sample, this.#clock);
  }
}

class RestRelation implements ReadableRelation {
  readonly links = [];
  readonly #resource: Resource;
  readonly #sample: Pick<ResourceSample, 'columns' | 'hasOther'>;
  readonly #clock: Clock;
  /** Used once: later it would be old. */
  #firstAnswer: IncomingAnswer | null;

  constructor(resource: Resource, { firstAnswer, ...sample }: ResourceSample, clock: Clock) {
    this.#resource = resource;
    this.#sample = sample;
    this.#firstAnswer = firstAnswer;
    this.#clock = clock;
  }

  /** An API's pages are its own: none begins behind a row. */
  pageKey(): null {
    return null;
  }

  applies({ filters, sort }: Pick<RowPage, 'filters' | 'sort'>): AppliedParts {
    const pushed = this.#pushed(filters);
    return { filters: pushed.map((parameter) => parameter !== null), sort: sort.length === 0 };
  }

  async readPage(connection: Connection, page: RowPage, { signal }: RunOptions): Promise<RowStream> {
    const session = apiSessionOf(connection);
    return this.#stream({ session: () => session, readsAhead: true }, page, signal);
  }

  pullPage(connection: () => Connection, page: RowPage, { signal }: RunOptions): RowStream {
    return this.#stream({ session: () => apiSessionOf(connection()), readsAhead: false }, page, signal);
  }

  #stream(
    over: Pick<ReadingOptions, 'session' | 'readsAhead'>,
    { filters, limit }: RowPage,
    signal: AbortSignal,
  ): RowStream {
    const { columns, hasOther } = this.#sample;
    const controller = unboundedController();
    const listening = onAbort(signal, () => controller.abort(abortReason(signal)));
    const set = this.#pushed(filters).filter((parameter) => parameter !== null);
    const isFirst = set.length === 0 && limit !== 0;
    const firstAnswer = isFirst ? this.#firstAnswer : null;
    if (isFirst) this.#firstAnswer = null;
    const sets = readRecords({
      ...over,
      ...{ resource: this.#resource, clock: this.#clock, scope: noScope(this.#clock) },
      ...{ filters: set, firstAnswer, signal: controller.signal, purpose: 'user' as const },
    });
    return new RecordStream({
      columns: resultColumns(columns, hasOther),
      encoder: new RecordEncoder(columns, hasOther),
      ...{ sets, limit },
      cancel: () => {
        listening.dispose();
        controller.abort();
      },
    });
  }

  /** The parameter of each filter; null for one that the API does not apply. A parameter is set once. */
  #pushed(filters: readonly ColumnFilter[]): (SetParameter | null)[] {
    const used = new Set<string>();
    return filters.map(({ column, operator, value }) => {
      const name = this.#sample.columns[column]?.name;
      const declared = this.#resource.filters.find(
        (each) => each.column === name && each.operator === operator,
      );
      if (declared === undefined || used.has(declared.parameter)) return null;
      used.add(declared.parameter);
      return { name: declared.parameter, value };
    });
  }
}
