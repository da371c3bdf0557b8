import { someFields } from '../../support/dataSources.ts';
import { callApi } from '../support/callApi.ts';
import { expect, test } from './claim.ts';

/** What E6 shows to run when it is taken for markup. */
const hostileName = '<img src="x:" onerror="window.wasHit = true"> & <b>bold</b> {{7*7}}';

test('E20 a name that is markup is shown as the text it is, in the list, the page and the editor', async ({
  mooring,
}) => {
  const { page } = mooring;
  const fields = someFields({ name: hostileName, host: '127.0.0.1', port: 9 });
  const saved = await callApi(page, 'dataSources.save', { id: null, fields, secrets: {} });
  expect(saved.ok).toBe(true);
  await page.getByText(hostileName).first().click();
  await expect(page.getByRole('main').getByText(hostileName).first()).toBeVisible();
  const traces = await page.evaluate(() => ({
    images: document.querySelectorAll('img').length,
    bold: [...document.querySelectorAll('b')].length,
    wasHit: 'wasHit' in window,
  }));
  expect(traces).toEqual({ images: 0, bold: 0, wasHit: false });
});
