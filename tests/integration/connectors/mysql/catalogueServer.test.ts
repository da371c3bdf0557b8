import { afterAll, beforeAll, expect, it } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { MysqlCatalogue } from '../../../../src/main/connectors/mysql/catalogue/MysqlCatalogue.ts';
import { readPreviewFigures } from '../../../../src/main/connectors/mysql/catalogue/previewFigures.ts';
import { mysqlServerFactKeys } from '../../../../src/shared/engines/mysql/facts.ts';
import {
  type SchemaPreview,
  type ServerInfo,
  schemaPreviewSchema,
  serverInfoSchema,
} from '../../../../src/shared/model/testReport.ts';
import { describeProduct } from '../../../support/mysql/describeProduct.ts';
import { MysqlCluster } from '../../../support/mysql/MysqlCluster.ts';
import { type CatalogueSessionOptions, noting, openCatalogueSession } from './catalogueReading.ts';

const quiet = { signal: neverAborted };
const catalogue = new MysqlCatalogue();

const setUp = [
  'CREATE DATABASE shop',
  'CREATE TABLE shop.orders (id INT PRIMARY KEY, note TEXT)',
  'INSERT INTO shop.orders VALUES (1, NULL), (2, NULL)',
  'CREATE TABLE shop.empty (i INT)',
  'CREATE VIEW shop.recent AS SELECT id FROM shop.orders',
  'CREATE TABLE shop.gone (i INT)',
  'CREATE VIEW shop.broken AS SELECT i FROM shop.gone',
  'DROP TABLE shop.gone',
  ...[1, 2, 3].map((index) => `CREATE DATABASE other${index}`),
  ...[1, 2].map((index) => `CREATE TABLE other2.t${index} (i INT)`),
  'CREATE TABLE other1.t (i INT)',
  "CREATE USER plain@'%' IDENTIFIED BY 'pw-plain'",
  "GRANT SELECT ON shop.* TO plain@'%'",
  "CREATE USER writer@'%' IDENTIFIED BY 'pw-writer'",
  "GRANT FILE ON *.* TO writer@'%'",
  "CREATE USER `o'dd@x`@'%' IDENTIFIED BY 'pw-odd'",
  "GRANT SELECT ON shop.* TO `o'dd@x`@'%'",
  'CREATE ROLE helper',
  "CREATE USER helped@'%' IDENTIFIED BY 'pw-helped'",
  "GRANT helper TO helped@'%'",
];

const account = (user: string, password = `pw-${user}`) => ({ account: { user, password } });

