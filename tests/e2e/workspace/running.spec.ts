import type { Page } from '@playwright/test';
import type { DataSource } from '../../../src/shared/model/dataSource.ts';
import { callApi } from '../support/callApi.ts';
import { expectAccessible } from '../support/expectAccessible.ts';
import {
  cancelRun,
  cells,
  choose,
  chooseFile,
  editor,
  openDemoQuery,
  openMariadbQuery,
  pressRun,
  results,
  resultTabs,
  runAll,
  showMessages,
  write,
} from '../support/queryTab.ts';
import { expect, test } from '../support/test.ts';

/** The same things in the words of an engine. */
interface EngineOfTest {
  readonly name: string;
  /** A parameter as the text has it. */
  readonly parameter: string;
  /** Makes the table `parcel` for this session, with one row. */
  readonly parcel: string;
  readonly missing: RegExp;
  /** What the plan of a condition that is never true says. */
  readonly never: RegExp;
  readonly warning: { readonly statement: string; readonly text: RegExp };
  readonly sleep: string;
  readonly endOfSession: string;
}

const postgres: EngineOfTest = {
  name: 'PostgreSQL',
  parameter: ':who',
  parcel: 'create temp table parcel as select 1 as id',
  missing: /column "nothing" does not exist/,
  never: /One-Time Filter: false/,
  warning: { statement: "do $$ begin raise warning 'two'; end $$", text: /WARNING: two/ },
  sleep: 'select pg_sleep(60)',
  endOfSession: 'select pg_terminate_backend(pg_backend_pid())',
};

const mariadb: EngineOfTest = {
  name: 'MariaDB',
  parameter: '?',
  parcel: 'create temporary table parcel as select 1 as id',
  missing: /Unknown column 'nothing'/,
  never: /Impossible WHERE/,
  warning: { statement: "select cast('x' as signed) as n", text: /Truncated incorrect INTEGER value/ },
  sleep: 'select sleep(60)',
  endOfSession: 'kill connection_id()',
};

const said = (page: Page, text: string | RegExp) => results(page).getByText(text).first();
const transactionOpen = (page: Page) => page.getByText('Transaction open').filter({ visible: true });

/** The screens are the same whatever the engine: axe looks at them once. */
async function looksRight(page: Page, name: string, what: string): Promise<void> {
  if (name === postgres.name) await expectAccessible(page, what);
}

async function runsStatements(page: Page, { name, missing, never, warning, parameter }: EngineOfTest) {
  await test.step(`${name}: the statement at the cursor, what is selected, all, and all from the cursor on`, async () => {
    await write(page, "select 'one' as a;\n\nselect 'two' as b;\nselect 'three' as c");
    await pressRun(page, 'Control+Enter');
    await expect(cells(page)).toHaveText(['three']);
    await page.keyboard.press('Control+Home');
    await pressRun(page, 'Control+Enter');
    await expect(cells(page)).toHaveText(['one']);
    for (const key of ['ArrowDown', 'ArrowDown', 'Shift+End']) await page.keyboard.press(key);
    await pressRun(page, 'Control+Enter');
    await expect(cells(page)).toHaveText(['two']);
    await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: 'Run options' }).click();
    await page.getByRole('menuitem', { name: 'Run from cursor' }).click();
    await expect(said(page, '2 done')).toBeVisible();
    await editor(page).click();
    await pressRun(page, 'Control+Shift+Enter');
    await expect(said(page, '3 done')).toBeVisible();
    await expect(resultTabs(page)).toHaveCount(4);
    await looksRight(page, name, 'results of a query');
  });

  await test.step(`${name}: a run stops at an error, or goes on`, async () => {
    await runAll(page, 'select 1; select nothing; select 3');
    await expect(said(page, missing)).toBeVisible();
    await expect(said(page, '1 done, 1 failed, 1 not run')).toBeVisible();
    await looksRight(page, name, 'an error of a query');
    await choose(page, 'On error', 'Continue with the next statement');
    await pressRun(page, 'Control+Shift+Enter');
    await expect(said(page, '2 done, 1 failed')).toBeVisible();
    await choose(page, 'On error', 'Stop');
  });

  await test.step(`${name}: the server says how it would run a statement, and an error stands where it is`, async () => {
    await write(page, 'select 1;\nselect 2 as n where 1 = 0');
    await pressRun(page, 'Control+Shift+E');
    await expect(cells(page).filter({ hasText: never })).toBeVisible();
    if (name !== postgres.name) return;
    await write(page, 'select 1;\nselect nothing as n');
    await pressRun(page, 'Control+Shift+E');
    await expect(page.locator('.cm-lintRange-error').filter({ visible: true })).toHaveText(/^nothing/);
  });

  await test.step(`${name}: values are asked for, bound, and remembered`, async () => {
    await runAll(page, `select ${parameter} as who`);
    const form = page.getByRole('dialog');
    await form.getByRole('textbox').first().fill("O'Brien; --");
    await looksRight(page, name, 'parameters');
    await page.keyboard.press('Enter');
    await expect(cells(page)).toHaveText(["O'Brien; --"]);
    await pressRun(page, 'Control+Shift+Enter');
    await expect(form.getByRole('textbox').first()).toHaveValue("O'Brien; --");
    await form.getByRole('textbox').first().press('Enter');
    await expect(form).toBeHidden();
  });

  await test.step(`${name}: messages of the server stand with their statement`, async () => {
    await runAll(page, `select 1; ${warning.statement}; select 2`);
    await expect(said(page, '3 done')).toBeVisible();
    await showMessages(page);
    await expect(said(page, warning.text)).toBeVisible();
  });
}

