import { describe, expect, it } from 'vitest';
import {
  newResource,
  type Pagination,
  type Resource,
  resourceSchema,
} from '../../../shared/model/resources.ts';
import { formOfResource, readResourceForm, resourceOfForm } from './resourceForm.ts';

const full: Resource = {
  ...newResource,
  name: 'issues',
  group: 'Repositories',
  description: 'All of them',
  method: 'POST',
  path: '/repos/{owner}/issues',
  parameters: [
    {
      name: 'owner',
      place: 'path',
      value: '{{ config.owner }}',
      isRequired: true,
      isList: false,
      isExploded: false,
      description: '',
      choices: [],
    },
  ],
  body: { type: 'graphql', query: '{ a }', variables: '{}' },
  format: 'json',
  selector: 'data.items',
  keyColumn: 'day',
  stop: { maxPages: 7, atShortPage: true, moreSelector: 'has_more' },
  primaryKey: ['id'],
  incremental: {
    column: 'updated_at',
    parameter: 'since',
    kind: 'timestamp',
    format: 'YYYY-MM-DD',
    lookbackSeconds: 60,
  },
  parent: { group: 'Repositories', name: 'repos' },
  responses: [{ status: '404', when: '', outcome: 'ignore' }],
  messageSelector: 'error.info',
  totalSelector: 'total',
  filters: [{ column: 'state', operator: 'equals', parameter: 'state' }],
  columns: [
    { name: 'id', path: ['id'], type: 'bigint', isNullable: false, origin: 'document', description: '' },
  ],
};

const paginations: readonly Pagination[] = [
  { type: 'none' },
  { type: 'page', parameter: 'p', first: 0, size: null },
  { type: 'page', parameter: 'p', first: 1, size: { parameter: 'n', value: 50 } },
  { type: 'offset', offsetParameter: 'o', limitParameter: 'l', limit: 20 },
  { type: 'cursor', selector: 'next', parameter: 'after', place: 'body' },
  { type: 'next-url', selector: 'links.next' },
  { type: 'link' },
];

describe('the form of a resource', () => {
  it.each(paginations)('gives back a resource with pages of the kind $type as it was', (pagination) => {
    const resource = resourceSchema.parse({ ...full, pagination });
    expect(resourceOfForm(formOfResource(resource))).toEqual({ ok: true, resource });
  });

  it('gives back a new resource as it was, once it has a name', () => {
    const form = formOfResource(newResource);
    expect(resourceOfForm(form)).toMatchObject({ ok: false, errors: { name: 'Name is required' } });
    expect(resourceOfForm({ ...form, name: 'a' })).toEqual({
      ok: true,
      resource: { ...newResource, name: 'a' },
    });
  });

  it('says what is wrong with a field in the words of the window, at its place', () => {
    const form = formOfResource({ ...full, pagination: { type: 'link' } });
    const wrong = resourceOfForm({
      ...form,
      pagination: { ...form.pagination, type: 'offset', limit: '0', limitParameter: '' },
      stop: { ...form.stop, maxPages: 'many' },
      responses: [{ status: '999', when: '', outcome: 'fail' }],
    });
    expect(wrong).toEqual({
      ok: false,
      errors: {
        'pagination.limit': 'At least 1.',
        'pagination.limitParameter': 'Fill in this field.',
        'stop.maxPages': 'A whole number.',
        'responses.0.status': 'A status such as 404, a class such as 5xx, or *.',
      },
    });
  });

  it('keeps what was typed for one kind of pages while another is looked at', () => {
    const form = formOfResource({ ...full, pagination: { type: 'next-url', selector: 'links.next' } });
    const other = { ...form, pagination: { ...form.pagination, type: 'link' as const } };
    expect(other.pagination.urlSelector).toBe('links.next');
    expect(resourceOfForm(other)).toMatchObject({ resource: { pagination: { type: 'link' } } });
  });

  it('is read again from its text, and from no other', () => {
    const form = formOfResource(full);
    expect(readResourceForm(JSON.stringify(form))).toEqual(form);
    for (const text of ['', 'null', '{}', '[', JSON.stringify({ ...form, method: 'DELETE' })]) {
      expect(readResourceForm(text)).toBeNull();
    }
  });
});
