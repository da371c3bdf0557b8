import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { type MysqlNodeFactKey, mysqlNodeFactKeys } from '../../../../src/shared/engines/mysql/facts.ts';
import type { NodeDetail, NodeKind } from '../../../../src/shared/model/schemaTree.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { describeProduct } from '../../../support/mysql/describeProduct.ts';
import { MysqlCluster } from '../../../support/mysql/MysqlCluster.ts';
import { catalogue, describeNode, openCatalogueSession, quiet, readAllRows } from './catalogueReading.ts';

const setUp = [
  'CREATE DATABASE shop',
  'CREATE DATABASE other',
  // Which of the defaults are expressions, and how they are escaped, differs between the products.
  `CREATE TABLE shop.def (a INT, b VARCHAR(10) DEFAULT 'NULL', c VARCHAR(10) DEFAULT '', d VARCHAR(10) DEFAULT 'abc''d',
     e INT DEFAULT 42, f VARCHAR(10) NOT NULL, g TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
     h INT GENERATED ALWAYS AS (e*2) STORED, i INT AS ((e + 1) * (e - 1)) VIRTUAL,
     j DATETIME(3) DEFAULT CURRENT_TIMESTAMP(3), k BIT(8) DEFAULT b'101', l DATE DEFAULT '2020-01-01',
     m DECIMAL(10,2) DEFAULT 1.50, n VARCHAR(30) DEFAULT 'CURRENT_TIMESTAMP', o VARCHAR(10) DEFAULT 'a\\\\b\\nc',
     p VARCHAR(36) DEFAULT (UUID()), q ENUM('x', 'it''s') DEFAULT 'it''s', r INT DEFAULT NULL, s DOUBLE DEFAULT -0.5,
     t TIMESTAMP NULL ON UPDATE CURRENT_TIMESTAMP)`,
  `CREATE TABLE shop.inv (id INT PRIMARY KEY AUTO_INCREMENT COMMENT 'the id', secret VARCHAR(20) INVISIBLE DEFAULT 'hid',
     note VARCHAR(20), g GEOMETRY NOT NULL, t TEXT, UNIQUE u (note), SPATIAL INDEX sp (g), FULLTEXT INDEX ft (t),
     KEY pre (t(5)), KEY d (note DESC, id), CONSTRAINT filled CHECK (note <> '')) COMMENT='hello' ROW_FORMAT=DYNAMIC`,
  'CREATE TABLE shop.par (a INT, b INT, c INT, PRIMARY KEY (b, a), UNIQUE one (c))',
  `CREATE TABLE other.chi (a INT, b INT, c INT, CONSTRAINT fk1 FOREIGN KEY (b, a) REFERENCES shop.par (b, a) ON DELETE CASCADE,
     CONSTRAINT fk2 FOREIGN KEY (c) REFERENCES shop.par (c) ON DELETE SET NULL,
     CONSTRAINT fk3 FOREIGN KEY (c) REFERENCES shop.inv (id))`,
  'CREATE TABLE shop.base1 (i INT)',
  'CREATE VIEW shop.no_table AS SELECT i FROM shop.base1',
  'DROP TABLE shop.base1',
  'CREATE TABLE shop.base2 (i INT, j INT)',
  'CREATE VIEW shop.no_column AS SELECT i, j FROM shop.base2',
  'ALTER TABLE shop.base2 DROP COLUMN j',
  'CREATE FUNCTION shop.fn1(a INT) RETURNS INT DETERMINISTIC RETURN a + 1',
  'CREATE VIEW shop.no_function AS SELECT shop.fn1(a) AS x FROM shop.par',
  'DROP FUNCTION shop.fn1',
  'CREATE USER gone@localhost',
  'GRANT ALL ON *.* TO gone@localhost',
  'CREATE DEFINER=gone@localhost VIEW shop.no_definer AS SELECT a FROM shop.par',
  'DROP USER gone@localhost',
  `CREATE TABLE shop.part (id INT NOT NULL PRIMARY KEY) PARTITION BY RANGE (id)
     (PARTITION p0 VALUES LESS THAN (400), PARTITION p1 VALUES LESS THAN MAXVALUE)`,
  "CREATE FUNCTION shop.twice(a INT) RETURNS INT DETERMINISTIC COMMENT 'adds up' RETURN a + a",
  'CREATE PROCEDURE shop.twice(OUT a INT) SQL SECURITY INVOKER SET a = 2',
  'CREATE TRIGGER shop.keep BEFORE INSERT ON shop.par FOR EACH ROW SET NEW.c = NEW.a',
  'CREATE EVENT shop.tidy ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM shop.par WHERE a < 0',
  "CREATE USER reader@'%' IDENTIFIED BY 'pw-reader'",
  "GRANT SELECT ON shop.* TO reader@'%'",
  "GRANT SELECT, INSERT, UPDATE (a, c) ON shop.par TO reader@'%' WITH GRANT OPTION",
];

