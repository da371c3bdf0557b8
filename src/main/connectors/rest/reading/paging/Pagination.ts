import type { RestConfig } from '../../../../../shared/engines/rest/config.ts';
import type { Resource } from '../../../../../shared/model/resources.ts';
import type { Pace } from '../../../../base/async/Pace.ts';
import type { IncomingAnswer, OutgoingRequest } from '../../ApiSession.ts';
import { type JsonTape, tokenKinds } from '../../json/JsonTape.ts';
import { plainTextOf, rawTextOf } from '../../json/jsonText.ts';
import { headerLine } from '../headerLine.ts';
import { selectToken, selectTruth } from '../selecting/selectValue.ts';
import { type BodyValue, withBodyParameter } from './bodyParameter.ts';
import { nextLink } from './linkHeader.ts';
import { noAddress, repeatedNext, shownUrl } from './pagingErrors.ts';
import { withQuery } from './queryText.ts';

/** What a page has to say about the next one. */
export interface PageEnd {
  readonly answer: IncomingAnswer;
  /** The value of the answer; null where it has none that is kept, as with NDJSON. */
  readonly document: { readonly tape: JsonTape; readonly root: number } | null;
  readonly recordCount: number;
}

export interface NextPage {
  readonly request: OutgoingRequest;
  /** What leads to it, for people: a number, a cursor or an address. */
  readonly label: string;
}

export interface PaginationOptions {
  readonly config: RestConfig;
  readonly resource: Resource;
  /** The request of a page, without what the pagination adds. @param cursor for templates; null on the first page */
  readonly build: (cursor: string | null) => Promise<OutgoingRequest>;
  readonly pace: Pace;
}

/** Which pages there are, one after the other. Nothing is asked for twice. */
export class Pagination {
  readonly #options: PaginationOptions;
  /** Cursors and addresses that were used. */
  readonly #used = new Set<string>();
  #pageNumber = 1;
  /** Of the next page: its number, or how many records come before it. */
  #position = 0;

  constructor(options: PaginationOptions) {
    this.#options = options;
  }

  /** Of the page that was asked for last, from 1. */
  get pageNumber(): number {
    return this.#pageNumber;
  }

  /** @throws as `buildRequest` */
  async first(): Promise<OutgoingRequest> {
    const { build, resource } = this.#options;
    const request = await build(null);
    const { pagination } = resource;
    this.#position = pagination.type === 'page' ? pagination.first : 0;
    const placed = this.#positioned(request);
    this.#used.add(placed.url.href);
    return placed;
  }

