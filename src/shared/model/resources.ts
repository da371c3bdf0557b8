import { z } from 'zod';
import { plainText } from './fieldText.ts';

/**
 * What an API has to read: each resource is a relation, described by how it is asked for and how its answers are read.
 * Nothing in here is secret. Texts marked as templates may hold `{{ … }}` (see docs/rest.md).
 */

const maxTextLength = 10_000;
const shortText = z.string().max(500);
const template = z.string().max(maxTextLength);

const nameSchema = plainText('Name')
  .refine((name) => name.trim().length > 0, { error: 'Name is required' })
  .refine((name) => [...name].length <= 128, { error: 'Name is longer than 128 characters' });

/** A name and what stands for it, in the order in which they are sent; names may repeat. */
export const pairSchema = z.strictObject({
  name: z.string().min(1, { error: 'A name is missing' }).max(200),
  value: template,
});
export type Pair = z.infer<typeof pairSchema>;

/** As RFC 9110 has it. */
export const methodSchema = z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
export type Method = z.infer<typeof methodSchema>;

/** They change nothing (RFC 9110, 9.2.1). */
export const safeMethods: ReadonlySet<Method> = new Set(['GET', 'HEAD', 'OPTIONS']);

export const requestBodySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  /** A template of JSON; what a value puts in is escaped as JSON wants it. */
  z.strictObject({ type: z.literal('json'), text: z.string().max(1_000_000) }),
  /** `application/x-www-form-urlencoded`. */
  z.strictObject({ type: z.literal('form'), fields: z.array(pairSchema).max(200) }),
  /** `multipart/form-data`: each part a text, or a file of this computer that is read when it is sent. */
  z.strictObject({
    type: z.literal('multipart'),
    parts: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(200),
          /** Such as `application/json`; empty for none. */
          contentType: z.string().max(200),
          content: z.discriminatedUnion('type', [
            z.strictObject({ type: z.literal('text'), text: template }),
            z.strictObject({ type: z.literal('file'), path: z.string().max(4_096) }),
          ]),
        }),
      )
      .max(50),
  }),
  z.strictObject({
    type: z.literal('graphql'),
    query: z.string().max(100_000),
    /** A template of a JSON object; empty for none. */
    variables: z.string().max(100_000),
  }),
  z.strictObject({
    type: z.literal('text'),
    contentType: z.string().max(200),
    text: z.string().max(1_000_000),
  }),
]);
export type RequestBody = z.infer<typeof requestBodySchema>;

/**
 * How a parameter is spelled on the wire, as OpenAPI has it. `isExploded` holds for lists: `tags=x&tags=y` instead of
 * `tags=x,y`; a list is written as one value per line.
 */
export const parameterSchema = z.strictObject({
  name: z.string().min(1).max(200),
  place: z.enum(['path', 'query', 'header']),
  /** A template. Empty: it is left out, unless it is required. */
  value: template,
  isRequired: z.boolean(),
  isList: z.boolean(),
  isExploded: z.boolean(),
  description: z.string().max(2_000),
  /** What it may be, where that is known; offered, not enforced. */
  choices: z.array(shortText).max(200),
});
export type Parameter = z.infer<typeof parameterSchema>;

/** A filter of the grid that the API applies: the value goes into the parameter, as it is typed. */
export const pushedFilterSchema = z.strictObject({
  column: z.string().max(300),
  operator: z.enum(['equals', 'contains', 'less', 'at-most', 'greater', 'at-least']),
  /** A parameter in the query, which need not be among the resource's own. */
  parameter: z.string().min(1).max(200),
});
export type PushedFilter = z.infer<typeof pushedFilterSchema>;

const parameterName = z.string().min(1).max(200);
/** Where a value of the next request goes. */
const place = z.enum(['query', 'header', 'body']);

export const paginationSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({
    type: z.literal('page'),
    parameter: parameterName,
    first: z.int().min(0).max(1_000_000),
    /** Null: the API's own size. */
    size: z.strictObject({ parameter: parameterName, value: z.int().min(1).max(100_000) }).nullable(),
  }),
  z.strictObject({
    type: z.literal('offset'),
    offsetParameter: parameterName,
    limitParameter: parameterName,
    limit: z.int().min(1).max(100_000),
  }),
  z.strictObject({
    type: z.literal('cursor'),
    /** Selects the next cursor in an answer; none, null, false or an empty text ends it. */
    selector: z.string().min(1).max(1_000),
    parameter: parameterName,
    place,
  }),
  /** Selects the address of the next page in an answer, whole or relative to the one that was asked. */
  z.strictObject({ type: z.literal('next-url'), selector: z.string().min(1).max(1_000) }),
  /** RFC 8288: `Link: <…>; rel="next"`. */
  z.strictObject({ type: z.literal('link') }),
]);
export type Pagination = z.infer<typeof paginationSchema>;

