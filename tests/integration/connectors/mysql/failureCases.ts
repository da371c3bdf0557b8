import type { MysqlProduct } from '../../../support/mysql/serverPrograms.ts';

/** How each failure of a statement that Mooring knows is made on a real server. */
export interface FailureCase {
  readonly errno: number;
  /** Run first; may fail. */
  readonly before?: readonly string[];
  /** Run by another session, after `before`. */
  readonly other?: readonly string[];
  readonly sql: string;
  /** What the title names. */
  readonly names?: string;
  /** The product that has this number; absent: both. */
  readonly only?: MysqlProduct;
}

const one = (errno: number, sql: string, names?: string): FailureCase => ({
  errno,
  sql,
  ...(names !== undefined && { names }),
});
const after = (errno: number, before: readonly string[], sql: string): FailureCase => ({
  errno,
  before,
  sql,
});
const only = (product: MysqlProduct, failureCase: FailureCase): FailureCase => ({
  ...failureCase,
  only: product,
});

/** An account that may do next to nothing: the procedures that run as it are refused. */
const poor = "'failures_poor'@'%'";

/** What the cases work with, in a database of their own. */
export const setUp: readonly string[] = [
  'CREATE TABLE items (id INT PRIMARY KEY, name VARCHAR(5) NOT NULL, price DECIMAL(5, 2), small TINYINT, CHECK (price >= 0)) ENGINE=InnoDB',
  "INSERT INTO items VALUES (1, 'Rope', 10, 1), (2, 'Mast', 20, 2)",
  'CREATE TABLE orders (id INT PRIMARY KEY, item INT, KEY by_item (item), CONSTRAINT of_item FOREIGN KEY (item) REFERENCES items (id)) ENGINE=InnoDB',
  'INSERT INTO orders VALUES (1, 1)',
  'CREATE TABLE totals (a INT, b INT GENERATED ALWAYS AS (a * 2) STORED)',
  'CREATE TABLE parts (a INT) PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (10))',
  "CREATE TABLE sides (a VARCHAR(9) COLLATE utf8mb4_bin, b VARCHAR(9) COLLATE utf8mb4_general_ci, kind ENUM('x'))",
  "INSERT INTO sides VALUES ('a', 'b', 'x')",
  'CREATE TABLE gone (a INT)',
  'CREATE VIEW broken AS SELECT a FROM gone',
  'DROP TABLE gone',
  'CREATE VIEW cheap AS SELECT * FROM items WHERE price < 50 WITH CHECK OPTION',
  'CREATE VIEW sums AS SELECT SUM(price) AS total FROM items',
  'CREATE TABLE dated (day DATE)',
  'CREATE TABLE documents (body JSON)',
  'CREATE TABLE watched (a INT)',
  'CREATE TRIGGER watching BEFORE INSERT ON watched FOR EACH ROW UPDATE watched SET a = 1',
  'CREATE PROCEDURE down(n INT) CALL down(n + 1)',
  "CREATE PROCEDURE no() SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Not on Sundays'",
  'CREATE FUNCTION rec() RETURNS INT DETERMINISTIC RETURN rec()',
  'CREATE PROCEDURE closing() BEGIN DECLARE c CURSOR FOR SELECT 1; CLOSE c; END',
  'CREATE PROCEDURE fetching() BEGIN DECLARE n INT; DECLARE c CURSOR FOR SELECT id FROM items WHERE id < 0; OPEN c; FETCH c INTO n; END',
  `CREATE USER ${poor}`,
  ...[
    ['selecting', 'SELECT * FROM items'],
    ['naming', 'SELECT name FROM orders_of_all'],
    ['setting', 'SET GLOBAL max_connections = 100'],
    ['calling', 'CALL no()'],
    ['making', 'CREATE TEMPORARY TABLE t (a INT)'],
  ].map(([name, body]) => `CREATE DEFINER = ${poor} PROCEDURE ${name}() ${body}`),
  'CREATE TABLE orders_of_all (id INT, name INT)',
  `GRANT SELECT (id) ON orders_of_all TO ${poor}`,
  ...['selecting', 'naming', 'setting', 'calling', 'making'].map(
    (name) => `GRANT EXECUTE ON PROCEDURE ${name} TO ${poor}`,
  ),
  "CREATE DEFINER = 'nobody'@'nowhere' VIEW ownerless AS SELECT 1 AS n",
];
/** Undoes what is not in the database of the cases. */
export const tearDown: readonly string[] = [`DROP USER ${poor}`];

