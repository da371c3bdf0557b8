import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { describeProduct } from '../../support/mysql/describeProduct.ts';
import { MysqlCluster } from '../../support/mysql/MysqlCluster.ts';
import { TestAuthority } from '../../support/postgresClusterCertificates.ts';

/** The servers that other tests rely on: what is wrong here makes those tests worthless. */

for (const product of ['mariadb', 'mysql'] as const) {
  describeProduct(product, () => {
    let authority: TestAuthority;
    let cluster: MysqlCluster;

    beforeAll(async () => {
      authority = await TestAuthority.create();
      cluster = await MysqlCluster.start({
        product,
        tls: await authority.issue({ names: ['IP:127.0.0.1'] }),
        settings: { 'max-connections': '17' },
        sql: ['CREATE DATABASE shop', 'CREATE TABLE shop.orders (id INT PRIMARY KEY)'],
      });
    });

    afterAll(async () => {
      await cluster?.dispose();
      await authority?.dispose();
    });

    it('runs the product, with the settings and the statements it was started with', async () => {
      const [facts] = await cluster.execute(
        `SELECT VERSION() LIKE '%MariaDB%' AS isMariadb, @@character_set_server AS characterSet,
          @@max_connections AS connectionLimit, (SELECT COUNT(*) FROM shop.orders) AS orderCount`,
      );
      expect(facts).toEqual({
        isMariadb: product === 'mariadb' ? 1 : 0,
        characterSet: 'utf8mb4',
        connectionLimit: 17,
        orderCount: 0,
      });
    });

    it('lets root in over TCP by the password, with the certificate of the test', async () => {
      const { host, port, user, password } = cluster;
      const ssl = { ca: authority.certificatePem };
      const connection = await createConnection({ host, port, user, password, ssl });
      const [rows] = await connection.query<RowDataPacket[]>("SHOW STATUS LIKE 'Ssl_cipher'");
      await connection.end();
      expect(rows[0]?.Value).toMatch(/^TLS_/);
    });

    it('refuses another password and another account', async () => {
      const { host, port, user, password } = cluster;
      const ssl = { ca: authority.certificatePem };
      await expect(createConnection({ host, port, user, password: '', ssl })).rejects.toThrow();
      await expect(createConnection({ host, port, user: '', password, ssl })).rejects.toThrow();
      await expect(createConnection({ socketPath: cluster.socketPath, user: 'nobody' })).rejects.toThrow();
    });

    it('shows another certificate to new sessions when it is replaced', async () => {
      const other = await TestAuthority.create('Another authority');
      try {
        await cluster.replaceTls(await other.issue({ names: ['IP:127.0.0.1'] }));
        const { host, port, user, password } = cluster;
        const open = (ca: string) => createConnection({ host, port, user, password, ssl: { ca } });
        await expect(open(authority.certificatePem)).rejects.toThrow();
        await (await open(other.certificatePem)).end();
      } finally {
        await other.dispose();
      }
    });

    it('keeps its data, its port and its password through a restart and a crash', async () => {
      await cluster.execute('INSERT INTO shop.orders VALUES (1)');
      const before = cluster.pid;
      await cluster.restart();
      expect(cluster.pid).not.toBe(before);
      await cluster.execute('INSERT INTO shop.orders VALUES (2)');
      await cluster.kill();
      expect(cluster.isRunning).toBe(false);
      await cluster.startServer();
      expect(await cluster.execute('SELECT id FROM shop.orders ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }]);
    }, 60_000);

    it('answers nothing while it is paused, and goes on afterwards', async () => {
      cluster.pause();
      await vi.waitUntil(() => isStopped(cluster.pid));
      const socket = connect(cluster.port, cluster.host);
      await once(socket, 'connect');
      const greeting = once(socket, 'data');
      cluster.resume();
      const [bytes] = await greeting;
      expect(bytes[4], 'version of the protocol').toBe(10);
      socket.destroy();
    });
  });
}

describe('the shared MariaDB', () => {
  it('is to be reached over TCP and over its socket', async () => {
    const { host, port, socketPath, user, password } = inject('mariadb');
    for (const address of [{ host, port }, { socketPath }]) {
      const connection = await createConnection({ ...address, user, password });
      const [rows] = await connection.query<RowDataPacket[]>('SELECT @@port AS port');
      await connection.end();
      expect(rows).toEqual([{ port }]);
    }
  });
});

function isStopped(pid: number): boolean {
  return / T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}