/** What ends the pages besides the pagination itself, which also ends at an empty page. */
const stopSchema = z.strictObject({
  /** Null: no limit. */
  maxPages: z.int().min(1).max(1_000_000).nullable(),
  /** Fewer records than the size that was asked for say that it is the last page. */
  atShortPage: z.boolean(),
  /** Selects a truth in an answer: false ends it, as `has_more` does. Empty for none. */
  moreSelector: z.string().max(1_000),
});

export const responseRuleSchema = z.strictObject({
  /** A status or a class of them: `404`, `5xx`; `*`: any. */
  status: z.string().regex(/^(?:[1-5]\d\d|[1-5]xx|\*)$/),
  /** Selects in the answer what must be there and not be false, null or empty; empty: the status is enough. */
  when: z.string().max(1_000),
  /** `ignore`: the answer counts as one without records. */
  outcome: z.enum(['retry', 'rate-limit', 'ignore', 'fail']),
});
export type ResponseRule = z.infer<typeof responseRuleSchema>;

/** The types a column can have; `json` also for what differs from row to row. */
export const resourceTypeSchema = z.enum([
  'text',
  'integer',
  'bigint',
  'numeric',
  'boolean',
  'date',
  'time',
  'timestamp',
  'uuid',
  'json',
]);
export type ResourceType = z.infer<typeof resourceTypeSchema>;

export const resourceColumnSchema = z.strictObject({
  name: z.string().min(1).max(300),
  /** Keys from the record to the value; empty for the key that the record stood under. */
  path: z.array(z.string().max(300)).max(4),
  type: resourceTypeSchema,
  isNullable: z.boolean(),
  /** `document`: from an OpenAPI document; `inferred`: from a sample; `personal`: set by hand. */
  origin: z.enum(['document', 'inferred', 'personal']),
  description: z.string().max(2_000),
});
export type ResourceColumn = z.infer<typeof resourceColumnSchema>;

export const resourceSchema = z.strictObject({
  name: nameSchema,
  /** What it stands under in the tree, such as a tag of an OpenAPI document. */
  group: nameSchema,
  description: z.string().max(4_000),
  method: z.enum(['GET', 'POST']),
  /** Behind the base URL, with `{name}` for path parameters; a template. */
  path: z.string().max(4_000),
  parameters: z.array(parameterSchema).max(200),
  body: requestBodySchema,
  /** `auto`: by the answer's content type. */
  format: z.enum(['auto', 'json', 'ndjson']),
  /** JMESPath to the records; empty: the whole answer. */
  selector: z.string().max(1_000),
  /** Where the selected value is an object of records by key: the column that keeps the key; null: it is dropped. */
  keyColumn: z.string().min(1).max(300).nullable(),
  pagination: paginationSchema,
  stop: stopSchema,
  /** Names of columns. */
  primaryKey: z.array(z.string().max(300)).max(16),
  /** How later runs read only what is new; null: they cannot. */
  incremental: z
    .strictObject({
      column: z.string().min(1).max(300),
      parameter: parameterName,
      kind: z.enum(['timestamp', 'number']),
      /** Of a timestamp, such as `YYYY-MM-DDTHH:mm:ssZ`; `unix` and `unix-ms` are numbers. */
      format: z.string().max(100),
      lookbackSeconds: z.int().min(0).max(31_536_000),
    })
    .nullable(),
  /** One request for each record of another resource, whose values are `{{ parent.… }}`. */
  parent: z.strictObject({ group: nameSchema, name: nameSchema }).nullable(),
  responses: z.array(responseRuleSchema).max(50),
  /** Selects the message of an answer that failed; empty: where APIs usually put it. */
  messageSelector: z.string().max(1_000),
  /** Selects how many records there are in all; empty: the API does not tell. */
  totalSelector: z.string().max(1_000),
  filters: z.array(pushedFilterSchema).max(100),
  /** Null: not looked at yet, so that they are inferred when the resource is opened. */
  columns: z.array(resourceColumnSchema).max(1_600).nullable(),
});
export type Resource = z.infer<typeof resourceSchema>;

export type ResourceRef = Pick<Resource, 'group' | 'name'>;

export const isSameResource = (one: ResourceRef | null, other: ResourceRef): boolean =>
  one?.group === other.group && one.name === other.name;

/** Most resources of one data source. */
export const maxResources = 500;

export const resourcesSchema = z
  .array(resourceSchema)
  .max(maxResources)
  .refine(
    (resources) => new Set(resources.map(({ group, name }) => `${group}\n${name}`)).size === resources.length,
    {
      error: 'Two resources of a group have the same name',
    },
  );

/** A resource as one begins it by hand. */
export const newResource: Resource = {
  name: '',
  group: 'Resources',
  description: '',
  method: 'GET',
  path: '/',
  parameters: [],
  body: { type: 'none' },
  format: 'auto',
  selector: '',
  keyColumn: null,
  pagination: { type: 'none' },
  stop: { maxPages: null, atShortPage: false, moreSelector: '' },
  primaryKey: [],
  incremental: null,
  parent: null,
  responses: [],
  messageSelector: '',
  totalSelector: '',
  filters: [],
  columns: null,
};
