import { describe, expect, it } from 'vitest';
import type { RequestBody } from '../../shared/model/resources.ts';
import {
  bodyOf,
  formOfBody,
  formOfRequest,
  newParameter,
  newRequest,
  pairsOf,
  requestOf,
  withPathParameters,
} from './requestForms.ts';

const bodies: readonly RequestBody[] = [
  { type: 'none' },
  { type: 'json', text: '{"a": {{ cursor }}}' },
  { type: 'form', fields: [{ name: 'a', value: ' b ' }] },
  {
    type: 'multipart',
    parts: [
      { name: 'meta', contentType: 'application/json', content: { type: 'text', text: '{}' } },
      { name: 'doc', contentType: '', content: { type: 'file', path: '/home/me/report 1.pdf' } },
    ],
  },
  { type: 'graphql', query: '{ viewer { login } }', variables: '' },
  { type: 'text', contentType: 'text/xml', text: '<a/>' },
];

describe('forms of requests', () => {
  it.each(bodies)('give back a body of the type $type as it was', (body) => {
    expect(bodyOf(formOfBody(body))).toEqual(body);
  });

  it('leave out lines that nobody has filled in', () => {
    expect(
      pairsOf([
        { name: '', value: '' },
        { name: ' a ', value: ' 1' },
      ]),
    ).toEqual([{ name: 'a', value: ' 1' }]);
  });

  it('make no request of a value without a name', () => {
    expect(requestOf({ ...newRequest, headers: [{ name: '', value: 'x' }] })).toBeNull();
    const request = requestOf({ ...newRequest, path: ' /users ' });
    expect(request?.path).toBe('/users');
    expect(request === null ? null : formOfRequest(request)).toEqual({ ...newRequest, path: '/users' });
  });

  it('have a parameter for each place in the path, and none for one that has gone', () => {
    const first = withPathParameters([newParameter], '/users/{id}/posts');
    expect(first.map(({ name, place, isRequired }) => [name, place, isRequired])).toEqual([
      ['id', 'path', true],
      ['', 'query', false],
    ]);
    expect(withPathParameters(first, '/users/{id}/posts')).toBe(first);
    expect(withPathParameters(first, '/users')).toEqual([newParameter]);
  });

  it('keep what was typed for a place that has gone, and take templates for none', () => {
    const typed = [{ ...newParameter, name: 'id', place: 'path' as const, value: '7' }];
    expect(withPathParameters(typed, '/users/{{ parent.id }}')).toBe(typed);
  });
});