for (const product of ['mariadb', 'mysql'] as const) {
  describeProduct(product, () => {
    let cluster: MysqlCluster;

    beforeAll(async () => {
      const role = product === 'mariadb' ? "helper FOR helped@'%'" : "helper TO helped@'%'";
      cluster = await MysqlCluster.start({
        product,
        sql: [...setUp, `SET DEFAULT ROLE ${role}`],
      });
    });

    afterAll(() => cluster?.dispose());

    async function withSession<Value>(
      options: CatalogueSessionOptions,
      work: (session: SqlConnection) => Promise<Value>,
    ): Promise<Value> {
      const session = await openCatalogueSession(cluster, options);
      try {
        return await work(session);
      } finally {
        await session.close();
      }
    }

    const infoFor = (options: CatalogueSessionOptions = {}): Promise<ServerInfo> =>
      withSession(options, async (session) =>
        serverInfoSchema.parse(await catalogue.serverInfo(session, quiet)),
      );

    const previewFor = (options: CatalogueSessionOptions): Promise<SchemaPreview> =>
      withSession(options, async (session) =>
        schemaPreviewSchema.parse((await catalogue.overview(session, quiet)).preview),
      );

    const textOf = ({ facts }: ServerInfo, key: string): string | null => {
      const value = facts.find((fact) => fact.key === key)?.value;
      return value?.type === 'text' ? value.text : null;
    };

    it('says what answers, in which version, since when', async () => {
      const info = await infoFor({ database: 'shop' });
      const [row] = await cluster.execute('SELECT VERSION() AS version, UNIX_TIMESTAMP() AS now');
      expect(info.product).toBe(product === 'mariadb' ? 'MariaDB' : 'MySQL');
      expect(info.versionNumber).toMatch(/^\d+\.\d+\.\d+$/);
      expect(String(row?.version).startsWith(`${info.versionNumber}`)).toBe(true);
      const ageS = Number(row?.now) - (info.startedAt ?? 0) / 1_000;
      expect(ageS).toBeGreaterThanOrEqual(0);
      expect(ageS).toBeLessThan(600);
      expect(info.tls).toEqual({ active: false });
    });

    it('knows every fact of its list, in that order', async () => {
      const info = await infoFor({ database: 'shop' });
      expect(info.facts.map(({ key }) => key)).toEqual(mysqlServerFactKeys);
      expect(info.facts.filter(({ value }) => value === null)).toEqual([]);
      expect(textOf(info, 'database')).toBe('shop');
      expect(textOf(info, 'user')).toBe('root@localhost');
      expect(textOf(info, 'timeZone')).toBe('SYSTEM (UTC)');
      expect(textOf(info, 'characterSet')).toBe('utf8mb4');
      expect(textOf(info, 'lowerCaseTableNames')).toBe('0');
    });

    it('shows the sql_mode that the server has for everybody, not the one of this session', async () => {
      const [saved] = await cluster.execute('SELECT @@GLOBAL.sql_mode AS mode');
      await cluster.execute("SET GLOBAL sql_mode = 'ANSI_QUOTES'");
      const mode = textOf(await infoFor(), 'sqlMode');
      await cluster.execute('SET GLOBAL sql_mode = ?', [String(saved?.mode)]);
      expect(mode).toBe('ANSI_QUOTES');
    });

    it('gives the same moment of the start each time', async () => {
      const first = (await infoFor()).startedAt;
      expect((await infoFor()).startedAt).toBe(first);
    });

    it('tells who can do anything on the server, and who reaches its files', async () => {
      const root = await infoFor();
      expect([root.isSuperuser, root.reachesServer]).toEqual([true, product === 'mariadb']);
      const plain = await infoFor(account('plain'));
      expect([plain.isSuperuser, plain.reachesServer]).toEqual([false, false]);
      const writer = await infoFor(account('writer'));
      // MySQL was started without a folder for files; MariaDB needs none.
      expect([writer.isSuperuser, writer.reachesServer]).toEqual([false, product === 'mariadb']);
    });

    it('reads the rights of an account whatever its name holds', async () => {
      const odd = await infoFor(account("o'dd@x", 'pw-odd'));
      expect(odd.isSuperuser).toBe(false);
      expect(textOf(odd, 'user')).toBe("o'dd@x@%");
    });

    it('does not claim to know what a role allows', async () => {
      const helped = await infoFor(account('helped'));
      expect(helped.isSuperuser).toBeNull();
    });

    it('tells a session that may not write from one that may', async () => {
      expect((await infoFor()).readOnly).toBe(false);
      expect((await infoFor({ readOnly: true })).readOnly).toBe(true);
    });

    it('tells a server that lets nobody write but administrators', async () => {
      await cluster.execute('SET GLOBAL read_only = 1');
      const [plain, root] = [await infoFor(account('plain')), await infoFor()];
      await cluster.execute('SET GLOBAL read_only = 0');
      expect([plain.readOnly, root.readOnly]).toEqual([true, false]);
    });

    it('previews the tables of the current database, small ones counted, and where the others are', async () => {
      const preview = await previewFor({ database: 'shop' });
      expect(preview).toEqual({
        schema: 'shop',
        relations: [
          { name: 'broken', columnCount: 0, rows: null },
          { name: 'empty', columnCount: 1, rows: { value: 0, accuracy: 'exact' } },
          { name: 'orders', columnCount: 2, rows: { value: 2, accuracy: 'exact' } },
          { name: 'recent', columnCount: 1, rows: null },
        ],
        relationCount: 4,
        otherSchemas: [
          { name: 'other2', relationCount: 2 },
          { name: 'other1', relationCount: 1 },
        ],
        otherSchemaCount: 2,
        otherRelationCount: 3,
      });
    });

    it('previews where the tables are when no database is chosen', async () => {
      const preview = await previewFor({});
      expect(preview).toMatchObject({ schema: null, relations: [], relationCount: 0, otherSchemaCount: 3 });
      expect(preview.otherSchemas[0]).toEqual({ name: 'shop', relationCount: 4 });
    });

    it('previews the same when each table is looked up by itself', async () => {
      const wanted = { schema: 'shop', names: ['broken', 'empty', 'orders', 'recent'] };
      const [together, apart] = await withSession({ database: 'shop' }, async (session) => [
        await readPreviewFigures(session, { ...wanted, isOneByOne: false }, quiet),
        await readPreviewFigures(session, { ...wanted, isOneByOne: true }, quiet),
      ]);
      expect(apart).toEqual(together);
      expect(apart?.map(({ name, columnCount }) => [name, columnCount])).toEqual([
        ['broken', 0],
        ['empty', 1],
        ['orders', 2],
        ['recent', 1],
      ]);
    });

    it('previews tables and databases apart whose names differ in case or accents only', async () => {
      for (const schema of ['uni', 'Uni', 'ünï']) {
        await cluster.execute(`CREATE DATABASE \`${schema}\``);
        await cluster.execute(`CREATE TABLE \`${schema}\`.t (i INT)`);
      }
      await cluster.execute('CREATE TABLE uni.T (i INT, j INT)');
      const preview = await previewFor({ database: 'uni' });
      for (const schema of ['uni', 'Uni', 'ünï']) await cluster.execute(`DROP DATABASE \`${schema}\``);
      expect(preview.relationCount).toBe(2);
      expect(preview.relations.map(({ name, columnCount }) => [name, columnCount]).sort()).toEqual([
        ['T', 2],
        ['t', 1],
      ]);
      const others = preview.otherSchemas.map(({ name, relationCount }) => `${name} ${relationCount}`);
      expect(others).toEqual(expect.arrayContaining(['Uni 1', 'ünï 1']));
      expect(others).not.toContain('uni 1');
    });

    it('previews an empty database', async () => {
      const preview = await previewFor({ database: 'other3' });
      expect(preview).toMatchObject({ schema: 'other3', relations: [], relationCount: 0 });
    });

    it('estimates a large table instead of counting it', async () => {
      await cluster.execute('CREATE DATABASE big');
      await cluster.execute('CREATE TABLE big.t (i INT PRIMARY KEY)');
      await cluster.execute(
        `INSERT INTO big.t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
           SELECT a.i * 1000 + b.i FROM n a JOIN n b ON b.i <= 50`,
      );
      await cluster.execute('ANALYZE TABLE big.t');
      const { relations } = await previewFor({ database: 'big' });
      await cluster.execute('DROP DATABASE big');
      expect(relations[0]?.rows?.accuracy).toBe('estimate');
      expect(relations[0]?.rows?.value).toBeGreaterThan(20_000);
    });

    it('asks a handful of statements, however many tables there are', async () => {
      const statements: string[] = [];
      await withSession({ database: 'shop' }, (session) =>
        catalogue.overview(noting(session, statements), quiet),
      );
      expect(statements.length).toBeLessThanOrEqual(7);
    });
  });
}
