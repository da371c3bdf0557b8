import { describe, expect, it } from 'vitest';
import type { ApiRequest } from '../../../shared/model/requests.ts';
import { nameOfPath, resourceOfRequest } from './resourceOfRequest.ts';

const request: ApiRequest = {
  method: 'GET',
  path: '/users/{id}/posts',
  parameters: [],
  headers: [{ name: 'Accept', value: 'application/json' }],
  body: { type: 'none' },
};

describe('the resource of a request', () => {
  it.each([
    ['/users/{id}/posts', 'posts'],
    ['/users/{id}', 'users'],
    ['/v1/items?size=2', 'items'],
    ['/', ''],
  ])('is named after the path %s', (path, name) => {
    expect(nameOfPath(path)).toBe(name);
  });

  it('sends the headers of the request as parameters', () => {
    const { parameters, method, body } = resourceOfRequest(request);
    expect(parameters).toMatchObject([{ name: 'Accept', value: 'application/json', place: 'header' }]);
    expect([method, body]).toEqual(['GET', { type: 'none' }]);
  });

  it('keeps the body of what is no GET', () => {
    const body = { type: 'json' as const, text: '{}' };
    expect(resourceOfRequest({ ...request, method: 'PUT', body })).toMatchObject({ method: 'POST', body });
    expect(resourceOfRequest({ ...request, body })).toMatchObject({ method: 'GET', body: { type: 'none' } });
  });
});