const names: readonly FailureCase[] = [
  one(1064, 'SELEC 1'),
  one(1054, 'SELECT nmae FROM items', 'nmae'),
  one(1146, 'SELECT * FROM ordres', 'ordres'),
  one(1051, 'DROP TABLE ordres', 'ordres'),
  one(1049, 'USE nosuch', 'nosuch'),
  one(1007, 'CREATE DATABASE failures_of_statements', 'failures_of_statements'),
  one(1008, 'DROP DATABASE nosuch', 'nosuch'),
  one(1050, 'CREATE TABLE items (a INT)', 'items'),
  one(1052, 'SELECT id FROM items, orders', 'id'),
  one(1055, 'SELECT name, MAX(price) FROM items GROUP BY small'),
  one(1060, 'ALTER TABLE items ADD name INT', 'name'),
  one(1061, 'ALTER TABLE orders ADD KEY by_item (item)', 'by_item'),
  after(1046, ['CREATE DATABASE passing', 'USE passing', 'DROP DATABASE passing'], 'SELECT * FROM items'),
  one(1065, ' '),
  one(1066, 'SELECT 1 FROM items a, orders a', 'a'),
  one(1072, 'ALTER TABLE items ADD KEY (nosuch)', 'nosuch'),
  one(1091, 'ALTER TABLE items DROP COLUMN nosuch', 'nosuch'),
  only('mysql', one(1093, 'DELETE FROM items WHERE id = (SELECT MAX(id) FROM items)', 'items')),
  one(1096, 'SELECT *'),
  one(1103, 'CREATE TABLE `x ` (a INT)'),
  one(1109, 'DELETE nosuch FROM items', 'nosuch'),
  one(1110, 'INSERT INTO items (id, id) VALUES (1, 1)', 'id'),
  one(1111, 'SELECT 1 FROM items WHERE SUM(price) > 1'),
  one(1136, 'INSERT INTO items VALUES (1)'),
  one(1140, 'SELECT name, MAX(price) FROM items'),
  one(1172, 'SELECT id INTO @x FROM items'),
  one(1193, 'SET nosuch_setting = 1', 'nosuch_setting'),
  one(1222, 'SELECT 1 UNION SELECT 1, 2'),
  one(1229, 'SET SESSION max_connections = 5', 'max_connections'),
  one(1231, "SET SESSION sql_mode = 'NOSUCH'", 'sql_mode'),
  one(1232, "SET SESSION sort_buffer_size = 'x'", 'sort_buffer_size'),
  one(1238, "SET GLOBAL version = 'x'", 'version'),
  one(1235, 'SELECT * FROM items WHERE id IN (SELECT id FROM items LIMIT 1)'),
  one(1241, 'SELECT (SELECT 1, 2)'),
  one(1242, 'SELECT (SELECT id FROM items)'),
  one(1247, 'SELECT SUM(id) AS s, (SELECT s) FROM items', 's'),
  only('mysql', one(1221, 'UPDATE items, orders SET price = 1 LIMIT 1')),
  only('mysql', one(1248, 'SELECT * FROM (SELECT 1)')),
  one(1305, 'CALL nosuch()'),
  one(1318, 'CALL down()'),
  one(1582, 'SELECT ABS()', 'ABS'),
  one(1298, "SET time_zone = 'Nowhere/X'", 'Nowhere/X'),
  one(1356, 'SELECT * FROM broken', 'broken'),
  only('mysql', one(3065, 'SELECT DISTINCT name FROM items ORDER BY price')),
  only(
    'mysql',
    one(3636, 'WITH RECURSIVE a AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM a) SELECT * FROM a'),
  ),
  only('mariadb', one(4161, 'CREATE TABLE t (a nosuchtype)', 'nosuchtype')),
];

