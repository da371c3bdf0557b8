import type { RestConfig } from '../../../../shared/engines/rest/config.ts';
import type { Resource } from '../../../../shared/model/resources.ts';
import { abortReason, onAbort, unboundedController } from '../../../base/abort.ts';
import { Pace } from '../../../base/async/Pace.ts';
import type { Clock } from '../../../base/Clock.ts';
import type { StatementPurpose } from '../../../base/statementKinds.ts';
import type { ApiSession, IncomingAnswer, OutgoingRequest } from '../ApiSession.ts';
import { JsonTape } from '../json/JsonTape.ts';
import { readJson, readJsonLines } from '../json/readJson.ts';
import type { TemplateScope } from '../templates/TemplateScope.ts';
import { answerBody } from './answerBody.ts';
import { buildRequest } from './buildRequest.ts';
import { type PageEnd, Pagination, type PaginationOptions } from './paging/Pagination.ts';
import { withQuery } from './paging/queryText.ts';
import { RepeatWatch } from './paging/RepeatWatch.ts';
import type { RecordSet } from './selecting/RecordSet.ts';
import { selectRecords } from './selecting/selectRecords.ts';

/** A parameter of the query that a filter sets. */
export interface SetParameter {
  readonly name: string;
  readonly value: string;
}

export interface ReadingOptions {
  /** Asked for each request: it may be another one by then. */
  readonly session: () => ApiSession;
  readonly resource: Resource;
  readonly scope: TemplateScope;
  readonly filters: readonly SetParameter[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly purpose: StatementPurpose;
  /** Asks for one page more, from the second on, while the records of this one are taken. */
  readonly readsAhead?: boolean;
  /** Hears of each answer. */
  readonly onAnswer?: (answer: IncomingAnswer) => void;
  /** The first answer, where it is known already. */
  readonly firstAnswer?: IncomingAnswer | null;
}

/** The request of a resource without what its pagination adds. */
export async function resourceRequest(
  { session, resource, scope, filters }: Pick<ReadingOptions, 'session' | 'resource' | 'scope' | 'filters'>,
  cursor: string | null,
): Promise<OutgoingRequest> {
  const values = new Map([...scope.values, ['cursor', cursor] as const]);
  const request = await buildRequest(session().config, resource, { ...scope, values });
  const url = filters.reduce((before, { name, value }) => withQuery(before, name, value), request.url);
  return { ...request, url, rules: resource.responses, messageSelector: resource.messageSelector };
}

/**
 * The records of a resource, page by page; each set, which may be empty, is good until the next one is asked for.
 * Ending it early cancels what is on its way.
 * @throws as `ApiSession.send`; QUERY_FAILED, PROTOCOL_ERROR for answers that are no records; INVALID_INPUT
 */
export async function* readPages(options: ReadingOptions): AsyncGenerator<RecordSet> {
  const { signal } = options;
  const controller = unboundedController();
  const listening = onAbort(signal, () => controller.abort(abortReason(signal)));
  const reading = new PageReading(options, controller.signal);
  try {
    await reading.begin();
    for (let records = await reading.next(); records !== null; records = await reading.next()) yield records;
  } finally {
    listening.dispose();
    controller.abort();
    await reading.settled();
  }
}

/** Whether the requests of pages differ in more than what the pagination sets. */
const namesCursor = ({ path, parameters, body }: Resource, { query }: RestConfig): boolean =>
  /\bcursor\b/.test(JSON.stringify([path, parameters, body, query]));

type Build = PaginationOptions['build'];

/** Builds the same request for all pages. */
function once(build: Build): Build {
  let built: ReturnType<Build> | null = null;
  return (cursor) => {
    built ??= build(cursor);
    return built;
  };
}

class PageReading {
  readonly #options: ReadingOptions;
  readonly #signal: AbortSignal;
  readonly #pace: Pace;
  readonly #pagination: Pagination;
  readonly #watch: RepeatWatch;
  readonly #tape = new JsonTape();
  #next: OutgoingRequest | null = null;
  /** Of the page that is being read. */
  #parts: AsyncGenerator<PagePart> | null = null;
  /** Why there is nothing behind the records that were given last. */
  #failure: { readonly error: unknown } | null = null;
  /** The answer to `next`, where it is on its way. */
  #coming: Promise<IncomingAnswer> | null = null;