async function keepsItsSession(page: Page, { name, parcel, sleep, endOfSession }: EngineOfTest) {
  await test.step(`${name}: what touches every row or drops asks first, and a no runs nothing (W38)`, async () => {
    await runAll(page, `${parcel}; update parcel set id = 2 -- where id = 1`);
    await expect(page.getByRole('dialog')).toContainText('affects every row of the table');
    await looksRight(page, name, 'a question about a risk');
    await page.keyboard.press('Escape');
    await runAll(page, 'select * from parcel');
    await expect(said(page, /parcel.* (?:does not|doesn't) exist/)).toBeVisible();
  });

  await test.step(`${name}: a transaction is opened by hand, seen, and rolled back`, async () => {
    await runAll(page, `${parcel}`);
    await expect(page.getByRole('button', { name: /^Session kept/ })).toBeVisible();
    await page.getByRole('button', { name: /^Commit mode/ }).click();
    await page.getByRole('menuitemradio', { name: /^Manual commit/ }).click();
    await runAll(page, 'insert into parcel values (7)');
    await expect(transactionOpen(page)).toBeVisible();
    await page.keyboard.press('Control+w');
    await expect(page.getByRole('dialog')).toContainText('with an open transaction?');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Roll back', exact: true }).click();
    await expect(transactionOpen(page)).toBeHidden();
    await page.getByRole('button', { name: /^Commit mode/ }).click();
    await page.getByRole('menuitemradio', { name: /^Auto-commit/ }).click();
    await runAll(page, 'select id from parcel');
    await expect(cells(page)).toHaveText(['1']);
  });

  await test.step(`${name}: a cancel reaches the server, and the session stays (W16)`, async () => {
    for (let time = 0; time < 2; time += 1) {
      await runAll(page, sleep);
      await cancelRun(page);
    }
    await runAll(page, 'select id + 1 from parcel');
    await expect(cells(page)).toHaveText(['2']);
  });

  await test.step(`${name}: the session is given back by hand, with what it held`, async () => {
    await page.getByRole('button', { name: /^Session kept/ }).click();
    await page.getByRole('menuitem', { name: /^End the session.*temporary tables/ }).click();
    await expect(page.getByRole('button', { name: /^Session kept/ })).toBeHidden();
    await runAll(page, 'select * from parcel');
    await expect(said(page, /parcel.* (?:does not|doesn't) exist/)).toBeVisible();
  });

  await test.step(`${name}: a lost session says what became of its transaction`, async () => {
    await runAll(page, `begin; select 1; ${endOfSession}`);
    await expect(said(page, 'The connection was lost during a transaction')).toBeVisible();
    await expect(said(page, /nothing was committed/)).toBeVisible();
    await expect(transactionOpen(page)).toBeHidden();
    await runAll(page, "select 'again' as a");
    await expect(cells(page)).toHaveText(['again']);
  });
}

/** Marks the data source that was made last. */
async function mark(page: Page, engine: string, change: Partial<DataSource>): Promise<void> {
  const answer = await callApi(page, 'dataSources.list', null);
  if (!answer.ok) throw new Error(answer.error.title);
  const found = answer.value.dataSources.find(({ dataSource }) => dataSource.engine.kind === engine);
  if (found === undefined) throw new Error(`There is no data source of ${engine}`);
  const { id, createdAt: _created, updatedAt: _updated, ...fields } = { ...found.dataSource, ...change };
  const stored = Object.keys(found.secrets).map((field) => [field, { type: 'stored' as const }]);
  const saved = await callApi(page, 'dataSources.save', { id, fields, secrets: Object.fromEntries(stored) });
  if (!saved.ok) throw new Error(saved.error.title);
}

async function asksOnProduction(page: Page, engine: string, table: string): Promise<void> {
  await test.step(`${engine}: any write on production asks, a read does not`, async () => {
    await mark(page, engine, { environment: 'production' });
    await expect(page.getByRole('toolbar', { name: 'Query' }).getByText('Production')).toBeVisible();
    await runAll(page, `insert into ${table} values (2)`);
    await expect(page.getByRole('dialog')).toContainText('changes data or definitions on production');
    await page.keyboard.press('Escape');
    await runAll(page, `select count(*) as n, 'drop table parcel' as text from ${table}`);
    await expect(cells(page)).toHaveText(['1', 'drop table parcel']);
  });

  await test.step(`${engine}: a read-only data source refuses, without a question`, async () => {
    await mark(page, engine, { environment: 'none', readOnly: true });
    await expect(page.getByRole('toolbar', { name: 'Query' }).getByText('Production')).toBeHidden();
    await runAll(page, `delete from ${table}`);
    await expect(said(page, 'This data source is marked read-only')).toBeVisible();
    await expect(page.getByRole('dialog')).toBeHidden();
    await runAll(page, `select count(*) as n from ${table}`);
    await expect(cells(page)).toHaveText(['1']);
  });
}

test('PostgreSQL: statements are run, stopped and understood', async ({
  mooring: { app, page, userData },
}) => {
  // A server is made first, and one statement runs into its time-out.
  test.setTimeout(180_000);
  await openDemoQuery(page);
  await runsStatements(page, postgres);
  await keepsItsSession(page, postgres);

  await test.step('a transaction that failed says so, and how to leave it', async () => {
    await runAll(page, 'begin; select 1/0; select 2');
    await expect(page.getByText('Transaction failed', { exact: true })).toBeVisible();
    await runAll(page, 'select 1');
    await expect(said(page, 'Roll back (or run ROLLBACK), then run the transaction again.')).toBeVisible();
    await results(page).getByRole('button', { name: 'Roll back the transaction' }).last().click();
    await expect(page.getByText('Transaction failed', { exact: true })).toBeHidden();
  });

  await test.step('COPY takes the lines below it, and writes to a file (W39)', async () => {
    await runAll(
      page,
      'create temp table parcel (id int);\ncopy parcel (id) from stdin;\n3\n4\n\\.\nselect sum(id) as total from parcel',
    );
    await expect(cells(page)).toHaveText(['7']);
    await chooseFile(app, `${userData}/rows.csv`);
    await runAll(page, 'copy (select 1) to stdout; select 5 as after');
    await expect(cells(page)).toHaveText(['5']);
    await showMessages(page);
    await expect(said(page, /COPY · 1 row affected · written to rows\.csv/)).toBeVisible();
    // A table that is dropped holds the session no longer.
    await runAll(page, 'drop table parcel');
    await page.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click();
    await expect(page.getByRole('button', { name: /^Session kept/ })).toBeHidden();
  });

  await test.step('a notification comes without another run (W24)', async () => {
    await runAll(page, 'listen news');
    await expect(said(page, /^LISTEN/)).toBeVisible();
    await page.keyboard.press('Control+t');
    await runAll(page, "notify news, 'hi'");
    await expect(said(page, /^NOTIFY/)).toBeVisible();
    await page.keyboard.press('Control+w');
    await expect(said(page, /^Notification on news from session/)).toBeVisible();
    await expect(said(page, 'hi')).toBeVisible();
  });

  await test.step('the time-out of the tab ends a statement, not the session', async () => {
    await choose(page, 'Time-out', '10 s');
    await runAll(page, 'select pg_sleep(60)');
    await expect(said(page, /The statement took (?:longer than 10 s|too long)/)).toBeVisible({
      timeout: 30_000,
    });
    await choose(page, 'Time-out', 'As set for the data source');
  });

  await runAll(page, 'create table public.parcel as select 1 as id');
  await expect(said(page, /^(?:SELECT|CREATE)/)).toBeVisible();
  await asksOnProduction(page, 'postgres', 'public.parcel');
});

test('MariaDB: statements are run, stopped and understood', async ({ mooring: { page } }) => {
  // A server of its own is made first.
  test.setTimeout(150_000);
  const cluster = await openMariadbQuery(page, ['CREATE TABLE shop.kept AS SELECT 1 AS id']);
  try {
    await test.step('a procedure with a delimiter of its own gives its results in order', async () => {
      await runAll(
        page,
        "DELIMITER $$\nCREATE PROCEDURE greet() BEGIN SELECT 'a;b' AS x; SELECT 18446744073709551615 AS y; END$$\nDELIMITER ;\nCALL greet();",
      );
      await expect(resultTabs(page)).toHaveCount(3);
      await resultTabs(page).nth(1).click();
      await expect(cells(page)).toHaveText(['a;b']);
      await resultTabs(page).nth(2).click();
      await expect(cells(page)).toHaveText(['18446744073709551615']);
    });
    await runsStatements(page, mariadb);
    await keepsItsSession(page, mariadb);
    await test.step('a file of this computer is not given to the server', async () => {
      await runAll(page, "load data local infile '/etc/passwd' into table kept");
      await expect(said(page, /local infile/i)).toBeVisible();
    });
    await asksOnProduction(page, 'mysql', 'kept');
  } finally {
    await cluster.dispose();
  }
});
