import { expect, it } from 'vitest';
import { dataSourceFieldsSchema } from './dataSource.ts';

const { name } = dataSourceFieldsSchema.shape;

it('calls a data source by a name of at most 128 characters, and not by blanks', () => {
  expect(name.safeParse('x').success).toBe(true);
  expect(name.safeParse('😀'.repeat(128)).success).toBe(true);
  for (const text of ['', ' ', '😀'.repeat(129)]) expect(name.safeParse(text).success).toBe(false);
});