const reader = { user: 'reader', password: 'pw-reader' };

const factOf = (detail: NodeDetail, key: MysqlNodeFactKey) =>
  detail.facts.find((fact) => fact.key === key)?.value ?? null;
const textOf = (detail: NodeDetail, key: MysqlNodeFactKey): string | null => {
  const value = factOf(detail, key);
  return value?.type === 'text' ? value.text : null;
};

for (const product of ['mariadb', 'mysql'] as const) {
  describeProduct(product, () => {
    let cluster: MysqlCluster;
    let session: SqlConnection;

    beforeAll(async () => {
      cluster = await MysqlCluster.start({ product, sql: setUp });
      session = await openCatalogueSession(cluster);
    });

    afterAll(async () => {
      await session?.close();
      await cluster?.dispose();
    });

    const inShop = (name: string, kind: NodeKind = 'table'): Promise<NodeDetail> =>
      describeNode(session, { schema: 'shop', name, kind });

    it('reads defaults by their meaning', async () => {
      const { columns } = await inShop('def');
      const defaults = Object.fromEntries(columns.map(({ name, defaultValue }) => [name, defaultValue]));
      expect(defaults).toEqual({
        a: null,
        b: "'NULL'",
        c: "''",
        d: "'abc''d'",
        e: '42',
        f: null,
        g: 'CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP',
        h: null,
        i: null,
        j: 'CURRENT_TIMESTAMP(3)',
        k: "b'101'",
        l: "'2020-01-01'",
        m: '1.50',
        n: "'CURRENT_TIMESTAMP'",
        o: String.raw`'a\\b\nc'`,
        p: 'uuid()',
        q: "'it''s'",
        r: null,
        s: '-0.5',
        t: 'ON UPDATE CURRENT_TIMESTAMP',
      });
    });

    it('shows what a generated column is computed from, and whether it is stored', async () => {
      const { columns } = await inShop('def');
      const generated = columns.filter(({ isGenerated }) => isGenerated);
      expect(generated.map(({ name, expression }) => [name, expression])).toEqual([
        ['h', '(`e` * 2) STORED'],
        ['i', '((`e` + 1) * (`e` - 1)) VIRTUAL'],
      ]);
    });

    it('lists all columns with the types of the server, and marks the invisible one', async () => {
      const { columns } = await inShop('inv');
      const shown = columns.map(({ name, type, isVisible, comment }) => [name, type, isVisible, comment]);
      const int = product === 'mariadb' ? 'int(11)' : 'int';
      expect(shown).toEqual([
        ['id', int, true, 'the id'],
        ['secret', 'varchar(20)', false, null],
        ['note', 'varchar(20)', true, null],
        ['g', 'geometry', true, null],
        ['t', 'text', true, null],
      ]);
      expect(columns[0]).toMatchObject({
        nullable: false,
        isPrimaryKey: true,
        isUnique: true,
        isGenerated: true,
        defaultValue: 'AUTO_INCREMENT',
        expression: null,
      });
      expect(columns[2]).toMatchObject({ nullable: true, isPrimaryKey: false, isUnique: true });
    });

    it('describes indexes with their kind, order, prefix and uniqueness', async () => {
      const { indexes } = await inShop('inv');
      expect(indexes.map(({ definition, isUnique, isPrimary }) => [definition, isUnique, isPrimary])).toEqual(
        [
          ['PRIMARY KEY (`id`)', true, true],
          ['KEY `d` (`note` DESC, `id`)', false, false],
          ['FULLTEXT KEY `ft` (`t`)', false, false],
          ['KEY `pre` (`t`(5))', false, false],
          ['SPATIAL KEY `sp` (`g`)', false, false],
          ['UNIQUE KEY `u` (`note`)', true, false],
        ],
      );
      expect(indexes.every(({ isValid, isVisible }) => isValid && isVisible)).toBe(true);
    });

    it('marks an index that the planner ignores', async () => {
      const word = product === 'mariadb' ? 'IGNORED' : 'INVISIBLE';
      await cluster.execute(`CREATE TABLE shop.hidden (i INT, j INT, KEY hid (i) ${word}, KEY seen (j))`);
      const { indexes } = await inShop('hidden');
      expect(indexes.map(({ name, isVisible }) => [name, isVisible])).toEqual([
        ['hid', false],
        ['seen', true],
      ]);
    });

    it('lists keys and checks in the words of SQL', async () => {
      const { constraints } = await inShop('inv');
      expect(constraints.map(({ name, kind }) => [name, kind])).toEqual([
        ['PRIMARY', 'primary'],
        ['u', 'unique'],
        ['filled', 'check'],
      ]);
      expect(constraints[2]?.definition).toMatch(/^CHECK \(`note` <> (?:_utf8mb4)?''\)$/);
    });

    it('follows foreign keys over several columns and into other databases', async () => {
      const detail = await describeNode(session, { schema: 'other', name: 'chi', kind: 'table' });
      const references = detail.columns.map((column) => [column.name, column.references]);
      expect(references).toEqual([
        ['a', ['shop.par.a']],
        ['b', ['shop.par.b']],
        ['c', ['shop.par.c', 'shop.inv.id']],
      ]);
      expect(detail.constraints.map(({ kind, definition }) => [kind, definition])).toEqual([
        ['foreign', 'FOREIGN KEY (`b`, `a`) REFERENCES `shop`.`par` (`b`, `a`) ON DELETE CASCADE'],
        ['foreign', 'FOREIGN KEY (`c`) REFERENCES `shop`.`par` (`c`) ON DELETE SET NULL'],
        ['foreign', 'FOREIGN KEY (`c`) REFERENCES `shop`.`inv` (`id`)'],
      ]);
    });

    it('knows the engine, the sizes and when a table was created, in the order in which they are shown', async () => {
      const detail = await inShop('inv');
      expect(textOf(detail, 'storageEngine')).toBe('InnoDB');
      expect(textOf(detail, 'rowFormat')).toBe('Dynamic');
      expect(textOf(detail, 'collation')).toMatch(/^utf8mb4_/);
      expect(factOf(detail, 'dataSize')).toEqual({ type: 'bytes', count: 16_384 });
      expect(factOf(detail, 'indexSize')).toMatchObject({ type: 'bytes' });
      const [row] = await cluster.execute('SELECT UNIX_TIMESTAMP() AS now');
      const created = factOf(detail, 'createdAt');
      const ageMs = Number(row?.now) * 1_000 - (created?.type === 'moment' ? created.at : 0);
      expect(ageMs).toBeGreaterThanOrEqual(0);
      expect(ageMs).toBeLessThan(600_000);
      const known: readonly string[] = mysqlNodeFactKeys;
      const order = detail.facts.map(({ key }) => known.indexOf(key));
      expect(order).toEqual(order.toSorted((a, b) => a - b));
      expect(textOf(await inShop('part', 'partitioned-table'), 'partitioning')).toBe(
        'RANGE (`id`), 2 partitions',
      );
      expect(factOf(detail, 'partitioning')).toBeNull();
    });

    it('describes a partition by its rule, with the columns of its table', async () => {
      const detail = await inShop('part.p0', 'partition');
      expect(detail.columns.map(({ name }) => name)).toEqual(['id']);
      expect(textOf(detail, 'partitioning')).toBe('RANGE (`id`) VALUES LESS THAN (400)');
      expect(factOf(detail, 'dataSize')).toEqual({ type: 'bytes', count: 16_384 });
      expect((await failureOf(inShop('part.p9', 'partition'))).code).toBe('NOT_FOUND');
      expect((await failureOf(inShop('part', 'partition'))).code).toBe('NOT_FOUND');
    });

    it.each<readonly [NodeKind, string, RegExp]>([
      ['table', 'inv', /^CREATE TABLE `inv` \(\n {2}`id` int/],
      ['partitioned-table', 'part', /PARTITION BY RANGE/],
      ['view', 'no_definer', /^CREATE .*VIEW `?(?:shop`\.`)?no_definer` AS select/],
      ['view', 'no_table', /^CREATE .*VIEW .*`no_table` AS select/],
      ['function', 'twice', /FUNCTION `twice`\(a INT\) RETURNS int[\s\S]*RETURN a \+ a$/],
      ['procedure', 'twice', /PROCEDURE `twice`\(OUT a INT\)[\s\S]*SET a = 2$/],
      ['trigger', 'keep', /TRIGGER .*keep`? BEFORE INSERT ON/],
      ['event', 'tidy', /EVENT `tidy` ON SCHEDULE EVERY 1 DAY/],
    ])('gives the definition of a %s in the words of the server', async (kind, name, words) => {
      expect((await inShop(name, kind)).definition).toMatch(words);
    });

    it('says whose rights a routine has, when a trigger runs, and whether an event is on', async () => {
      const procedure = await inShop('twice', 'procedure');
      expect(textOf(procedure, 'definer')).toBe('root@localhost');
      expect(textOf(procedure, 'sqlSecurity')).toBe('INVOKER');
      expect(textOf(await inShop('twice', 'function'), 'sqlSecurity')).toBe('DEFINER');
      expect(textOf(await inShop('keep', 'trigger'), 'runs')).toBe('BEFORE INSERT ON `par`');
      const event = await inShop('tidy', 'event');
      expect([textOf(event, 'runs'), textOf(event, 'status')]).toEqual(['EVERY 1 DAY', 'DISABLED']);
    });

    it('lists the triggers of a table, and who was given rights on it by name', async () => {
      const { lists } = await inShop('par');
      expect(lists).toEqual([
        { key: 'triggers', total: 1, rows: [['keep', 'BEFORE INSERT', null, null]] },
        {
          key: 'privileges',
          total: 2,
          rows: [
            ["'reader'@'%'", 'INSERT WITH GRANT OPTION, SELECT WITH GRANT OPTION', null, null],
            ["'reader'@'%'", 'UPDATE WITH GRANT OPTION', 'a, c', null],
          ],
        },
      ]);
    });

    it('says what needs what, both ways, as far as the product knows', async () => {
      const dependenciesOf = async (schema: string, name: string, kind: NodeKind) => {
        const { uses, usedBy } = await catalogue.dependencies(session, { schema, name, kind }, quiet);
        const linesOf = ({ nodes }: typeof uses): string[] =>
          nodes
            .map(({ node, through }) => `${node.kind} ${node.schema}.${node.name} ${through ?? ''}`)
            .sort();
        return { uses: linesOf(uses), usedBy: linesOf(usedBy) };
      };
      const child = await dependenciesOf('other', 'chi', 'table');
      expect(child.uses).toEqual(['table shop.inv fk3', 'table shop.par fk1', 'table shop.par fk2']);
      const { usedBy } = await dependenciesOf('shop', 'par', 'table');
      expect(usedBy).toEqual(
        expect.arrayContaining(['table other.chi fk1', 'table other.chi fk2', 'trigger shop.keep ']),
      );
      expect(usedBy.includes('view shop.no_definer ')).toBe(product === 'mysql');
      expect((await dependenciesOf('shop', 'keep', 'trigger')).uses).toEqual(['table shop.par ']);
    });

    describe('of a view that no longer works', () => {
      it.each(['no_table', 'no_column', 'no_function'])(
        'shows the words of the server about %s, and refuses its rows with the same number',
        async (name) => {
          const detail = await inShop(name, 'view');
          expect(detail.columns).toEqual([]);
          expect(detail.problem).toContain(`shop.${name}`);
          const failure = await failureOf(readAllRows(session, { schema: 'shop', name }));
          expect(failure.driverCode).toMatch(/^1356/);
          expect(session.isUsable).toBe(true);
        },
      );

      it('shows the columns of one whose definer is gone, and says so when its rows are read', async () => {
        const detail = await inShop('no_definer', 'view');
        expect(detail.columns.map(({ name }) => name)).toEqual(['a']);
        expect(detail.problem).toBeNull();
        expect(textOf(detail, 'definer')).toBe('gone@localhost');
        const failure = await failureOf(readAllRows(session, { schema: 'shop', name: 'no_definer' }));
        expect(failure.driverCode).toMatch(/^1449/);
        expect(failure.code).toBe('QUERY_FAILED');
      });
    });

    it('shows a user without rights what that user may see', async () => {
      const narrow = await openCatalogueSession(cluster, { account: reader });
      const routine = await describeNode(narrow, { schema: 'shop', name: 'inv', kind: 'table' });
      expect(routine.columns).toHaveLength(5);
      expect(routine.definition).toMatch(/^CREATE TABLE/);
      const view = await describeNode(narrow, { schema: 'shop', name: 'no_definer', kind: 'view' });
      expect(view.definition).toBeNull();
      await narrow.close();
    });

    it.each<NodeKind>(['table', 'view', 'function', 'event', 'trigger'])(
      'says of a %s that is gone that it no longer exists',
      async (kind) => {
        expect((await failureOf(inShop('nothing', kind))).code).toBe('NOT_FOUND');
      },
    );

    it('describes what the server itself consists of', async () => {
      const tables = await describeNode(session, {
        schema: 'information_schema',
        name: 'TABLES',
        kind: 'view',
      });
      expect(tables.columns.map(({ name }) => name.toUpperCase())).toContain('TABLE_NAME');
      expect(tables.problem).toBeNull();
    });
  });
}

describeProduct('mysql', () => {
  it('shows the expressions of functional indexes in their place', async () => {
    const cluster = await MysqlCluster.start({
      product: 'mysql',
      sql: [
        'CREATE DATABASE shop',
        `CREATE TABLE shop.fi (id BIGINT PRIMARY KEY, fn VARCHAR(50), ln VARCHAR(50),
           UNIQUE KEY uq (fn, ln, (COALESCE(ln, 'x'))), KEY k2 ((UPPER(ln)) DESC), KEY k3 (fn(5)), KEY k4 (id) INVISIBLE)`,
        `CREATE TABLE shop.esc (b VARCHAR(20), d VARCHAR(40) AS (CONCAT(b, 'a\\\\b\\n''d'))
           , e VARCHAR(40) DEFAULT (CONCAT('it''s', 'x')), CONSTRAINT off CHECK (b <> 'it''s') NOT ENFORCED)`,
      ],
    });
    const session = await openCatalogueSession(cluster);
    const { columns, indexes } = await describeNode(session, { schema: 'shop', name: 'fi', kind: 'table' });
    expect(columns.map(({ name, isUnique }) => [name, isUnique])).toEqual([
      ['id', true],
      ['fn', false],
      ['ln', false],
    ]);
    expect(indexes.map(({ definition, isVisible }) => [definition, isVisible])).toEqual([
      ['PRIMARY KEY (`id`)', true],
      ['KEY `k2` ((upper(`ln`)) DESC)', true],
      ['KEY `k3` (`fn`(5))', true],
      ['KEY `k4` (`id`)', false],
      ["UNIQUE KEY `uq` (`fn`, `ln`, (coalesce(`ln`,_utf8mb4'x')))", true],
    ]);
    const escaped = await describeNode(session, { schema: 'shop', name: 'esc', kind: 'table' });
    const [, d, e] = escaped.columns;
    // As SHOW CREATE TABLE has it, so that it can be pasted.
    const expression = d?.expression?.slice(1, -') VIRTUAL'.length) ?? '';
    expect(escaped.definition).toContain(`AS (${expression}) VIRTUAL`);
    expect(escaped.definition).toContain(`DEFAULT (${e?.defaultValue})`);
    expect(escaped.constraints.map(({ definition }) => definition)).toEqual([
      String.raw`CHECK (${'`b`'} <> _utf8mb4'it\'s') NOT ENFORCED`,
    ]);
    await session.close();
    await cluster.dispose();
  });
});
