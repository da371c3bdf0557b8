import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { everyAuditEntry } from '../../../src/shared/model/defaultAuditFilter.ts';
import { someFields, typedPassword } from '../../support/dataSources.ts';
import { answerQuestions, questionsAsked } from '../support/answerQuestions.ts';
import { callApi, type PageApi } from '../support/callApi.ts';
import { expect, test } from '../support/test.ts';

const draft = {
  id: null,
  fields: someFields({ name: 'Warehouse', host: '127.0.0.1', port: 9 }),
  secrets: typedPassword('a secret'),
};

/** Everything that loses something, as a page without a person calls it. */
const destructive = [
  ['recovery.startEmpty', null],
  ['vault.startOver', { current: null }],
  ['vault.rotate', { destroyOldKey: true, current: null }],
  ['vault.setMode', { choice: { mode: 'session' }, current: null }],
  ['demo.reset', null],
  ['audit.setRetention', { keepDays: 30 }],
] as const;

test('what loses something asks the person in main, and does nothing when the answer is no', async ({
  mooring,
}) => {
  const { page } = mooring;
  await callApi(page, 'dataSources.save', draft);
  const before = await callApi(page, 'vault.status', null);
  await answerQuestions(mooring, 'no');
  for (const [name, input] of destructive) {
    expect(await callApi(page, name, input), name).toMatchObject({ error: { code: 'CANCELLED' } });
  }
  expect(await questionsAsked(mooring)).toHaveLength(destructive.length);
  expect(await callApi(page, 'vault.status', null)).toEqual(before);
  const list = await callApi(page, 'dataSources.list', null);
  expect(list).toMatchObject({ value: { dataSources: [{ secrets: { password: { stored: true } } }] } });
});

test('a page in a loop opens one question, and rotates nothing out of the log or the audit trail', async ({
  mooring,
  userData,
}) => {
  const { app, page } = mooring;
  await callApi(page, 'dataSources.save', draft);
  await app.evaluate(({ dialog }) => {
    const open = { count: 0 };
    Object.assign(globalThis, { open });
    // Nobody answers.
    dialog.showMessageBox = () => {
      open.count += 1;
      return new Promise(() => undefined);
    };
  });
  const codes = await page.evaluate(async (calls) => {
    const { api } = window as unknown as { api: PageApi };
    const answered: string[] = [];
    for (let round = 0; round < 300; round += 1) {
      for (const [name, input] of calls) {
        const [topic = '', verb = ''] = name.split('.');
        void api.calls[topic]?.[verb]?.(crypto.randomUUID(), input).then((answer) => {
          answered.push(answer.ok ? 'ok' : answer.error.code);
        });
      }
    }
    // Answered after all that was refused at once.
    await api.calls.app?.info?.(crypto.randomUUID(), null);
    await api.calls.app?.info?.(crypto.randomUUID(), null);
    return [...new Set(answered)];
  }, destructive);
  expect(codes).not.toContain('ok');
  expect(await app.evaluate(() => (globalThis as unknown as { open: { count: number } }).open.count)).toBe(1);
  const logs = readdirSync(join(userData, 'logs')).map((file) =>
    readFileSync(join(userData, 'logs', file), 'utf8'),
  );
  expect(logs.join('').split('\n').length).toBeLessThan(250);
  const trail = await callApi(page, 'audit.page', { filter: everyAuditEntry, before: null, limit: 500 });
  if (!trail.ok) throw new Error(trail.error.code);
  expect(trail.value.entries.length).toBeLessThan(150);
});