const values: readonly FailureCase[] = [
  one(1048, 'INSERT INTO items VALUES (3, NULL, 1, 1)', 'name'),
  one(1062, "INSERT INTO items VALUES (1, 'x', 1, 1)", 'PRIMARY'),
  one(1264, "INSERT INTO items VALUES (3, 'x', 1, 999)"),
  one(1265, "UPDATE sides SET kind = 'y'", 'kind'),
  one(
    1267,
    'SELECT a = b FROM (SELECT _utf8mb4 0x61 COLLATE utf8mb4_bin AS a, _utf8mb4 0x62 COLLATE utf8mb4_general_ci AS b) t',
  ),
  one(1292, "INSERT INTO dated VALUES ('soon')"),
  one(1300, 'SELECT _utf8mb4 0xff'),
  one(1364, 'INSERT INTO items (id) VALUES (3)', 'name'),
  one(1366, "UPDATE items SET small = 'x'"),
  one(1406, "UPDATE items SET name = 'Anchor'", 'name'),
  one(1411, "INSERT INTO dated SELECT STR_TO_DATE('soon', '%Y-%m-%d')"),
  after(1416, ['CREATE TABLE places (p POINT)'], "INSERT INTO places VALUES ('here')"),
  one(1525, "SELECT DATE '2020-13-01'"),
  one(1690, 'SELECT 18446744073709551615 + 1'),
  one(1425, 'CREATE TABLE t (a DECIMAL(60, 50))'),
  one(1426, 'CREATE TABLE t (a DECIMAL(70, 0))'),
  one(1427, 'CREATE TABLE t (a DECIMAL(2, 5))'),
  one(1451, 'DELETE FROM items WHERE id = 1', 'orders'),
  one(1452, 'INSERT INTO orders VALUES (2, 99)', 'orders'),
  one(1365, 'UPDATE items SET price = 1 / 0'),
  only('mysql', one(3819, "INSERT INTO items VALUES (3, 'x', -1, 1)", 'items_chk_1')),
  only('mariadb', one(4025, "INSERT INTO items VALUES (3, 'x', -1, 1)", 'CONSTRAINT_1')),
  only('mysql', one(3140, "INSERT INTO documents VALUES ('{')")),
  only('mysql', one(3141, "SELECT CAST('{' AS JSON)")),
  only('mariadb', one(1139, "SELECT 'a' REGEXP '['")),
  only('mysql', one(3696, "SELECT 'a' REGEXP '['")),
];

