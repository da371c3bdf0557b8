import { describe, expect, it } from 'vitest';
import { maxResources, newResource, type Resource } from '../../shared/model/resources.ts';
import { excessOf, isTaken, withAdded, withoutResource, withResource } from './resourceList.ts';

const resource = (name: string, more: Partial<Resource> = {}): Resource => ({
  ...newResource,
  name,
  ...more,
});
const users = resource('users');
const posts = resource('posts', { parent: { group: users.group, name: 'users' } });

describe('the list of resources', () => {
  it('has a changed one in its place, and those that belong to it go along with its name', () => {
    const people = resource('people');
    expect(withResource([users, posts], users, people)).toEqual([
      people,
      { ...posts, parent: { group: users.group, name: 'people' } },
    ]);
  });

  it('has a new one at its end, and one whose place is gone', () => {
    expect(withResource([users], null, posts)).toEqual([users, posts]);
    expect(withResource([users], resource('gone'), posts)).toEqual([users, posts]);
  });

  it('knows which names are taken by others', () => {
    expect(isTaken([users, posts], users, resource('posts'))).toBe(true);
    expect(isTaken([users, posts], users, users)).toBe(false);
    expect(isTaken([users], null, users)).toBe(true);
    expect(isTaken([users], null, resource('users', { group: 'Others' }))).toBe(false);
  });

  it('takes others in, in the place of those of the same name', () => {
    const newer = resource('users', { path: '/v2/users' });
    expect(withAdded([users, posts], [newer, resource('tags')])).toEqual([newer, posts, resource('tags')]);
    expect(withoutResource([users, posts], users)).toEqual([posts]);
  });

  it('says how many are too many', () => {
    const many = Array.from({ length: maxResources }, (_, index) => resource(String(index)));
    expect(excessOf(many, [resource('0')])).toBe(0);
    expect(excessOf(many, [resource('a'), resource('b')])).toBe(2);
  });
});
