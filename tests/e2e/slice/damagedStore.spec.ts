import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../support/test.ts';

test('a damaged data file is told in the middle of the window, and left as it is', async ({
  launch,
  userData,
}) => {
  const file = join(userData, 'mooring.db');
  const garbage = 'This is no database. '.repeat(500);
  writeFileSync(file, garbage);
  const { page, close } = await launch();
  const told = page.getByRole('main').getByRole('alert');
  await expect(told).toContainText('The file with your data sources is damaged');
  await expect(told).toContainText('STORE_CORRUPT');
  await close();
  expect(readFileSync(file, 'utf8')).toBe(garbage);
});
