import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../security/claim.ts';
import { expectAccessible } from '../support/expectAccessible.ts';
import { filesWithSecret } from '../support/findSecret.ts';
import type { RunningApp } from '../support/launchApp.ts';

const dotnet = 'Host=localhost;Username=postgres;Password=S3cret-of-A1;Database=mydb';
const first = 'postgres://ann:S3cret-of-A2@127.0.0.1:6543/a?sslmode=disable';
const second = 'postgres://bob@db.example.com/b';
const certificates =
  'sslrootcert=/etc/ca.pem&sslcert=/etc/bob.crt&sslkey=/etc/bob.key&sslpassword=S3cret-of-A4';

/** Pastes as a person does, from the clipboard of the system. */
async function paste({ app, page }: RunningApp, label: string, text: string): Promise<void> {
  await app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
  await field(page, label).focus();
  await page.keyboard.press('Control+V');
}

const field = (page: Page, label: string) => page.getByRole('textbox', { name: label, exact: true });

async function expectFields(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values)) await expect(field(page, label)).toHaveValue(value);
}

// Nothing is saved here, so all of these share an app.
test.describe('a pasted connection', () => {
  test.beforeEach(async ({ lentMooring: { page } }) => {
    await page.getByRole('button', { name: 'New data source' }).click();
    await page.getByRole('button', { name: /^PostgreSQL/ }).click();
  });

  test('of .NET is taken apart, and its password is in no file (A1)', async ({ lentMooring: mooring }) => {
    const { page, userData } = mooring;
    await paste(mooring, 'Connection URL or string', dotnet);
    await expectFields(page, { Host: 'localhost', Port: '5432', User: 'postgres', Database: 'mydb' });
    await expectFields(page, { Password: 'S3cret-of-A1', Name: 'mydb on localhost' });
    await expectFields(page, { 'Connection URL or string': '' });
    await expect(page.getByText('Read as a .NET connection string.')).toBeVisible();
    await expectAccessible(page, 'a connection string was read');
    expect(filesWithSecret(userData, 'S3cret-of-A1')).toEqual([]);
  });

  test('stands for the whole connection: nothing of the one before stays (A2)', async ({
    lentMooring: mooring,
  }) => {
    const { page } = mooring;
    await paste(mooring, 'Connection URL or string', first);
    await expectFields(page, { Host: '127.0.0.1', Port: '6543', Password: 'S3cret-of-A2' });
    await paste(mooring, 'Connection URL or string', second);
    await expectFields(page, { Host: 'db.example.com', Port: '5432', User: 'bob', Database: 'b' });
    await expectFields(page, { Password: '', Name: 'b on db.example.com' });
    const encryption = page.getByLabel('TLS mode').and(page.locator('input'));
    await expect(encryption).toHaveValue('Encrypted, certificate and host name verified');

    await paste(mooring, 'Connection URL or string', `${second}?sslmode=verify-full&${certificates}`);
    await expectFields(page, { 'CA certificate file': '/etc/ca.pem', 'Certificate file': '/etc/bob.crt' });
    await expectFields(page, { 'Certificate key file': '/etc/bob.key' });
    await expectFields(page, { 'Certificate passphrase': 'S3cret-of-A4' });
    await expect(page.getByText(/Nothing was read: check them first/)).toBeVisible();
    await expectAccessible(page, 'the paths of certificates were filled in');
    await paste(mooring, 'Connection URL or string', second);
    await expectFields(page, { 'CA certificate file': '' });
  });

  test('is taken apart in any other field too, and taken back by Ctrl+Z (A3)', async ({
    lentMooring: mooring,
  }) => {
    const { page } = mooring;
    await field(page, 'User').fill('typed');
    await paste(mooring, 'Name', first);
    await expectFields(page, { Name: 'a on 127.0.0.1', Host: '127.0.0.1', User: 'ann' });
    await page.keyboard.press('Control+Z');
    await expectFields(page, { Name: '', Host: 'localhost', User: 'typed', Password: '' });

    await field(page, 'Host').fill(second);
    await page.keyboard.press('Tab');
    await expectFields(page, { Host: 'db.example.com', User: 'bob' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await expectFields(page, { Host: second, User: 'typed' });
  });

  test('that cannot be read stays in its line, with the reason', async ({ lentMooring: mooring }) => {
    const { page } = mooring;
    await paste(mooring, 'Name', 'oracle://ann:S3cret@db.example.com/shop');
    await expectFields(page, {
      Name: '',
      'Connection URL or string': 'oracle://ann:S3cret@db.example.com/shop',
    });
    await expect(page.getByText(/^This is not the address of a database Mooring knows/)).toBeVisible();
  });

  test('of another engine makes the form one of that engine, until it is taken back', async ({
    lentMooring: mooring,
  }) => {
    const { page } = mooring;
    await field(page, 'User').fill('typed');
    await paste(mooring, 'Connection URL or string', 'mysql://ann:S3cret@db.example.com/shop');
    await expectFields(page, { Host: 'db.example.com', Port: '3306', User: 'ann', Database: 'shop' });
    await expectFields(page, { Name: 'shop on db.example.com', Password: 'S3cret', 'Time zone': '' });
    await expectAccessible(page, 'a connection string of another engine was read');
    await page.getByText('Local socket', { exact: true }).click();
    await expect(field(page, 'Host')).toBeHidden();
    await expect(field(page, 'Socket')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expectFields(page, { Host: 'localhost', Port: '5432', User: 'typed', Name: '' });
    await expect(field(page, 'Time zone')).toBeHidden();
  });
});

test('a service of the person’s own file fills in what a text does not say, but no password', async ({
  launch,
  userData,
}) => {
  const path = join(userData, 'services.conf');
  writeFileSync(path, '[shop]\nhost=db.example.com\ndbname=shop\nuser=ann\npassword=S3cret-of-A5\n');
  const mooring = await launch({ env: { PGSERVICEFILE: path } });
  const { page } = mooring;
  await page.getByRole('button', { name: 'New data source' }).click();
  await page.getByRole('button', { name: /^PostgreSQL/ }).click();
  await paste(mooring, 'Connection URL or string', 'service=prod');
  await expect(page.getByText(/No service is called prod.* has shop\./)).toBeVisible();
  await expectFields(page, { 'Connection URL or string': 'service=prod', Host: 'localhost' });
  await field(page, 'Connection URL or string').fill('');
  await paste(mooring, 'Connection URL or string', 'service=shop user=bob');
  await expectFields(page, { Host: 'db.example.com', Database: 'shop', User: 'bob', Password: '' });
  await expect(page.getByText(/Settings that the text does not give are from/)).toBeVisible();
});
