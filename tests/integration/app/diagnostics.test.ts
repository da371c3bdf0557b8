import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, inject, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { sqlLanguageOf } from '../../../src/shared/engines/sqlLanguages.ts';
import type { RunInput } from '../../../src/shared/model/query.ts';
import { AppUnderTest } from '../../support/AppUnderTest.ts';
import { someFields, typedPassword } from '../../support/dataSources.ts';

/** Each says whose it is; none may be in a text that people send to others. */
const canaries = {
  name: 'canaryname',
  host: 'canaryhost.invalid',
  user: 'canaryuser',
  password: 'canarypassword',
  table: 'canarytable',
};

const runOf = (sourceId: string, text: string): RunInput => ({
  ...{ tabId: randomUUID(), sourceId, parameters: [], acceptedRisks: [] },
  ...{ onError: 'stop', commit: 'auto', timeoutMs: null, rowLimit: null },
  statements: [{ text, data: null, modes: sqlLanguageOf('postgres').modes }],
});

describe('the diagnostics of an app that was used', () => {
  it('hold nothing that says whose they are, although the log names a host, a user and a table', async () => {
    const app = new AppUnderTest(undefined, { isLogged: true });
    const { host, port, user, database, password } = inject('postgres');
    const add = async (fields: Parameters<typeof someFields>[0]): Promise<string> => {
      const draft = { id: null, fields: someFields(fields), secrets: typedPassword(canaries.password) };
      return (await app.ok('dataSources.save', draft)).dataSource.id;
    };
    const lost = await add({ name: canaries.name, host: canaries.host, user: canaries.user });
    const refused = await add({ name: 'Refused', host, port, user: canaries.user, database });
    const open = await add({ name: 'Open', host, port, user, database });
    for (const id of [lost, refused]) {
      expect(await app.codeOf('dataSources.connect', { id, secret: null })).not.toBe('ok');
    }
    const secret = { field: 'password', value: password, remember: false };
    await app.ok('dataSources.connect', { id: open, secret });
    const { query } = await app.life.services;
    for await (const _ of query.run(runOf(open, `SELECT * FROM ${canaries.table}`), neverAborted));
    app.log.logger.error('A statement failed', { reason: canaries.table }, new Error(canaries.table));

    const { text } = await app.ok('diagnostics.collect', null);
    expect(readFileSync(app.log.path, 'utf8')).toContain('canary');
    expect(text).not.toContain('canary');
    expect(text).not.toContain(app.folder);
    expect(text).toContain(`- ${lost}: postgres; `);
    expect(text).toMatch(new RegExp(`- ${open}: postgres \\d+(\\.\\d+)*; ready`));
    expect(text).toContain('HOST_NOT_FOUND');
    expect(text).toContain('AUTH_FAILED');
  });
});
