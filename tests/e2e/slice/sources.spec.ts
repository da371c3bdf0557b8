import { closedPort } from '../support/servers.ts';
import { expectRetrying, pasteUrl } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { navigatorRow, pointAtRow } from '../support/window.ts';

/** Saves a data source without a test; its server does not exist, which does not matter here. */
async function addSource(page: Parameters<typeof pasteUrl>[0], database: string): Promise<void> {
  await pasteUrl(page, `postgresql://ann:pw@127.0.0.1:${await closedPort()}/${database}?sslmode=disable`);
  await page.getByRole('button', { name: 'Save and connect' }).click();
  await expectRetrying(page);
}

test.describe('the list of data sources', () => {
  test('asks before it deletes, and brings back what was deleted', async ({ mooring: { page } }) => {
    await addSource(page, 'shop');
    const row = navigatorRow(page, 'shop on 127.0.0.1');
    await pointAtRow(page, 'shop on 127.0.0.1');
    await page.keyboard.press('Delete');
    const question = page.getByRole('dialog', { name: /^Delete “shop on 127/ });
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(row).toBeVisible();
    await pointAtRow(page, 'shop on 127.0.0.1');
    await page.keyboard.press('Delete');
    await question.getByRole('button', { name: 'Delete' }).click();
    await expect(row).toBeHidden();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(row).toBeVisible();
  });

  test('duplicates and edits by keyboard, and a changed host says where the stored password would go', async ({
    mooring: { page },
  }) => {
    await addSource(page, 'shop');
    await pointAtRow(page, 'shop on 127.0.0.1');
    await page.keyboard.press('Control+d');
    await expect(page.getByRole('heading', { name: 'shop on 127.0.0.1 copy' })).toBeVisible();
    await pointAtRow(page, 'shop on 127.0.0.1');
    await page.keyboard.press('F4');
    await page.getByLabel('Host').fill('db.invalid');
    await expect(page.getByText(/^It was saved for another address/)).toBeVisible();
    await page.getByLabel('Host').fill('127.0.0.1');
    await expect(page.getByText(/^It was saved for another address/)).toBeHidden();
  });
});