const definitions: readonly FailureCase[] = [
  only('mariadb', one(1005, 'CREATE TABLE t (a INT, FOREIGN KEY (a) REFERENCES nosuch (b)) ENGINE=InnoDB')),
  only('mysql', one(1824, 'CREATE TABLE t (a INT, FOREIGN KEY (a) REFERENCES nosuch (b))')),
  only('mysql', one(6125, 'CREATE TABLE t (a TINYINT, FOREIGN KEY (a) REFERENCES items (small))')),
  only('mysql', one(3780, 'CREATE TABLE t (a VARCHAR(9), FOREIGN KEY (a) REFERENCES items (id))')),
  only('mysql', one(3730, 'DROP TABLE items', 'items')),
  only('mariadb', one(1833, 'ALTER TABLE items MODIFY id BIGINT')),
  one(1829, 'ALTER TABLE items DROP COLUMN id'),
  only('mysql', one(1828, 'ALTER TABLE orders DROP COLUMN item')),
  only(
    'mariadb',
    one(
      1709,
      'CREATE TABLE t (a VARCHAR(300) CHARACTER SET utf8mb4, UNIQUE (a)) ENGINE=InnoDB ROW_FORMAT=COMPACT',
    ),
  ),
  one(1553, 'ALTER TABLE orders DROP KEY by_item', 'by_item'),
  one(1701, 'TRUNCATE items'),
  one(1068, 'ALTER TABLE items ADD PRIMARY KEY (name)'),
  one(1071, 'CREATE TABLE t (a VARCHAR(2000) CHARACTER SET utf8mb4, PRIMARY KEY (a)) ENGINE=InnoDB'),
  one(1074, 'CREATE TABLE t (a VARCHAR(70000) CHARACTER SET latin1)'),
  one(1075, 'CREATE TABLE t (a INT AUTO_INCREMENT)'),
  one(1067, "CREATE TABLE t (a INT DEFAULT 'x')", 'a'),
  only('mariadb', one(1113, 'CREATE TABLE t ENGINE=InnoDB')),
  only('mysql', one(4028, 'CREATE TABLE t ENGINE=InnoDB')),
  one(1115, 'CREATE TABLE t (a TEXT CHARACTER SET nosuch)', 'nosuch'),
  one(1273, 'CREATE TABLE t (a TEXT COLLATE nosuch_ci)', 'nosuch_ci'),
  one(1253, 'CREATE TABLE t (a TEXT CHARACTER SET latin1 COLLATE utf8mb4_bin)'),
  one(1286, 'CREATE TABLE t (a INT) ENGINE=nosuch', 'nosuch'),
  one(
    1118,
    `CREATE TABLE t (${['a', 'b', 'c'].map((name) => `${name} VARCHAR(30000) CHARACTER SET latin1`).join(', ')})`,
  ),
  one(1170, 'CREATE TABLE t (a TEXT, PRIMARY KEY (a))', 'a'),
  only('mysql', one(1171, 'CREATE TABLE t (a INT NULL, PRIMARY KEY (a))')),
  one(1191, "SELECT * FROM items WHERE MATCH (name) AGAINST ('x')"),
  one(1288, 'UPDATE sums SET total = 1'),
  one(1471, 'INSERT INTO sums VALUES (1)'),
  one(1347, 'SHOW CREATE VIEW items', 'items'),
  only('mariadb', one(4092, 'DROP VIEW items', 'items')),
  one(1369, "INSERT INTO cheap VALUES (3, 'x', 99, 1)", 'cheap'),
  only('mariadb', one(1906, 'INSERT INTO totals (a, b) VALUES (1, 7)', 'b')),
  only('mysql', one(3105, 'INSERT INTO totals (a, b) VALUES (1, 7)', 'b')),
  only('mariadb', one(1901, 'CREATE TABLE t (a DOUBLE GENERATED ALWAYS AS (RAND()) STORED)')),
  only('mysql', one(1101, "CREATE TABLE t (a TEXT DEFAULT 'x')")),
  one(1526, 'INSERT INTO parts VALUES (99)'),
  one(1503, 'CREATE TABLE t (a INT, b INT, UNIQUE (b)) PARTITION BY HASH (a)'),
  one(1846, 'ALTER TABLE items MODIFY name VARCHAR(3), ALGORITHM=INPLACE'),
];

const programs: readonly FailureCase[] = [
  one(1094, 'KILL 999999999'),
  one(1133, "SET PASSWORD FOR nobody@localhost = ''"),
  one(1141, 'SHOW GRANTS FOR nobody@localhost'),
  one(1243, 'EXECUTE nosuch'),
  one(1303, 'CREATE PROCEDURE p() CREATE PROCEDURE q() SELECT 1'),
  one(1304, 'CREATE PROCEDURE no() SELECT 1'),
  one(1326, 'CALL closing()'),
  one(1329, 'CALL fetching()'),
  one(1308, 'CREATE PROCEDURE p() BEGIN LEAVE nowhere; END'),
  one(1313, 'CREATE PROCEDURE p() RETURN 1'),
  one(1320, 'CREATE FUNCTION f() RETURNS INT DETERMINISTIC BEGIN END'),
  one(1324, 'CREATE PROCEDURE p() BEGIN OPEN nosuch; END'),
  one(1327, 'CREATE PROCEDURE p() SELECT 1 INTO nosuch'),
  one(1336, "CREATE FUNCTION f() RETURNS INT DETERMINISTIC BEGIN PREPARE s FROM 'SELECT 1'; RETURN 1; END"),
  one(1359, 'CREATE TRIGGER watching BEFORE INSERT ON watched FOR EACH ROW SET NEW.a = 1'),
  one(1360, 'DROP TRIGGER nosuch'),
  one(1362, 'CREATE TRIGGER t AFTER INSERT ON items FOR EACH ROW SET NEW.id = 1'),
  one(1396, 'DROP USER nobody@localhost'),
  one(1397, "XA ROLLBACK 'nosuch'"),
  one(1398, "XA START 'mine' JOIN"),
  after(1400, ['START TRANSACTION'], "XA START 'mine'"),
  after(1399, ["XA START 'mine'"], "XA COMMIT 'mine'"),
  one(1415, 'CREATE FUNCTION f() RETURNS INT DETERMINISTIC BEGIN SELECT 1; RETURN 1; END'),
  one(1422, 'CREATE FUNCTION f() RETURNS INT DETERMINISTIC BEGIN COMMIT; RETURN 1; END'),
  one(1424, 'SELECT rec()'),
  one(1442, 'INSERT INTO watched VALUES (1)', 'watched'),
  one(1456, 'CALL down(1)'),
  after(1568, ['START TRANSACTION'], 'SET TRANSACTION ISOLATION LEVEL SERIALIZABLE'),
  one(1644, 'CALL no()'),
  one(1645, 'RESIGNAL'),
];

