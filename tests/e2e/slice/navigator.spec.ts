import { expectAccessible } from '../support/expectAccessible.ts';
import { saveAndConnect, testDemo } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { navigator, navigatorRow, openTab } from '../support/window.ts';

test('the navigator: what is connected opens, is found, is arranged by hand, and stays so', async ({
  launch,
}) => {
  const { page, close } = await launch();
  await testDemo(page);
  await saveAndConnect(page);
  const row = (name: string) => navigatorRow(page, name);
  const rows = navigator(page).getByRole('treeitem');

  await test.step('connecting opens the data source and its default schema', async () => {
    await expect(row('Demo database')).toHaveAttribute('aria-expanded', 'true');
    await expect(row('public')).toHaveAttribute('aria-expanded', 'true');
    await expect(row('User')).toBeVisible();
  });

  await test.step('a click looks at a table, Enter keeps it, and the tree shows which one is in front', async () => {
    await row('User').click();
    await expect(openTab(page, /User/)).toBeVisible();
    await expect(row('User')).toHaveAttribute('aria-selected', 'true');
    await row('Session').click();
    await expect(openTab(page, /User/)).toBeHidden();
    await page.keyboard.press('Enter');
    await row('User').click();
    await expect(openTab(page, /Session/)).toBeVisible();
  });

  await test.step('one search finds data sources and tables, and goes on to what fits best', async () => {
    await page.keyboard.press('Control+f');
    await page.keyboard.type('orders');
    await expect(rows.nth(1)).toHaveAccessibleName('orders');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect(openTab(page, /orders/)).toBeVisible();
    await page.getByRole('button', { name: 'Clear filter' }).click();
    await expect(row('User')).toBeVisible();
  });

  await test.step('a search through the database finds code, and opens it at its line', async () => {
    await page.keyboard.press('Control+Shift+d');
    await expect(page.getByRole('textbox', { name: 'Search for' })).toBeFocused();
    await page.keyboard.type('order_status');
    await page.keyboard.press('Enter');
    const found = page.getByRole('listbox', { name: 'Found' });
    await expect(found.getByRole('option', { name: 'sales.order_status Enum' })).toBeVisible();
    await expectAccessible(page, 'a search through a database');
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' });
    await page.setViewportSize({ width: 1280, height: 800 });
    await found.getByRole('option', { name: /^column status .draft.::sales/ }).dblclick();
    const definition = page.getByRole('tabpanel', { name: /orders/ });
    await expect(definition.locator('mark')).toContainText("status sales.order_status DEFAULT 'draft'");
  });

  await test.step('a favourite stands at the top, and is first where one goes to tables', async () => {
    await page.getByRole('button', { name: 'Add to favourites' }).filter({ visible: true }).click();
    await expect(row('orders')).toHaveAttribute('aria-level', '3');
    await row('User').click();
    await expect(openTab(page, /User/)).toBeVisible();
    await page.keyboard.press('Control+p');
    await expect(page.getByRole('option').first()).toHaveText(/^orders/);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('combobox')).toBeHidden();
  });

  await test.step('another database of the server opens below it, with queries of its own', async () => {
    await row('Other databases').click();
    await row('postgres').click();
    await expect(row('postgres')).toHaveAttribute('aria-expanded', 'true');
    await row('postgres').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'New query' }).click();
    await expect(page.getByRole('button', { name: /Demo database › postgres/ })).toBeVisible();
    await row('Other databases').click();
  });

  await test.step('folders and favourites are made by menu, keyboard and dragging', async () => {
    await page.getByRole('navigation').getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'New folder' }).click();
    await expect(page.getByRole('textbox', { name: 'Name of New folder' })).toBeFocused();
    await page.keyboard.type('Clients');
    await page.keyboard.press('Enter');
    await row('Demo database').dragTo(row('Clients'));
    await expect(row('Demo database')).toHaveAttribute('aria-level', '2');
    await row('Demo database').click();
    await page.keyboard.press('F2');
    await page.keyboard.type('Practice');
    await page.keyboard.press('Enter');
    await expect(row('Practice')).toBeVisible();
    await row('Practice').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Add to favourites' }).click();
    await expect(rows.first()).toHaveAccessibleName('Favourites');
  });

  await close();
  await test.step('a restart shows them again', async () => {
    const again = await launch();
    const shown = navigator(again.page).getByRole('treeitem');
    await expect(shown).toHaveCount(3);
    for (const [index, name] of ['Favourites', 'Practice', 'Clients'].entries()) {
      await expect(shown.nth(index)).toHaveAccessibleName(name);
    }
    await again.page.keyboard.press('Control+p');
    const listed = again.page.getByRole('option');
    await expect(listed.filter({ hasText: 'orders' })).toHaveCount(1);
    await expect(listed.filter({ hasText: 'Session' })).toHaveCount(1);
  });
});
