import type { Answer, ResourcePreview } from '../../../../shared/model/requests.ts';
import type { Resource, ResourceColumn } from '../../../../shared/model/resources.ts';
import { isAppError, toErrorDto } from '../../../base/AppError.ts';
import { throwIfAborted } from '../../../base/abort.ts';
import { Pace } from '../../../base/async/Pace.ts';
import { type Clock, systemClock } from '../../../base/Clock.ts';
import type { ApiSession, OutgoingRequest } from '../ApiSession.ts';
import { shownAnswer } from '../client/shownAnswer.ts';
import { JsonTape } from '../json/JsonTape.ts';
import { inferColumns } from './columns/inferColumns.ts';
import { RecordEncoder } from './columns/RecordEncoder.ts';
import { type NextPage, type PageEnd, Pagination, pageSizeOf } from './paging/Pagination.ts';
import { RepeatWatch } from './paging/RepeatWatch.ts';
import { columnWarnings, missedPages } from './previewWarnings.ts';
import { partsOf, type ReadingOptions, resourceRequest } from './readPages.ts';
import { scopesOf } from './readRecords.ts';
import { noScope } from './resourceSample.ts';
import { rowAt } from './rowAt.ts';
import type { RecordSet } from './selecting/RecordSet.ts';
import { selectText } from './selecting/selectValue.ts';

const maxRows = 100;
const maxCellLength = 20_000;
const maxWarnings = 20;

export interface PreviewOptions {
  readonly signal: AbortSignal;
  readonly clock?: Clock;
}

/**
 * What the settings of a resource do with a real answer: the first page, and a second one if there is any. What fails is
 * part of it.
 * @throws the signal's reason
 */
export async function previewResource(
  session: ApiSession,
  resource: Resource,
  options: PreviewOptions,
): Promise<ResourcePreview> {
  const preview = new Preview(session, resource, options);
  try {
    await preview.run();
  } catch (error) {
    throwIfAborted(options.signal);
    if (!isAppError(error)) throw error;
    return { ...preview.result(), error: toErrorDto(session.redactor.error(error), null) };
  }
  return preview.result();
}

class Preview {
  readonly #session: ApiSession;
  readonly #resource: Resource;
  readonly #options: PreviewOptions;
  readonly #clock: Clock;
  readonly #pace: Pace;
  readonly #watch: RepeatWatch;
  readonly #answers: Answer[] = [];
  readonly #warnings: string[] = [];
  #columns: readonly ResourceColumn[];
  #rows: ResourcePreview['rows'] = [];
  #recordCount = 0;
  #total: number | null = null;
  #next: NextPage | null = null;

  constructor(session: ApiSession, resource: Resource, options: PreviewOptions) {
    this.#session = session;
    this.#resource = resource;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#pace = new Pace(this.#clock, options.signal);
    this.#watch = new RepeatWatch(resource);
    this.#columns = resource.columns ?? [];
  }

  result(): ResourcePreview {
    const { redactor } = this.#session;
    return {
      answers: this.#answers,
      columns: [...this.#columns],
      rows: this.#rows,
      recordCount: this.#recordCount,
      total: this.#total,
      next: this.#next === null ? null : redactor.text(this.#next.label).slice(0, 20_000),
      warnings: [...new Set(this.#warnings)]
        .slice(0, maxWarnings)
        .map((text) => redactor.text(text).slice(0, 500)),
      error: null,
    };
  }

  async run(): Promise<void> {
    const reading = await this.#reading();
    if (reading === null) {
      this.#warnings.push('The parent has no records, so that there is nothing to ask for.');
      return;
    }
    const build = (cursor: string | null) => resourceRequest(reading, cursor);
    const config = this.#session.config;
    const pagination = new Pagination({ config, resource: this.#resource, build, pace: this.#pace });
    const first = await this.#page(await pagination.first(), async (records) => {
      this.#watch.check(records, 1);
      await this.#show(records);
    });
    this.#recordCount = first.recordCount;
    await this.#countAll(first);
    this.#next = await pagination.next(first);
    if (this.#next === null) this.#warnings.push(...(await missedPages(this.#resource, first, this.#pace)));
    else await this.#second(this.#next, first.recordCount);
  }

  async #second({ request }: NextPage, firstCount: number): Promise<void> {
    const second = await this.#page(request, async (records) => this.#watch.check(records, 2));
    const size = pageSizeOf(this.#resource);
    if (size === null) return;
    const asked = `The first page has ${firstCount} records, although ${size} were asked for`;
    if (firstCount > size) this.#warnings.push(`${asked}: the API ignores the size.`);
    if (firstCount < size && second.recordCount > 0) {
      this.#warnings.push(`${asked}, and there are more: the API has a limit of its own.`);
    }
  }

  async #countAll({ document }: PageEnd): Promise<void> {
    const { totalSelector } = this.#resource;
    if (totalSelector.trim() === '' || document === null) return;
    const text = await selectText(document.tape, document.root, totalSelector, this.#pace);
    const total = text === null || text === '' ? Number.NaN : Number(text);
    if (Number.isFinite(total)) this.#total = total;
    else this.#warnings.push('The selector of the total leads to no number.');
  }

  /** The scope of the first record of its parent; null when the parent has none. */
  async #reading(): Promise<ReadingOptions | null> {
    const reading: ReadingOptions = {
      session: () => this.#session,
      ...{ resource: this.#resource, scope: noScope(this.#clock), filters: [], clock: this.#clock },
      ...{ signal: this.#options.signal, purpose: 'user' },
    };
    for await (const scope of scopesOf(reading)) return { ...reading, scope };
    return null;
  }

  /** Sends a request. @param look at the first records, which are good until it resolves */
  async #page(request: OutgoingRequest, look: (records: RecordSet) => Promise<void>): Promise<PageEnd> {
    const { signal } = this.#options;
    const answer = await this.#session.send(request, { signal, purpose: 'user' });
    this.#answers.push(shownAnswer(request.method, answer, this.#session.redactor));
    let pageEnd: PageEnd = { answer, document: null, recordCount: 0 };
    let isFirst = true;
    for await (const { records, end } of partsOf(answer, this.#resource, new JsonTape(), this.#pace)) {
      if (isFirst) await look(records);
      isFirst = false;
      pageEnd = end ?? pageEnd;
    }
    return pageEnd;
  }

  async #show(records: RecordSet): Promise<void> {
    const inferred = await inferColumns(records, this.#resource, this.#pace);
    this.#warnings.push(...inferred.warnings);
    if (this.#resource.columns === null) this.#columns = inferred.columns;
    else this.#warnings.push(...columnWarnings(this.#resource.columns, inferred.columns));
    if (records.tokens.length === 0) {
      this.#warnings.push('The first page has no records.');
      return;
    }
    const { bytes, starts } = new RecordEncoder(this.#columns, false).encode(records, 0).rows;
    const shown = starts.subarray(0, maxRows);
    this.#rows = Array.from(shown, (start) =>
      rowAt(bytes, start, this.#columns.length).map((cell) => cell?.slice(0, maxCellLength) ?? null),
    );
  }
}
