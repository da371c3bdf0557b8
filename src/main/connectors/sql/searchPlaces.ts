import { z } from 'zod';
import {
  excerptLengths,
  maxSearchHits,
  type SearchBatch,
  type SearchHit,
  type SearchPlace,
  type SearchQuery,
  searchPartSchema,
  searchPlaceSchema,
} from '../../../shared/model/schemaSearch.ts';
import { nodeRefSchema } from '../../../shared/model/schemaTree.ts';
import { AppError } from '../../base/AppError.ts';
import { cleanText } from '../../base/cleanText.ts';
import type { QueryOptions, SqlConnection, Statement } from '../Connection.ts';
import { isRefusal, runCatalogueStatement } from './askCatalogue.ts';

/** How an engine searches in its own SQL. */
export interface SearchDialect {
  /**
   * The statements that search a place, the quickest first. Each answers at most `maxSearchHits + 1` rows of ten cells: the
   * kind of the object, schema, name and qualifier; the kind of its part and its name; the line; what stands before the
   * hit, the hit, and what stands after it, each a little longer than `excerptLengths`.
   */
  statements(place: SearchPlace, query: SearchQuery): readonly Omit<Statement, 'own'>[];
  /** Whether the server refused the regular expression itself. */
  isBadPattern(error: AppError): boolean;
}

const { kind, name, qualifier, schema } = nodeRefSchema.shape;

const hitRow = z.tuple([
  kind,
  schema,
  name,
  qualifier.unwrap().nullable(),
  searchPartSchema.nullable(),
  z.string().nullable(),
  z.coerce.number().int().min(1).nullable(),
  z.string(),
  z.string(),
  z.string(),
]);

/** Searches one place after the other, by the statements of an engine. */
export async function* searchPlaces(
  connection: SqlConnection,
  query: SearchQuery,
  dialect: SearchDialect,
  options: QueryOptions,
): AsyncGenerator<SearchBatch, void, void> {
  // No text of a server holds it, and some servers take none that does.
  const isHopeless = query.text.includes('\0');
  for (const place of searchPlaceSchema.options.filter((one) => query.places.includes(one))) {
    yield { place, hits: [], outcome: null, problem: null };
    if (isHopeless) yield { place, hits: [], outcome: 'whole', problem: null };
    else yield* searchPlace(connection, query, place, dialect, options);
  }
}

async function* searchPlace(
  connection: SqlConnection,
  query: SearchQuery,
  place: SearchPlace,
  dialect: SearchDialect,
  options: QueryOptions,
): AsyncGenerator<SearchBatch, void, void> {
  let room = maxSearchHits;
  let problem: string | null = null;
  for (const statement of dialect.statements(place, query)) {
    const answer = await ask(connection, statement, place, dialect, options);
    if (typeof answer === 'string') {
      problem = answer;
      continue;
    }
    const hits = answer.slice(0, room);
    if (hits.length > 0) yield { place, hits, outcome: null, problem: null };
    if (answer.length > room) {
      yield { place, hits: [], outcome: 'cut', problem: null };
      return;
    }
    room -= hits.length;
  }
  yield { place, hits: [], outcome: problem === null ? 'whole' : 'refused', problem };
}

/** The hits of one statement; or why the server refused it. */
async function ask(
  connection: SqlConnection,
  statement: Omit<Statement, 'own'>,
  place: SearchPlace,
  dialect: SearchDialect,
  options: QueryOptions,
): Promise<readonly SearchHit[] | string> {
  try {
    const { rows } = await runCatalogueStatement(connection, statement, options);
    return z
      .array(hitRow)
      .parse(rows)
      .map((row) => hitOf(row, place));
  } catch (error) {
    if (!isRefusal(error) || !connection.isUsable || options.signal.aborted) throw error;
    if (dialect.isBadPattern(error)) throw badPattern(error);
    return cleanText(error.detail === '' ? error.message : error.detail, 600);
  }
}

function hitOf(row: z.output<typeof hitRow>, place: SearchPlace): SearchHit {
  const [kind, schema, name, qualifier, part, partName, line, before, hit, after] = row;
  return {
    node: { schema, name, kind, ...(qualifier !== null && { qualifier }) },
    place,
    part: part === null ? null : { kind: part, name: partName ?? '' },
    line,
    ...excerptOf(before, hit, after),
  };
}

/** A line around what was found in it, without its indentation, and cut where it is long. */
export function excerptOf(
  before: string,
  hit: string,
  after: string,
): Pick<SearchHit, 'before' | 'hit' | 'after'> {
  return {
    before: before.length > excerptLengths.before ? lastPart(before) : before.trimStart(),
    hit: firstPart(hit, excerptLengths.hit),
    after: firstPart(after.trimEnd(), excerptLengths.after),
  };
}

/** Half characters at the cut are left out. */
const lastPart = (text: string): string =>
  `…${text.slice(-excerptLengths.before).replace(/^[\uDC00-\uDFFF]/, '')}`;

const firstPart = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')}…`;

function badPattern(cause: AppError): AppError {
  return new AppError('INVALID_INPUT', {
    title: 'The server does not take this as a regular expression',
    detail: cause.detail === '' ? cause.message : cause.detail,
    causes: ['A bracket or a parenthesis is not closed, or a quantifier has nothing before it.'],
    fixes: ['Correct the expression.', 'Switch regular expressions off to search for the text as it stands.'],
    driverCode: cause.driverCode,
    cause,
  });
}