  /**
   * @returns null when there are no more pages
   * @throws QUERY_FAILED when it leads back to a page that was read, or nowhere
   */
  async next(page: PageEnd): Promise<NextPage | null> {
    if (!(await this.#goesOn(page))) return null;
    const next = await this.#following(page);
    if (next !== null) this.#pageNumber += 1;
    return next;
  }

  async #goesOn({ answer, document, recordCount }: PageEnd): Promise<boolean> {
    const { pace, resource } = this.#options;
    const { atShortPage, maxPages, moreSelector } = resource.stop;
    if (answer.isIgnored || recordCount === 0) return false;
    if (maxPages !== null && this.#pageNumber >= maxPages) return false;
    const size = pageSizeOf(resource);
    if (atShortPage && size !== null && recordCount < size) return false;
    if (moreSelector.trim() === '' || document === null) return true;
    return selectTruth(document.tape, document.root, moreSelector, pace);
  }

  async #following(page: PageEnd): Promise<NextPage | null> {
    const { build, resource } = this.#options;
    const { pagination } = resource;
    switch (pagination.type) {
      case 'none':
        return null;
      case 'page':
      case 'offset':
        // Where the API gives fewer than were asked for, the next ones begin behind those.
        this.#position += pagination.type === 'page' ? 1 : page.recordCount;
        return { request: this.#positioned(await build(null)), label: String(this.#position) };
      case 'cursor':
        return this.#afterCursor(await this.#selected(page, pagination.selector));
      case 'next-url':
        return this.#atAddress((await this.#selected(page, pagination.selector))?.text ?? null, page.answer);
      case 'link':
        return this.#atAddress(nextLink(page.answer.headers), page.answer);
    }
  }

  #positioned(request: OutgoingRequest): OutgoingRequest {
    const { pagination } = this.#options.resource;
    let { url } = request;
    if (pagination.type === 'page') {
      url = withQuery(url, pagination.parameter, String(this.#position));
      if (pagination.size !== null)
        url = withQuery(url, pagination.size.parameter, String(pagination.size.value));
    } else if (pagination.type === 'offset') {
      url = withQuery(url, pagination.offsetParameter, String(this.#position));
      url = withQuery(url, pagination.limitParameter, String(pagination.limit));
    }
    return url === request.url ? request : { ...request, url };
  }

  /** None, null, false and an empty text mean that there is nothing more. */
  async #selected({ document }: PageEnd, selector: string): Promise<BodyValue | null> {
    if (document === null) return null;
    const { tape, token } = await selectToken(document.tape, document.root, selector, this.#options.pace);
    if (token < 0 || tape.kind(token) === tokenKinds.false) return null;
    const text = plainTextOf(tape, token);
    if (text === null || text === '') return null;
    const isNumber = tape.kind(token) === tokenKinds.number;
    return { text, json: isNumber ? rawTextOf(tape, token) : JSON.stringify(text) };
  }

  async #afterCursor(cursor: BodyValue | null): Promise<NextPage | null> {
    const { build, pace, resource } = this.#options;
    const { body, pagination } = resource;
    if (cursor === null || pagination.type !== 'cursor') return null;
    this.#use(cursor.text, () => `the cursor “${cursor.text.slice(0, 200)}”`);
    const request = await build(cursor.text);
    const { parameter, place } = pagination;
    return {
      request:
        place === 'query'
          ? { ...request, url: withQuery(request.url, parameter, cursor.text) }
          : place === 'header'
            ? withHeader(request, parameter, cursor.text)
            : await withBodyParameter(request, body.type, parameter, cursor, pace),
      label: cursor.text,
    };
  }

  /** @param text relative to where the answer came from */
  async #atAddress(text: string | null, { url: from }: IncomingAnswer): Promise<NextPage | null> {
    if (text === null || text.trim() === '') return null;
    const { build, config } = this.#options;
    if (!URL.canParse(text, from.href)) throw noAddress(text);
    const url = this.#completed(new URL(text, from.href));
    if (!/^https?:$/.test(url.protocol)) throw noAddress(text);
    const label = shownUrl(config, url);
    this.#use(url.href, () => `the address “${label}”`);
    // Its query says all: the resource's own parameters are in it already.
    return { request: { ...(await build(null)), url }, label };
  }

  /** An API behind a proxy may not know that it is reached by https: what is secret never goes without it. */
  #completed(found: URL): URL {
    const { config } = this.#options;
    const base = new URL(config.baseUrl);
    const url = new URL(found);
    if (base.protocol === 'https:' && url.protocol === 'http:' && url.hostname === base.hostname) {
      url.protocol = 'https:';
      url.port = base.port;
    }
    url.hash = '';
    return url;
  }

  #use(next: string, what: () => string): void {
    if (this.#used.has(next)) throw repeatedNext(what(), this.#pageNumber);
    this.#used.add(next);
  }
}

/** How many records a page is asked to have; null: as many as the API likes. */
export function pageSizeOf({ pagination }: Pick<Resource, 'pagination'>): number | null {
  if (pagination.type === 'offset') return pagination.limit;
  return pagination.type === 'page' ? (pagination.size?.value ?? null) : null;
}

function withHeader(request: OutgoingRequest, name: string, value: string): OutgoingRequest {
  const others = request.headers.filter(([each]) => each.toLowerCase() !== name.toLowerCase());
  return { ...request, headers: [...others, headerLine(name, value)] };
}
