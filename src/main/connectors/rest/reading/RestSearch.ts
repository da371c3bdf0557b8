import type { Resource } from '../../../../shared/model/resources.ts';
import {
  maxSearchHits,
  type SearchBatch,
  type SearchHit,
  type SearchPlace,
  type SearchQuery,
  searchPlaceSchema,
} from '../../../../shared/model/schemaSearch.ts';
import { AppError } from '../../../base/AppError.ts';
import type { CatalogueSearch } from '../../CatalogueSearch.ts';
import type { Connection } from '../../Connection.ts';
import { excerptOf } from '../../sql/searchPlaces.ts';
import { apiSessionOf } from './apiSessionOf.ts';

/** A text of a resource, and the column that it belongs to. */
interface Text {
  readonly text: string;
  readonly column?: string;
}

const columnsOf = ({ columns }: Resource) => columns ?? [];

/** What of a resource is looked at in each place: its request is its definition. */
const textsIn: Readonly<Record<SearchPlace, (resource: Resource) => readonly Text[]>> = {
  names: ({ name }) => [{ text: name }],
  columns: (resource) => columnsOf(resource).map(({ name }) => ({ text: name, column: name })),
  comments: (resource) => [
    { text: resource.description },
    ...columnsOf(resource).map(({ description, name }) => ({ text: description, column: name })),
  ],
  definitions: ({ method, path }) => [{ text: `${method} ${path}` }],
};

const hasLines = (place: SearchPlace): boolean => place === 'comments' || place === 'definitions';

function* hitsIn(resource: Resource, place: SearchPlace, pattern: RegExp): Generator<SearchHit> {
  for (const { text, column } of textsIn[place](resource)) {
    for (const [index, line] of text.split('\n').entries()) {
      const match = pattern.exec(line);
      if (match === null) continue;
      yield {
        node: { schema: resource.group, name: resource.name, kind: 'resource' },
        place,
        part: column === undefined ? null : { kind: 'column', name: column },
        line: hasLines(place) ? index + 1 : null,
        ...excerptOf(line.slice(0, match.index), match[0], line.slice(match.index + match[0].length)),
      };
    }
  }
}

/** Searches what people have described of an API, without a request. */
export class RestSearch implements CatalogueSearch {
  /** @throws UNSUPPORTED for a regular expression: one could keep Mooring itself busy for ever */
  async *search(connection: Connection, query: SearchQuery): AsyncGenerator<SearchBatch, void, void> {
    if (query.isRegex) {
      throw new AppError('UNSUPPORTED', { title: 'APIs are searched for plain text only' });
    }
    const { resources } = apiSessionOf(connection).config;
    const pattern = new RegExp(
      query.text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&'),
      query.matchesCase ? 'u' : 'iu',
    );
    for (const place of searchPlaceSchema.options.filter((one) => query.places.includes(one))) {
      const hits: SearchHit[] = [];
      for (const resource of resources) {
        if (hits.length <= maxSearchHits) hits.push(...hitsIn(resource, place, pattern));
      }
      const outcome = hits.length > maxSearchHits ? 'cut' : 'whole';
      yield { place, hits: hits.slice(0, maxSearchHits), outcome, problem: null };
    }
  }
}