  constructor(options: ReadingOptions, signal: AbortSignal) {
    const { clock, resource, session } = options;
    this.#options = options;
    this.#signal = signal;
    this.#pace = new Pace(clock, signal);
    const { config } = session();
    const build = (cursor: string | null) => resourceRequest(options, cursor);
    const buildPage = namesCursor(resource, config) ? build : once(build);
    this.#pagination = new Pagination({ config, resource, build: buildPage, pace: this.#pace });
    this.#watch = new RepeatWatch(resource);
  }

  /** Resolves when nothing is on its way. */
  async settled(): Promise<void> {
    await this.#coming?.catch(() => undefined);
  }

  async begin(): Promise<void> {
    const { firstAnswer = null } = this.#options;
    this.#next = await this.#pagination.first();
    if (firstAnswer !== null) this.#coming = Promise.resolve(firstAnswer);
  }

  /** The next records, good until there are more asked for; null at the end. */
  async next(): Promise<RecordSet | null> {
    if (this.#failure !== null) throw this.#failure.error;
    const isFirst = this.#parts === null;
    if (this.#parts === null) {
      if (this.#next === null) return null;
      this.#parts = partsOf(await this.#answer(this.#next), this.#options.resource, this.#tape, this.#pace);
    }
    const { pageNumber } = this.#pagination;
    const part = await this.#parts.next();
    if (part.done === true) return null;
    const { records, end } = part.value;
    if (isFirst) this.#watch.check(records, pageNumber);
    if (end !== null) {
      this.#parts = null;
      this.#failure = await this.#follow(end, pageNumber);
    }
    return records;
  }

  async #answer(request: OutgoingRequest): Promise<IncomingAnswer> {
    const answer = await (this.#coming ?? this.#send(request));
    this.#coming = null;
    this.#next = null;
    this.#options.onAnswer?.(answer);
    return answer;
  }

  /** @returns why there is no way on: the records of this page are good all the same */
  async #follow(end: PageEnd, pageNumber: number): Promise<{ readonly error: unknown } | null> {
    try {
      this.#next = (await this.#pagination.next(end))?.request ?? null;
    } catch (error) {
      return { error };
    }
    const { readsAhead = false } = this.#options;
    // Who looks at the first page only has one request sent.
    if (readsAhead && this.#next !== null && pageNumber > 1) {
      this.#coming = this.#send(this.#next);
      await this.#written();
    }
    return null;
  }

  /**
   * Lets the request out before the records of this page are taken, so that the API works meanwhile. undici has it when
   * all promises that are ready were handled, which is when the next tick comes, and writes it at the end of that turn.
   */
  async #written(): Promise<void> {
    await new Promise<void>((resolve) => process.nextTick(resolve));
    await this.#pace.pause();
  }

  #send(request: OutgoingRequest): Promise<IncomingAnswer> {
    const { purpose, session } = this.#options;
    const sent = session().send(request, { signal: this.#signal, purpose });
    // It is waited for later, or never.
    sent.catch(() => undefined);
    return sent;
  }
}

/** Some records of a page. */
interface PagePart {
  readonly records: RecordSet;
  /** Set with the last part. */
  readonly end: PageEnd | null;
}

/** The records of one answer; each part is good until the next one is asked for. @throws as `readPages` */
export async function* partsOf(
  answer: IncomingAnswer,
  resource: Resource,
  tape: JsonTape,
  pace: Pace,
): AsyncGenerator<PagePart> {
  const body = answerBody(answer, resource.format);
  const none: RecordSet = { tape, tokens: [], keys: null };
  if (body.type === 'none') {
    yield { records: none, end: { answer, document: null, recordCount: 0 } };
    return;
  }
  if (body.type === 'json') {
    const root = (await readJson(body.bytes, pace, tape)).roots[0] ?? -1;
    const records = await selectRecords(tape, root, resource, pace);
    yield { records, end: { answer, document: { tape, root }, recordCount: records.tokens.length } };
    return;
  }
  let recordCount = 0;
  for await (const { roots } of readJsonLines(body.bytes, pace, tape)) {
    for (const records of await recordsOfLines(tape, roots, resource, pace)) {
      recordCount += records.tokens.length;
      yield { records, end: null };
    }
  }
  yield { records: none, end: { answer, document: null, recordCount } };
}

/** Without a selector each line is a record; with one, it selects in each line. */
async function recordsOfLines(
  tape: JsonTape,
  roots: readonly number[],
  resource: Resource,
  pace: Pace,
): Promise<RecordSet[]> {
  if (resource.selector.trim() === '') return [{ tape, tokens: [...roots], keys: null }];
  const sets: RecordSet[] = [];
  for (const root of roots) sets.push(await selectRecords(tape, root, resource, pace));
  return sets;
}
