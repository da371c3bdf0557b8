import { type AddressInfo, createServer, type Server } from 'node:net';
import type { Draft } from '../../../src/shared/model/dataSource.ts';
import { edited, someFields, storedPassword, typedPassword } from '../../support/dataSources.ts';
import { answerQuestions, questionsAsked } from '../support/answerQuestions.ts';
import { callApi } from '../support/callApi.ts';
import { expect, test } from '../support/test.ts';

/** Where a page that was taken over wants the password to go. */
let listener: Server;
let connectionCount = 0;

test.beforeEach(async () => {
  connectionCount = 0;
  listener = createServer((socket) => {
    connectionCount += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
});

test.afterEach(() => {
  listener.close();
});

test('a page cannot have a stored password sent to another port of the same host without a person', async ({
  mooring,
}) => {
  const { page } = mooring;
  const fields = someFields({ name: 'Warehouse', host: '127.0.0.1', port: 9 });
  const saved = await callApi(page, 'dataSources.save', {
    id: null,
    fields,
    secrets: typedPassword('hunter2'),
  });
  if (!saved.ok) throw new Error(saved.error.title);
  const { id } = saved.value.dataSource;
  const { port } = listener.address() as AddressInfo;
  const draft: Draft = { id, fields: edited(fields, { port }), secrets: storedPassword };

  await answerQuestions(mooring, 'no');
  const refusal = { code: 'PASSWORD_REQUIRED' };
  expect(await callApi(page, 'dataSources.save', draft)).toMatchObject({ ok: false, error: refusal });
  expect(await callApi(page, 'dataSources.test', draft)).toMatchObject({
    ok: true,
    value: { outcome: 'failed', error: refusal },
  });
  expect(connectionCount).toBe(0);
  const question = 'Send the saved password of “Warehouse” to another address?';
  expect(await questionsAsked(mooring)).toEqual([question, question]);

  await answerQuestions(mooring, 'yes');
  await callApi(page, 'dataSources.test', draft);
  expect(connectionCount).toBe(1);
});
