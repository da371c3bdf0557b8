/** Two schemas with one of everything that PostgreSQL has, for the test that their definitions bring them back. */
export const richRoles = ['rich_owner', 'rich_reader', 'rich "clerk"'] as const;

export const richSchemas = ['rich', 'Rich "shop"'] as const;

const everywhere = [
  'CREATE EXTENSION file_fdw',
  'CREATE EXTENSION lo SCHEMA rich',
  `CREATE SERVER files TYPE 'local' VERSION '1' FOREIGN DATA WRAPPER file_fdw`,
  'GRANT USAGE ON FOREIGN SERVER files TO rich_reader WITH GRANT OPTION',
  `CREATE TYPE rich.mood AS ENUM ('good', 'it''s "bad"', 'so-so')`,
  `COMMENT ON TYPE rich.mood IS 'how \\ it feels; ''really'''`,
  'CREATE TYPE rich.address AS (street text COLLATE "C", zip varchar(10), note numeric(8,2))',
  `COMMENT ON COLUMN rich.address.zip IS 'with the country'`,
  'CREATE TYPE rich.span AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi)',
  `CREATE DOMAIN rich.email AS varchar(80) COLLATE "C" DEFAULT 'nobody@example.test' NOT NULL
     CONSTRAINT has_at CHECK (VALUE LIKE '%@%')`,
  'ALTER DOMAIN rich.email ADD CONSTRAINT short CHECK (length(VALUE::text) < 80) NOT VALID',
  'REVOKE USAGE ON TYPE rich.mood FROM PUBLIC',
  'CREATE SEQUENCE rich.numbers AS integer INCREMENT BY 5 MINVALUE 10 MAXVALUE 1000 START WITH 20 CACHE 3 CYCLE',
  'CREATE SEQUENCE rich.down INCREMENT BY -1',
  'GRANT USAGE ON SEQUENCE rich.numbers TO rich_reader',
  `CREATE FUNCTION rich.twice(IN a integer, b integer DEFAULT 2) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
     AS $$ SELECT a * b $$`,
  `CREATE FUNCTION rich.twice(text) RETURNS text LANGUAGE sql AS $$ SELECT $1 || $1 $$`,
  'REVOKE EXECUTE ON FUNCTION rich.twice(text) FROM PUBLIC',
  'GRANT EXECUTE ON FUNCTION rich.twice(text) TO "rich ""clerk"""',
  `CREATE FUNCTION rich.rows_of(OUT id integer, OUT name text) RETURNS SETOF record LANGUAGE sql SET work_mem = '4MB'
     AS $$ SELECT 1, 'x'::text $$`,
  `CREATE PROCEDURE rich.tidy(INOUT n integer) LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN n := n + 1; END $$`,
  `CREATE FUNCTION rich.stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$`,
  `CREATE FUNCTION rich.watch() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$`,
  `CREATE AGGREGATE rich.total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0', COMBINEFUNC = int4pl, PARALLEL = SAFE)`,
  `CREATE AGGREGATE rich.tally(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0')`,
  `COMMENT ON FUNCTION rich.twice(integer, integer) IS 'doubles'`,
  `CREATE TABLE rich.customers (
     id bigint GENERATED ALWAYS AS IDENTITY (START WITH 100 INCREMENT BY 10) PRIMARY KEY,
     code serial, email rich.email UNIQUE, mood rich.mood DEFAULT 'good', home rich.address, file rich.lo,
     name text COLLATE "C" NOT NULL, price numeric(10,2) DEFAULT 1.5, quantity int CHECK (quantity > 0),
     total numeric GENERATED ALWAYS AS (price * quantity) STORED, dropped int, during int4range,
     CONSTRAINT "no overlap" EXCLUDE USING gist (during WITH &&) DEFERRABLE INITIALLY DEFERRED
   ) WITH (fillfactor = 70, toast.autovacuum_enabled = false)`,
  'ALTER TABLE rich.customers DROP COLUMN dropped',
  'ALTER TABLE rich.customers ALTER COLUMN name SET STORAGE EXTERNAL, ALTER COLUMN name SET STATISTICS 200',
  'ALTER TABLE rich.customers ALTER COLUMN price SET (n_distinct = 50)',
  'ALTER TABLE rich.customers ADD CONSTRAINT cheap CHECK (price < 1000) NOT VALID',
  'CREATE INDEX "by name" ON rich.customers (lower(name) DESC, quantity) INCLUDE (price) WHERE quantity > 1',
  'CREATE INDEX by_code ON rich.customers (code)',
  'ALTER TABLE rich.customers CLUSTER ON by_code',
  'CREATE STATISTICS rich.related (dependencies) ON price, quantity FROM rich.customers',
  `COMMENT ON TABLE rich.customers IS 'people; who buy'`,
  `COMMENT ON COLUMN rich.customers.email IS 'where to write'`,
  `COMMENT ON INDEX rich."by name" IS 'for the list'`,
  `COMMENT ON CONSTRAINT cheap ON rich.customers IS 'for now'`,
  'GRANT SELECT, INSERT ON rich.customers TO rich_reader WITH GRANT OPTION',
  'GRANT UPDATE (name, price) ON rich.customers TO "rich ""clerk"""',
  'ALTER TABLE rich.customers OWNER TO rich_owner',
  'REVOKE TRUNCATE ON rich.customers FROM rich_owner',
  'ALTER TABLE rich.customers ENABLE ROW LEVEL SECURITY',
  'ALTER TABLE rich.customers FORCE ROW LEVEL SECURITY',
  `CREATE POLICY "own rows" ON rich.customers AS RESTRICTIVE FOR UPDATE TO rich_reader, "rich ""clerk"""
     USING (name = current_user) WITH CHECK (quantity < 5)`,
  'CREATE POLICY readable ON rich.customers FOR SELECT USING (true)',
  'CREATE TRIGGER stamped BEFORE INSERT OR UPDATE OF name ON rich.customers FOR EACH ROW WHEN (NEW.name IS NOT NULL) EXECUTE FUNCTION rich.stamp()',
  'CREATE TRIGGER "off" AFTER TRUNCATE ON rich.customers EXECUTE FUNCTION rich.stamp()',
  'ALTER TABLE rich.customers DISABLE TRIGGER "off"',
  'CREATE CONSTRAINT TRIGGER late AFTER INSERT ON rich.customers DEFERRABLE FOR EACH ROW EXECUTE FUNCTION rich.stamp()',
  `COMMENT ON TRIGGER stamped ON rich.customers IS 'sets the time'`,
  `COMMENT ON POLICY readable ON rich.customers IS 'for all'`,
  `CREATE TABLE "Rich ""shop"""."Order" ("select" int PRIMARY KEY, "a b" bigint NOT NULL, CONSTRAINT placed FOREIGN KEY ("a b")
     REFERENCES rich.customers (id) ON DELETE CASCADE DEFERRABLE)`,
  'ALTER TABLE "Rich ""shop"""."Order" REPLICA IDENTITY FULL',
  'CREATE UNLOGGED TABLE rich.fast (a int)',
  'CREATE TABLE rich.nothing ()',
  "CREATE TABLE rich.typed OF rich.address (zip WITH OPTIONS DEFAULT '0' NOT NULL, PRIMARY KEY (zip))",
  "CREATE TABLE rich.parent (id int, note text DEFAULT 'p', CONSTRAINT positive CHECK (id > 0))",
  'CREATE TABLE rich.child (more int) INHERITS (rich.parent)',
  "ALTER TABLE rich.child ALTER COLUMN note SET DEFAULT 'c'",
  'ALTER TABLE rich.child ALTER COLUMN id SET NOT NULL',
  `CREATE TABLE rich.events (at date NOT NULL, kind int DEFAULT 1, PRIMARY KEY (at, kind)) PARTITION BY RANGE (at)`,
  'CREATE INDEX events_kind ON rich.events (kind)',
  `CREATE TABLE rich.events_2025 PARTITION OF rich.events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')`,
  `CREATE TABLE rich.events_rest PARTITION OF rich.events DEFAULT PARTITION BY LIST (kind)`,
  'CREATE TABLE rich.events_odd (kind int NOT NULL DEFAULT 3, at date NOT NULL)',
  'ALTER TABLE rich.events_rest ATTACH PARTITION rich.events_odd FOR VALUES IN (1, 3)',
  'CREATE TRIGGER each BEFORE UPDATE ON rich.events_2025 FOR EACH ROW EXECUTE FUNCTION rich.stamp()',
  'CREATE TRIGGER everywhere AFTER INSERT ON rich.events FOR EACH ROW EXECUTE FUNCTION rich.stamp()',
  'CREATE TABLE rich.seen (at date, kind int, FOREIGN KEY (at, kind) REFERENCES rich.events)',
  `CREATE FOREIGN TABLE rich.lines (line text OPTIONS (force_not_null 'true') NOT NULL, CONSTRAINT filled CHECK (line <> '')) SERVER files
     OPTIONS (filename '/dev/null', format 'csv')`,
  `CREATE VIEW rich.happy WITH (security_barrier) AS SELECT id, name AS "Name", rich.twice(quantity) AS twice
     FROM rich.customers WHERE mood = 'good' WITH LOCAL CHECK OPTION`,
  `COMMENT ON VIEW rich.happy IS 'the happy ones'`,
  `COMMENT ON COLUMN rich.happy."Name" IS 'as written'`,
  'GRANT SELECT ON rich.happy TO rich_reader',
  'CREATE VIEW "Rich ""shop""".deep AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n',
  'CREATE VIEW rich.writable AS SELECT a FROM rich.fast',
  'ALTER VIEW rich.writable ALTER COLUMN a SET DEFAULT 7',
  'CREATE TRIGGER instead INSTEAD OF INSERT ON rich.writable FOR EACH ROW EXECUTE FUNCTION rich.stamp()',
  'CREATE RULE quiet AS ON DELETE TO rich.fast DO INSTEAD NOTHING',
  'CREATE MATERIALIZED VIEW rich.summary AS SELECT mood, count(*) AS n FROM rich.customers GROUP BY mood WITH NO DATA',
  'CREATE UNIQUE INDEX summary_key ON rich.summary (mood)',
  `CREATE PUBLICATION chosen FOR TABLE rich.parent, "Rich ""shop"""."Order" WITH (publish = 'insert, delete')`,
  'CREATE PUBLICATION everything FOR ALL TABLES',
  `CREATE EVENT TRIGGER noticed ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION rich.watch()`,
  'ALTER EVENT TRIGGER noticed DISABLE',
  `COMMENT ON EVENT TRIGGER noticed IS 'off for now'`,
];

const since15 = [
  'CREATE TABLE rich.once (a int UNIQUE NULLS NOT DISTINCT, b text COMPRESSION pglz)',
  'CREATE PUBLICATION narrow FOR TABLE rich.once (a) WHERE (a > 1)',
  'CREATE PUBLICATION wide FOR TABLES IN SCHEMA "Rich ""shop""", TABLE rich.once',
  `CREATE FUNCTION rich.atomic(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT a + 1; END`,
  'CREATE VIEW rich.invoked WITH (security_invoker = true) AS SELECT 1 AS one',
];

const since18 = [
  `CREATE TABLE rich.newest (a int CONSTRAINT "must be" NOT NULL, b int GENERATED ALWAYS AS (a * 2) VIRTUAL, c int,
     CONSTRAINT hoped CHECK (a > 0) NOT ENFORCED)`,
  'ALTER TABLE rich.newest ADD CONSTRAINT later NOT NULL c NOT VALID',
  'GRANT MAINTAIN ON rich.newest TO rich_reader',
];

/** The statements that make it, for a server of this major version. */
export const richStatements = (major: number): readonly string[] => [
  ...everywhere,
  ...(major >= 15 ? since15 : []),
  ...(major >= 18 ? since18 : []),
];
