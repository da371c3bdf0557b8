import type { RestConfig } from '../../../src/shared/engines/rest/config.ts';
import { newResource, type Resource } from '../../../src/shared/model/resources.ts';

/** The configuration of an API without anything special. */
export const someRestConfig = (changes: Partial<RestConfig> = {}): RestConfig => ({
  baseUrl: 'http://127.0.0.1:1',
  headers: [],
  query: [],
  auth: { type: 'none' },
  tls: { mode: 'verify-full', caPem: null },
  proxyUrl: null,
  rateLimit: null,
  maxRetries: 0,
  keepsCookies: false,
  maxResponseMb: 64,
  variables: [],
  resources: [],
  ...changes,
});

export const someResource = (changes: Partial<Resource> = {}): Resource => ({
  ...newResource,
  name: 'items',
  path: '/items',
  ...changes,
});
