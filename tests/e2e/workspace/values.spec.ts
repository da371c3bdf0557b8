import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/expectAccessible.ts';
import { cellAt, cells, clipboard, copied, header } from '../support/grid.ts';
import { chooseFile, runAll } from '../support/queryTab.ts';
import { expect } from '../support/test.ts';
import { type Engine, mariadb, postgres, test } from '../support/workspace.ts';

test.describe.configure({ timeout: 120_000 });

interface InspectedValue {
  readonly column: string;
  readonly sql: string;
  /** What the inspector shows in each form, in this order. */
  readonly forms: Readonly<Record<string, string | RegExp>>;
}

interface Values {
  /** No byte, NULL among bytes, and a text with control characters, as they are written and shown. */
  readonly oddities: { readonly sql: string; readonly shown: readonly string[] };
  readonly kinds: readonly InspectedValue[];
  /** Values that a program might round, shift or take for another. */
  readonly exact: readonly { readonly script: string; readonly shown: readonly string[] }[];
}

const valuesOf: readonly (readonly [typeof postgres, Values])[] = [
  [
    postgres,
    {
      oddities: {
        sql: "''::bytea AS e, NULL::bytea AS f, E'a\\x01b\\tc\\n' AS g",
        shown: ['\\x', 'NULL', 'a⟨U+0001⟩b⇥c⏎'],
      },
      kinds: [
        {
          column: 'j',
          sql: `'{"n": 12345678901234567890, "list": [1, {"deep": null}]}'::jsonb`,
          forms: { Pretty: /^\{\n {2}"n": 12345678901234567890,/, Tree: 'list', Text: /^\{"n": 1/ },
        },
        {
          column: 'x',
          sql: `'<a k="1"><b>t</b></a>'::xml`,
          forms: { Pretty: /<a k="1">\n {2}<b>t<\/b>\n<\/a>/ },
        },
        {
          column: 'bytes',
          sql: `decode('00ff41', 'hex')`,
          forms: { Hex: /00000000 {2}00 ff 41 .*\.\.A/, Text: '\\x00ff41' },
        },
        {
          column: 'items',
          sql: `ARRAY['one', NULL, 'two words']`,
          forms: { List: 'two words', Text: '{one,NULL,"two words"}' },
        },
        { column: 'place', sql: 'point(1.5, 2)', forms: { Text: '(1.5,2)' } },
      ],
      exact: [
        {
          script: `SELECT 9007199254740993::int8 AS a, 12345678901234567890.12345678901234567890::numeric AS b,
            '{"n":1005254182451511297,"p":1.10}'::jsonb AS c, '{"n":12345678901234567890, "n":2}'::json AS d,
            '1'::jsonb AS e, '"1"'::jsonb AS f, 'null'::jsonb AS g, NULL::jsonb AS h`,
          shown: [
            ...['9007199254740993', '12345678901234567890.12345678901234567890'],
            ...['{"n": 1005254182451511297, "p": 1.10}', '{"n":12345678901234567890, "n":2}'],
            ...['1', '"1"', 'null', 'NULL'],
          ],
        },
        {
          script: `SET timezone = 'Europe/Paris'; SELECT 'infinity'::date AS a, '-infinity'::timestamp AS b,
            date '0044-03-15 BC' AS c, date '12000-12-12' AS d, timestamptz '0001-01-01 00:00:00+00 BC' AS e,
            interval '1 mon -2 days 03:04:05.000006' AS f`,
          shown: [
            ...['infinity', '-infinity', '0044-03-15 BC', '12000-12-12', '0001-01-01 00:09:21+00:09:21 BC'],
            '1 mon -2 days +03:04:05.000006',
          ],
        },
      ],
    },
  ],
  [
    mariadb,
    {
      oddities: {
        sql: "X'' AS e, CAST(NULL AS BINARY) AS f, 'a\\tc\\n' AS g",
        shown: ['0x', 'NULL', 'a⇥c⏎'],
      },
      kinds: [
        {
          column: 'j',
          sql: `'{"n": 12345678901234567890, "list": [1, {"deep": null}]}'`,
          forms: { Text: /^\{"n": 1/, Pretty: /^\{\n {2}"n": 12345678901234567890,/, Tree: 'list' },
        },
        { column: 'x', sql: `'<a k="1"><b>t</b></a>'`, forms: { Pretty: /<a k="1">\n {2}<b>t<\/b>\n<\/a>/ } },
        {
          column: 'bytes',
          sql: `X'00FF41'`,
          forms: { Hex: /00000000 {2}00 ff 41 .*\.\.A/, Text: '0x00FF41' },
        },
        {
          column: 'place',
          sql: 'POINT(1.5, 2)',
          forms: { Pretty: 'POINT(1.5 2)', Hex: /00000000 {2}00 00 00 00 01/ },
        },
      ],
      exact: [
        {
          script: `CREATE TEMPORARY TABLE f (a tinyint(1), b bit(1), c bit(10), d bigint unsigned, e decimal(40,20));
            INSERT INTO f VALUES (2, b'0', b'1000000001', 18446744073709551615, 12345678901234567890.1);
            SELECT * FROM f`,
          shown: ['2', '0', '513', '18446744073709551615', '12345678901234567890.10000000000000000000'],
        },
      ],
    },
  ],
];

/** The screens are the same whatever the engine: axe looks at them once. */
async function looksRight(page: Page, engine: Engine, what: string): Promise<void> {
  if (engine !== postgres) return;
  await expectAccessible(page, what);
  await page.setViewportSize({ width: 1280, height: 800 });
}

const inTsv = (text: string) => (text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text);

for (const [engine, { exact, kinds, oddities }] of valuesOf) {
  test.describe(engine.name, () => {
    test('nothing, blanks and control characters can be told apart (W22)', async ({ workspace }) => {
      const { page } = workspace;
      await workspace.show(engine);
      const { sql, shown } = oddities;
      await runAll(page, `SELECT NULL AS a, '' AS b, 'NULL' AS c, ' ' AS d, ${sql}`);
      await expect(cells(page)).toHaveText(['NULL', 'empty', 'NULL', '·', ...shown]);
      const looks = await cells(page).evaluateAll((found) =>
        found
          .slice(0, 3)
          .map((cell) => `${getComputedStyle(cell).color} ${getComputedStyle(cell).fontStyle}`),
      );
      expect(new Set([looks[0], looks[2]]).size).toBe(2);
      expect(new Set([looks[1], looks[2]]).size).toBe(2);
      await looksRight(page, engine, 'odd values');
    });

    test('a value is shown whole in the form that suits it, and a row from top to bottom', async ({
      workspace,
    }) => {
      const { app, page } = workspace;
      await workspace.show(engine);
      const columns = kinds.map(({ column, sql }) => `${sql} AS ${column}`);
      await runAll(page, `SELECT ${columns.join(', ')}, repeat('long ', 400000) AS letters`);
      await cellAt(page, 1, 1).click();
      await page.keyboard.press('Space');
      const inspector = page.getByRole('complementary', { name: 'Inspector' });
      for (const [at, { column, forms }] of kinds.entries()) {
        await cellAt(page, 1, at + 1).click();
        await expect(inspector.getByRole('heading')).toContainText(column);
        for (const [form, content] of Object.entries(forms)) {
          const choice = inspector.getByRole('radiogroup', { name: 'Show as' });
          if ((await choice.count()) > 0) await choice.getByText(form, { exact: true }).click();
          const shown =
            form === 'Tree' || form === 'List'
              ? inspector.getByRole('list').first()
              : inspector.locator('pre');
          await expect(shown).toContainText(content);
        }
      }
      await looksRight(page, engine, 'a value in the inspector');
      await test.step('a long text, in parts, and copied whole', async () => {
        await cellAt(page, 1, 1).click();
        await page.keyboard.press('End');
        await expect(inspector.getByText('First 100,000 of 2,000,000 characters')).toBeVisible();
        await inspector.getByRole('button', { name: 'Load more' }).click();
        await expect(inspector.getByText('First 1,100,000 of 2,000,000 characters')).toBeVisible();
        await inspector.getByRole('button', { name: 'Copy value' }).click();
        await expect.poll(async () => (await clipboard(app)).length).toBe(2_000_000);
      });
      await inspector.getByText('Row', { exact: true }).click();
      await expect(inspector.getByRole('term')).toHaveCount(kinds.length + 1);
      await looksRight(page, engine, 'a row from top to bottom');
      await inspector.getByRole('button', { name: 'Close inspector' }).click();
    });

    test('every digit is shown and copied as the server wrote it (W19, W21, W23, W27 a)', async ({
      workspace,
    }) => {
      const { app, page } = workspace;
      await workspace.show(engine);
      for (const { script, shown } of exact) {
        await runAll(page, script);
        await expect(cells(page)).toHaveText([...shown]);
        await cellAt(page, 1, 1).click();
        await page.keyboard.press('Shift+Space');
        const wanted = shown.map((text) => (text === 'NULL' ? '' : inTsv(text))).join('\t');
        expect(await copied(app, page)).toBe(wanted);
      }
      const numbers = ['10', '9', '100', '9007199254740993', '9007199254740992', '-1', 'NULL'];
      await runAll(page, numbers.map((number) => `SELECT ${number} AS n`).join(' UNION ALL '));
      await expect(cells(page)).toHaveCount(7);
      await header(page, 'n').click();
      await expect(cells(page)).toHaveText([
        ...['-1', '9', '10', '100', '9007199254740992', '9007199254740993', 'NULL'],
      ]);
    });

    test('a value of many megabytes is shortened on the screen, and nowhere else (D2, W28 a)', async ({
      workspace,
    }) => {
      const { app, page } = workspace;
      await workspace.show(engine);
      const length = engine === postgres ? 25_000_000 : 8_000_000;
      await runAll(page, `SELECT 1 AS id, repeat('a', ${length}) AS t UNION ALL SELECT 2, 'small'`);
      await expect(cellAt(page, 1, 2)).toContainText(`${length.toLocaleString('en')} characters`);
      await expect(cellAt(page, 2, 2)).toHaveText('small');
      await cellAt(page, 1, 2).click();
      await page.keyboard.press('Control+c');
      await expect.poll(async () => (await clipboard(app)).length, { timeout: 30_000 }).toBe(length);
      const path = join(workspace.userData, `long ${engine.name}.csv`);
      await chooseFile(app, path);
      await page.keyboard.press('Control+s');
      await page.getByRole('dialog').getByText('CSV', { exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Choose file…' }).click();
      const lettersIn = (file: string) => readFileSync(file, 'utf8').replace(/[^a]/g, '').length;
      // One more is in “small”.
      await expect.poll(() => (existsSync(path) ? lettersIn(path) : 0), { timeout: 30_000 }).toBe(length + 1);
    });
  });
}