const server: readonly FailureCase[] = [
  {
    errno: 1205,
    before: ['SET SESSION innodb_lock_wait_timeout = 1', 'START TRANSACTION'],
    other: ['START TRANSACTION', 'UPDATE items SET small = 3 WHERE id = 2'],
    sql: 'UPDATE items SET small = 4 WHERE id = 2',
  },
  after(1792, ['SET SESSION TRANSACTION READ ONLY', 'START TRANSACTION READ ONLY'], 'DELETE FROM orders'),
  after(1099, ['LOCK TABLES sides READ'], 'DELETE FROM sides'),
  after(1100, ['LOCK TABLES items READ'], 'SELECT * FROM orders'),
  after(
    1104,
    ['SET SESSION sql_big_selects = 0, SESSION max_join_size = 1'],
    'SELECT * FROM items a, items b, items c',
  ),
  after(1175, ['SET SESSION sql_safe_updates = 1'], 'DELETE FROM items WHERE small = 9'),
  after(1223, ['FLUSH TABLES WITH READ LOCK'], 'DELETE FROM items'),
  one(1044, 'CALL making()'),
  one(1142, 'CALL selecting()'),
  one(1143, 'CALL naming()'),
  one(1227, 'CALL setting()'),
  one(1370, 'CALL calling()'),
  one(1449, 'SELECT * FROM ownerless'),
  only('mysql', {
    errno: 3572,
    other: ['START TRANSACTION', 'UPDATE items SET small = 3 WHERE id = 2'],
    sql: 'SELECT * FROM items WHERE id = 2 FOR UPDATE NOWAIT',
  }),
  one(1524, 'CREATE USER someone IDENTIFIED WITH nosuch_plugin', 'nosuch_plugin'),
];

export const failureCases: readonly FailureCase[] = [
  ...names,
  ...values,
  ...definitions,
  ...programs,
  ...server,
];

const disk = 'needs a disk that is full, or has faults';
const damaged = 'needs a damaged table';
const memory = 'would use up the memory of the server';
const rights = 'needs a log-in of another account, while the cases have the administrator';
const option = 'needs a server that was started with another option';
const rareTwin = 'is a rarer number for what another case makes';

/** What is known, but made by none of the cases, and why. */
export const notMade: Readonly<Record<number, string>> = {
  13: disk,
  29: disk,
  1016: disk,
  1017: disk,
  1021: disk,
  1030: disk,
  1114: disk,
  1812: disk,
  1878: disk,
  139: rareTwin,
  144: damaged,
  145: damaged,
  1034: damaged,
  1194: damaged,
  1195: damaged,
  1037: memory,
  1038: memory,
  1041: memory,
  1206: memory,
  1436: memory,
  1637: memory,
  1045: rights,
  1226: rights,
  1345: rights,
  1820: rights,
  3118: rights,
  1020: option,
  1036: option,
  1148: option,
  1290: option,
  1418: option,
  1419: option,
  1461: option,
  1819: option,
  1836: option,
  3750: option,
  3948: option,
  4166: option,
  1086: 'needs a file that was written on the server',
  1153: 'ends the session on some servers',
  1301: 'is a warning where the other cases run',
  1213: 'needs two sessions that wait for each other',
  1401: 'needs a failure of the storage engine in the middle of an XA transaction',
  1402: 'needs a deadlock in an XA transaction',
  1022: rareTwin,
  1031: rareTwin,
  1210: rareTwin,
  1215: rareTwin,
  1216: rareTwin,
  1217: rareTwin,
  1463: rareTwin,
  1822: rareTwin,
  1630: rareTwin,
  3102: rareTwin,
  3685: rareTwin,
  3688: rareTwin,
  3692: rareTwin,
  4037: rareTwin,
  4038: rareTwin,
};
