import { type ApiAnswer, notFound } from './apiAnswer.ts';
import type { DemoRecords, RecordPage } from './DemoRecords.ts';
import { type DemoResource, demoResources, sizeParameterOf } from './demoResources.ts';
import { type PageQuery, pageQueryOf } from './pageQuery.ts';

/** Digits of a bigint, so that no other text reaches the database as one. */
const idPattern = '(\\d{1,18})';

const routes = demoResources.map((resource) => ({
  resource,
  pattern: new RegExp(`^${resource.path.replace('{id}', idPattern)}$`),
}));

/**
 * The page of records that an address asks for.
 * @throws BadParameter, or what the database refuses
 */
export async function recordsAnswer(url: URL, records: DemoRecords, signal: AbortSignal): Promise<ApiAnswer> {
  for (const { resource, pattern } of routes) {
    const match = pattern.exec(url.pathname);
    if (match === null) continue;
    const query = pageQueryOf(resource, match[1] ?? null, url.searchParams);
    return pageAnswer(resource, query, url, await records.read(query, signal));
  }
  return notFound;
}

/** The records are JSON of the database as it is, so that no digit of a number is lost. */
function pageAnswer(resource: DemoResource, query: PageQuery, url: URL, page: RecordPage): ApiAnswer {
  const data = `[${page.records.join(',')}]`;
  switch (resource.paging) {
    case 'link': {
      const headers: Record<string, string> = page.hasMore ? { Link: nextLink(resource, query, url) } : {};
      return { status: 200, headers, body: data };
    }
    case 'cursor': {
      const next = JSON.stringify(page.nextCursor);
      return ok(`{"data":${data},"next_cursor":${next},"has_more":${page.hasMore}}`);
    }
    case 'page':
      return ok(
        `{"data":${data},"page":${query.page},"limit":${query.size},"total":${page.total ?? 'null'}}`,
      );
  }
}

const ok = (body: string): ApiAnswer => ({ status: 200, headers: {}, body });

function nextLink(resource: DemoResource, { page, size }: PageQuery, url: URL): string {
  const next = new URL(url);
  next.searchParams.set('page', String(page + 1));
  next.searchParams.set(sizeParameterOf(resource), String(size));
  return `<${next.href}>; rel="next"`;
}
