import { answerQuestions } from '../support/answerQuestions.ts';
import { expectState, saveAndConnect, testDemo } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { navigatorRow, settingsTab } from '../support/window.ts';

test('the demo database is reset from the settings, and its data source comes back by itself', async ({
  mooring,
}) => {
  // The server is made twice.
  test.setTimeout(120_000);
  const { page } = mooring;
  await answerQuestions(mooring, 'yes');
  await testDemo(page);
  await saveAndConnect(page);
  await page.getByRole('button', { name: 'Settings' }).click();
  await settingsTab(page).getByRole('tab', { name: 'Demo database' }).click();
  await settingsTab(page).getByRole('button', { name: 'Reset…' }).click();
  await expect(page.getByText('Demo database reset')).toBeVisible({
    timeout: 45_000,
  });
  await page.keyboard.press('Control+w');
  await expectState(page, 'Connected');
  await expect(navigatorRow(page, 'sales')).toBeVisible();
});
