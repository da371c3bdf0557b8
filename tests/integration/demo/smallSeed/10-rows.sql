-- Filling the shop

CREATE TABLE "AuditLog" (id integer PRIMARY KEY, action text NOT NULL);

INSERT INTO "AuditLog" SELECT n, 'line ' || n FROM generate_series(1, 47) AS n;

-- A statement that is still running when a test cancels or kills.
DO $$ BEGIN PERFORM pg_sleep(0.3); END $$;

