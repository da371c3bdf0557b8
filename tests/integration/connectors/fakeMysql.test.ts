import { once } from 'node:events';
import { createConnection as connectForStreams } from 'mysql2';
import { createConnection } from 'mysql2/promise';
import { afterEach, describe, expect, it } from 'vitest';
import { FakeMysql, type FakeMysqlPeer, packet } from '../../support/mysql/fakeMysql.ts';
import {
  authMoreData,
  authSwitchRequest,
  capability,
  columnPackets,
  endOfPart,
  errorPacket,
  greeting,
  greetingWithTls,
  isTlsRequest,
  localInfileRequest,
  ok,
  readLogin,
  textRow,
} from '../../support/mysql/fakeMysqlPackets.ts';
import { TestAuthority } from '../../support/postgresClusterCertificates.ts';

/** A real client understands the fake: otherwise tests of hostile servers prove nothing. */
describe('FakeMysql', () => {
  let fake: FakeMysql | null = null;

  afterEach(async () => {
    await fake?.dispose();
    fake = null;
  });

  async function dial(script: (peer: FakeMysqlPeer) => Promise<void> | void, more: object = {}) {
    fake = await FakeMysql.start(script);
    const { host, port } = fake;
    return createConnection({ host, port, user: 'ann', password: 'secret', database: 'shop', ...more });
  }

  function peer(): FakeMysqlPeer {
    const [first] = fake?.peers ?? [];
    if (first === undefined) throw new Error('Nobody has come.');
    return first;
  }

  const recorded = (index: number) => peer().packets[index] ?? Buffer.alloc(0);

  it('lets a client in and answers its queries with rows', async () => {
    const rows = [...columnPackets({ name: 'id' }, { name: 'note' }), textRow('1', null), endOfPart];
    const connection = await dial(async (client) => {
      await client.letIn();
      await client.serve(({ text }) => (text === 'SELECT it' ? rows : [ok]));
    });
    expect((await connection.query('SELECT it'))[0]).toEqual([{ id: '1', note: null }]);
    expect((await connection.query('SET x = 1'))[0]).toMatchObject({ affectedRows: 0 });
    await connection.end();
    expect(readLogin(recorded(0))).toMatchObject({
      user: 'ann',
      database: 'shop',
      plugin: 'mysql_native_password',
    });
    expect(readLogin(recorded(0)).authResponse).toHaveLength(20);
  });

  it('answers with errors', async () => {
    const refused = dial(async (client) => {
      client.send(greeting({ version: '5.5.5-10.11.0-MariaDB' }));
      await client.read();
      client.send(errorPacket(1045, '28000', 'Zugriff verweigert'));
    });
    await expect(refused).rejects.toMatchObject({ errno: 1045, sqlState: '28000' });
  });

  it('switches the plug-in and goes on with its own words', async () => {
    const connection = await dial(async (client) => {
      client.send(greeting());
      await client.read();
      client.send(authSwitchRequest('caching_sha2_password', Buffer.from('01234567890123456789')));
      await client.read();
      client.send(authMoreData(Buffer.from([3])), ok);
    });
    connection.destroy();
    expect(recorded(1)).toHaveLength(32);
  });

  it('goes on encrypted when the client asks for it', async () => {
    const authority = await TestAuthority.create();
    try {
      const tls = await authority.issue({ names: ['IP:127.0.0.1'] });
      const script = async (client: FakeMysqlPeer) => {
        client.send(greetingWithTls());
        await client.read();
        await client.startTls(tls);
        await client.read();
        client.send(ok);
      };
      const connection = await dial(script, { ssl: { ca: authority.certificatePem } });
      connection.destroy();
      expect(isTlsRequest(recorded(0))).toBe(true);
      expect(isTlsRequest(recorded(1))).toBe(false);
      expect(readLogin(recorded(1))).toMatchObject({ user: 'ann' });
      expect(readLogin(recorded(1)).capabilities & capability.ssl).not.toBe(0);
    } finally {
      await authority.dispose();
    }
  });

  it('asks for files of the client', async () => {
    const connection = await dial(async (client) => {
      await client.letIn();
      await client.read();
      client.send(localInfileRequest('/etc/hostname'));
      expect(await client.read()).toHaveLength(0);
      client.send(ok);
    });
    await expect(connection.query('SELECT 1')).rejects.toThrow(/LOCAL INFILE/);
    connection.destroy();
  });

  it('sends rows without an end until the client hangs up', async () => {
    let endless: Promise<number> | null = null;
    fake = await FakeMysql.start(async (client) => {
      await client.letIn();
      await client.read();
      client.send(...columnPackets({ name: 'id' }));
      endless = client.sendEndlessly(textRow('1'));
    });
    const connection = connectForStreams({ host: fake.host, port: fake.port });
    await once(connection.query('SELECT 1').stream(), 'data');
    connection.destroy();
    expect(await endless).toBeGreaterThan(1);
  });

  it('sends packets that say another length than they have', async () => {
    const lost = dial((client) => {
      const payload = greeting();
      client.sendBytes(packet(payload, 0, payload.length + 1));
      client.hangUp();
    });
    await expect(lost).rejects.toMatchObject({ code: 'PROTOCOL_CONNECTION_LOST' });
  });
});
