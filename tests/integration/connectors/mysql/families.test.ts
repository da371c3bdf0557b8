import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/main/base/Clock.ts';
import { MysqlConnector } from '../../../../src/main/connectors/mysql/MysqlConnector.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { type Command, FakeMysql } from '../../../support/mysql/fakeMysql.ts';
import { columnPackets, endOfPart, greeting, ok, textRow } from '../../../support/mysql/fakeMysqlPackets.ts';
import { ask, openSession } from './sessionUnderTest.ts';

const { catalogue } = new MysqlConnector(systemClock);

/** TiDB cannot be run here. As its documentation says, it refuses the words READ ONLY, so that none may be sent. */
describe('TiDB', () => {
  let fake: FakeMysql | null = null;
  const commands: Command[] = [];

  afterEach(async () => {
    await fake?.dispose();
    commands.length = 0;
  });

  const open = async (readOnly: boolean) => {
    fake = await FakeMysql.start(async (peer) => {
      peer.send(greeting({ version: '8.0.11-TiDB-v8.5.1' }));
      await peer.read();
      peer.send(ok);
      await peer.serve((command) => {
        commands.push(command);
        if (!/^SELECT/.test(command.text)) return [ok];
        return [...columnPackets({ name: 'a' }, { name: 'b' }), textRow('67108864', ''), endOfPart];
      });
    });
    return openSession(fake, { readOnly });
  };

  it('runs the statements of Mooring in transactions that are not marked', async () => {
    const session = await open(false);
    await ask(session, { text: 'SELECT 1, 2', own: { reads: 'catalogue' } });
    const texts = commands.map(({ text }) => text);
    expect(texts.filter((text) => /READ ONLY/.test(text))).toEqual([]);
    expect(texts.slice(-3)).toEqual(['START TRANSACTION', 'SELECT 1, 2', 'ROLLBACK']);
    expect(catalogue.kindsOf?.(session).map(({ kind }) => kind)).not.toContain('procedure');
    session.destroy();
  });

  it('is sent nothing but what reads when its data source is read-only', async () => {
    const session = await open(true);
    const texts = [
      ...['INSERT INTO t VALUES (1)', 'EXPLAIN ANALYZE DELETE FROM t', 'ADMIN CHECK TABLE t', 'DROP TABLE t'],
      ...[
        'WITH x AS (SELECT 1) UPDATE t SET a = 1',
        'SELECT NEXTVAL(s)',
        'EXECUTE s',
        'BATCH ON id LIMIT 1 DELETE FROM t',
      ],
    ];
    for (const text of texts) {
      expect([text, (await failureOf(ask(session, text))).code]).toEqual([text, 'READ_ONLY']);
    }
    for (const text of ['SELECT 1, 2', '(SELECT a, b FROM t)', 'BEGIN', 'SELECT a, b FROM t FOR UPDATE']) {
      await ask(session, text.startsWith('(') ? 'SELECT a, b FROM t' : text);
    }
    expect(commands.map(({ text }) => text).join()).not.toMatch(/INSERT|DELETE|UPDATE t|READ ONLY/);
    session.destroy();
  });
});
