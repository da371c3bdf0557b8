/** Keys of the facts about an API, in the order in which they are shown. All are text but those marked. */
export const restServerFactKeys = [
  'baseUrl',
  'authentication',
  /** `HTTP/1.1`. */
  'protocol',
  /** Count. */
  'resourceCount',
  /** `60 in 60 s`, as set or as the API tells. */
  'rateLimit',
  /** Count. Requests that the API still allows in this period. */
  'remaining',
] as const;
export type RestServerFactKey = (typeof restServerFactKeys)[number];

/** Keys of the facts about a resource, in the order in which they are shown. */
export const restNodeFactKeys = [
  /** `GET /users/{id}/posts`. */
  'request',
  'records',
  'pagination',
  'parent',
  'incremental',
  'pushedFilters',
  /** `document`, `inferred` or `personal`: where the columns come from. */
  'columnsFrom',
] as const;
export type RestNodeFactKey = (typeof restNodeFactKeys)[number];
