import { type DemoResource, demoResources, pageSizes, sizeParameterOf } from './demoResources.ts';

/** The name of the header that the key is sent in. */
export const keyHeader = 'X-API-Key';

/** Requests that the demo API answers in a period. */
export const requestRate = { requests: 50, seconds: 1 } as const;

/** What `/openapi.json` answers: how the demo API is read, so that everything but the key comes out of it. */
export function openApiDocument(baseUrl: string): string {
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'Demo API',
      version: '1.0',
      description: `The shop of the demo database. At most ${requestRate.requests} requests a second.`,
    },
    servers: [{ url: baseUrl, description: 'This computer' }],
    security: [{ key: [] }],
    paths: Object.fromEntries(
      demoResources.map((resource) => [resource.path, { get: operationOf(resource) }]),
    ),
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: keyHeader } } },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function operationOf(resource: DemoResource) {
  const { operationId, summary, columns, filters } = resource;
  return {
    operationId,
    summary,
    tags: ['Shop'],
    parameters: [
      ...(resource.parentColumn === null ? [] : [idParameter]),
      ...filters.map((name) => {
        const { schema, description } = columns.find((column) => column.name === name) ?? { schema: {} };
        return {
          name,
          in: 'query',
          schema,
          description: `Only with this value. ${description ?? ''}`.trim(),
        };
      }),
      ...pagingParametersOf(resource),
    ],
    responses: {
      200: {
        description: 'A page of records',
        ...(resource.paging === 'link' && { headers: linkHeader }),
        content: { 'application/json': { schema: answerOf(resource) } },
      },
      401: { description: 'The key is missing or wrong' },
      429: { description: 'Too many requests; Retry-After says for how long' },
    },
  };
}

const idParameter = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'integer' },
  description: 'Number of the customer',
};

const linkHeader = { Link: { description: 'rel="next": the next page', schema: { type: 'string' } } };

function pagingParametersOf(resource: DemoResource) {
  const size = { type: 'integer', minimum: 1, maximum: pageSizes.largest, default: pageSizes.usual };
  return [
    resource.paging === 'cursor'
      ? {
          name: 'cursor',
          in: 'query',
          schema: { type: 'string' },
          description: 'next_cursor of the page before',
        }
      : { name: 'page', in: 'query', schema: { type: 'integer', minimum: 1, default: 1 } },
    { name: sizeParameterOf(resource), in: 'query', schema: size },
  ];
}

function answerOf({ columns, paging }: DemoResource) {
  const record = {
    type: 'object',
    required: columns.map(({ name }) => name),
    properties: Object.fromEntries(
      columns.map(({ name, schema, description }) => [name, { ...schema, description }]),
    ),
  };
  const data = { type: 'array', items: record };
  if (paging === 'link') return data;
  const besides =
    paging === 'cursor'
      ? { next_cursor: { type: ['string', 'null'] }, has_more: { type: 'boolean' } }
      : { page: { type: 'integer' }, limit: { type: 'integer' }, total: { type: 'integer' } };
  return { type: 'object', required: ['data'], properties: { data, ...besides } };
}
