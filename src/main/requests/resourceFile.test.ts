import { describe, expect, it } from 'vitest';
import { newResource, type Resource } from '../../shared/model/resources.ts';
import { readResourceFile, resourceFileText } from './resourceFile.ts';

const users: Resource = {
  ...newResource,
  name: 'users',
  path: '/users/{id}',
  pagination: { type: 'page', parameter: 'page', first: 1, size: { parameter: 'limit', value: 100 } },
};
const written = (changes: object) =>
  JSON.stringify({ format: 'mooring-resources', version: 1, resources: [{ ...users, ...changes }] });

describe('a file of resources', () => {
  it('is read as it was written', async () => {
    expect(await readResourceFile(resourceFileText([users]))).toEqual([users]);
    expect(await readResourceFile(`\ufeff${resourceFileText([])}`)).toEqual([]);
  });

  it('can be read by people', () => {
    expect(resourceFileText([users])).toMatch(/^\{\n {2}"format": "mooring-resources",\n {2}"version": 1,\n/);
  });

  it.each([
    ['{"format":\n "mooring', 'It is not JSON. Line 2, column 2: a text in quotes does not end.'],
    ['{}', 'Its “format” should be “mooring-resources”.'],
    ['[]', 'Its “format” should be “mooring-resources”.'],
    ['null', 'Its “format” should be “mooring-resources”.'],
    ['{"format": "mooring-resources", "version": "1"}', 'Its “version” should be a whole number.'],
    ['{"format": "mooring-resources", "version": 1}', /^resources: /],
    [
      written({ pagination: { type: 'page', parameter: 'p', first: -1, size: null } }),
      /^resources\[0\]\.pagination\.first: /,
    ],
    [written({ method: 'BREW' }), /^resources\[0\]\.method: /],
    [written({ apiKey: 'x' }), /^resources\[0\]: .*apiKey/],
  ])('says what is wrong, and where: %s', async (text, detail) => {
    await expect(readResourceFile(text)).rejects.toMatchObject({
      code: 'IMPORT_INVALID',
      detail: typeof detail === 'string' ? detail : expect.stringMatching(detail),
    });
  });

  it('repeats no value', async () => {
    const reading = readResourceFile(written({ method: 'canary', responses: [{ status: 'canary' }] }));
    await expect(reading).rejects.not.toMatchObject({ detail: expect.stringContaining('canary') });
  });

  it('of a newer version is refused with its version', async () => {
    const reading = readResourceFile('{"format": "mooring-resources", "version": 2, "other": []}');
    await expect(reading).rejects.toMatchObject({
      code: 'IMPORT_TOO_NEW',
      detail: expect.stringContaining('version 2'),
    });
  });
});
