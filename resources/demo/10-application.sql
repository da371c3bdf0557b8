-- Creating the tables of the application
--
-- The tables of a small application that keeps database connections for its users, in the style an
-- object-relational mapper makes them: quoted names in camelCase, one table a class.
-- Every statement ends with a semicolon and a blank line: that is how the demo server reads this file.

CREATE TYPE "UserRole" AS ENUM ('OWNER', 'ANALYST', 'VIEWER');

CREATE TYPE "TlsMode" AS ENUM ('DISABLE', 'ENCRYPT', 'VERIFY_CA', 'VERIFY_FULL');

CREATE TYPE "AuditOutcome" AS ENUM ('SUCCEEDED', 'FAILED', 'CANCELLED');

CREATE TABLE "User" (
  "id"          uuid NOT NULL,
  "email"       text NOT NULL,
  "name"        text NOT NULL,
  "role"        "UserRole" NOT NULL DEFAULT 'ANALYST',
  "locale"      text NOT NULL DEFAULT 'en',
  "lastLoginAt" timestamptz(3),
  "createdAt"   timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt"   timestamptz(3) NOT NULL,
  CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Session" (
  "id"         uuid NOT NULL,
  "userId"     uuid NOT NULL,
  "tokenHash"  bytea NOT NULL,
  "userAgent"  text,
  "ipAddress"  inet,
  "createdAt"  timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "lastSeenAt" timestamptz(3) NOT NULL,
  "expiresAt"  timestamptz(3) NOT NULL,
  "revokedAt"  timestamptz(3),
  CONSTRAINT "Session_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id")
    ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "Session_expiresAt_check" CHECK ("expiresAt" > "createdAt")
);

CREATE TABLE "DataSource" (
  "id"               uuid NOT NULL,
  "ownerId"          uuid NOT NULL,
  "name"             text NOT NULL,
  "kind"             text NOT NULL DEFAULT 'postgres',
  "host"             text NOT NULL,
  "port"             integer NOT NULL DEFAULT 5432,
  "databaseName"     text NOT NULL,
  "username"         text NOT NULL,
  "tlsMode"          "TlsMode" NOT NULL DEFAULT 'VERIFY_FULL',
  "color"            text NOT NULL DEFAULT 'gray',
  "environment"      text NOT NULL DEFAULT 'none',
  "isReadOnly"       boolean NOT NULL DEFAULT false,
  "poolMin"          smallint NOT NULL DEFAULT 2,
  "poolMax"          smallint NOT NULL DEFAULT 10,
  "connectTimeoutMs" integer NOT NULL DEFAULT 30000,
  "queryTimeoutMs"   integer NOT NULL DEFAULT 60000,
  "tags"             text[] NOT NULL DEFAULT '{}',
  "options"          jsonb NOT NULL DEFAULT '{}',
  "lastConnectedAt"  timestamptz(3),
  "createdAt"        timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt"        timestamptz(3) NOT NULL,
  CONSTRAINT "DataSource_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "DataSource_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User" ("id")
    ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "DataSource_port_check" CHECK ("port" BETWEEN 1 AND 65535),
  CONSTRAINT "DataSource_pool_check" CHECK ("poolMin" BETWEEN 0 AND "poolMax")
);

CREATE TABLE "AuditLog" (
  "id"            bigint GENERATED ALWAYS AS IDENTITY,
  "userId"        uuid,
  "dataSourceId"  uuid,
  "action"        text NOT NULL,
  "outcome"       "AuditOutcome" NOT NULL,
  "detail"        jsonb,
  "ipAddress"     inet,
  "correlationId" uuid NOT NULL,
  "durationMs"    double precision,
  "createdAt"     timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "AuditLog_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "AuditLog_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id")
    ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "AuditLog_dataSourceId_fkey" FOREIGN KEY ("dataSourceId") REFERENCES "DataSource" ("id")
    ON DELETE SET NULL ON UPDATE CASCADE
);

INSERT INTO "User" ("id", "email", "name", "role", "locale", "lastLoginAt", "createdAt", "updatedAt") VALUES
  ('6f1f4a52-0c7e-4b1e-9a55-1d3c7c9b0001', 'ada.okafor@example.com', 'Ada Okafor', 'OWNER', 'en',
   '2025-12-30 08:14:03.120Z', '2024-01-08 09:00:00Z', '2025-12-30 08:14:03.120Z'),
  ('6f1f4a52-0c7e-4b1e-9a55-1d3c7c9b0002', 'jürgen.groß@example.de', 'Jürgen Groß', 'ANALYST', 'de',
   '2025-12-29 16:40:51.007Z', '2024-03-19 13:27:44Z', '2025-12-29 16:40:51.007Z'),
  ('6f1f4a52-0c7e-4b1e-9a55-1d3c7c9b0003', 'misaki.sato@example.jp', '佐藤 美咲', 'VIEWER', 'ja',
   NULL, '2025-11-02 01:05:10Z', '2025-11-02 01:05:10Z');

INSERT INTO "DataSource" (
  "id", "ownerId", "name", "host", "port", "databaseName", "username", "tlsMode", "color", "environment",
  "isReadOnly", "poolMin", "poolMax", "connectTimeoutMs", "queryTimeoutMs", "tags", "options",
  "lastConnectedAt", "createdAt", "updatedAt"
) VALUES
  ('a0b1c2d3-0000-4000-8000-000000000001', '6f1f4a52-0c7e-4b1e-9a55-1d3c7c9b0001', 'Shop (production)',
   'db.shop.example.com', 5432, 'shop', 'report_reader', 'VERIFY_FULL', 'red', 'production',
   true, 0, 4, 10000, 30000, '{shop,revenue}', '{"applicationName": "reports", "searchPath": ["sales", "public"]}',
   '2025-12-30 08:15:11.402Z', '2024-01-08 09:12:00Z', '2025-10-01 07:00:00Z'),
  ('a0b1c2d3-0000-4000-8000-000000000002', '6f1f4a52-0c7e-4b1e-9a55-1d3c7c9b0001', 'Shop (staging)',
   'db.staging.shop.example.com', 5433, 'shop', 'ada', 'VERIFY_FULL', 'orange', 'staging',
   false, 2, 10, 30000, 60000, '{shop}', '{}',
   '2025-12-28 12:00:00Z', '2024-01-08 09:20:31Z', '2024-01-08 09:20:31Z'),
  ('a0b1c2d3-0000-4000-8000-000000000003', '6f1f4a52-0c7e-4b1e-9a55-1d3c7c9b0002', 'Lager Süd 📦',
   '10.20.30.40', 5432, 'warehouse', 'jgross', 'VERIFY_CA', 'blue', 'production',
   true, 1, 5, 30000, 120000, '{warehouse,"cold storage"}', '{"statementCacheCount": 64}',
   '2025-12-29 16:41:02.660Z', '2024-03-19 14:02:17Z', '2025-06-11 10:30:00Z'),
  ('a0b1c2d3-0000-4000-8000-000000000004', '6f1f4a52-0c7e-4b1e-9a55-1d3c7c9b0002', 'Local experiments',
   'localhost', 5432, 'playground', 'postgres', 'DISABLE', 'gray', 'development',
   false, 2, 10, 5000, 60000, '{}', '{}',
   NULL, '2024-05-02 18:45:09Z', '2024-05-02 18:45:09Z'),
  ('a0b1c2d3-0000-4000-8000-000000000005', '6f1f4a52-0c7e-4b1e-9a55-1d3c7c9b0003', '分析データベース',
   'analytics.example.jp', 6432, 'analytics', 'misaki', 'VERIFY_FULL', 'teal', 'test',
   true, 0, 3, 30000, 600000, '{分析,四半期}', '{"poolMode": "transaction", "note": "behind a connection pooler"}',
   '2025-12-01 02:30:00Z', '2025-11-02 01:10:00Z', '2025-11-20 04:00:00Z');

-- 47 lines over 47 days; who, what and how it ended follow from the number of the line.
INSERT INTO "AuditLog" (
  "userId", "dataSourceId", "action", "outcome", "detail", "ipAddress", "correlationId", "durationMs", "createdAt"
)
SELECT
  CASE WHEN n % 11 = 0 THEN NULL
       ELSE ('6f1f4a52-0c7e-4b1e-9a55-1d3c7c9b000' || 1 + n % 3)::uuid END,
  CASE WHEN n % 6 = 5 THEN NULL
       ELSE ('a0b1c2d3-0000-4000-8000-00000000000' || 1 + n % 5)::uuid END,
  (ARRAY['dataSource.test', 'dataSource.connect', 'dataSource.save', 'query.run', 'export.start', 'user.login'])[1 + n % 6],
  CASE WHEN n % 9 = 4 THEN 'FAILED' WHEN n % 13 = 7 THEN 'CANCELLED' ELSE 'SUCCEEDED' END::"AuditOutcome",
  CASE WHEN n % 9 = 4 THEN jsonb_build_object('code', (ARRAY['AUTH_FAILED', 'CONNECT_TIMEOUT', 'TLS_EXPIRED'])[1 + n % 3],
                                              'attempt', 1 + n % 4)
       WHEN n % 6 = 3 THEN jsonb_build_object('rowCount', n * 1213 % 9973, 'truncated', n % 4 = 3)
  END,
  CASE WHEN n % 7 <> 2 THEN ('192.0.2.' || 1 + n * 5 % 250)::inet END,
  md5('audit line ' || n)::uuid,
  CASE WHEN n % 13 <> 7 THEN round((3.5 + n * 977 % 4001 / 7.0)::numeric, 3)::double precision END,
  timestamptz '2025-11-14 07:30:00Z' + n * interval '23 hours 51 minutes 7.25 seconds'
FROM generate_series(1, 47) AS n;

CREATE UNIQUE INDEX "User_email_key" ON "User" (lower("email"));

CREATE UNIQUE INDEX "Session_tokenHash_key" ON "Session" ("tokenHash");

CREATE INDEX "Session_userId_idx" ON "Session" ("userId") WHERE "revokedAt" IS NULL;

CREATE UNIQUE INDEX "DataSource_ownerId_name_key" ON "DataSource" ("ownerId", "name");

CREATE INDEX "DataSource_tags_idx" ON "DataSource" USING gin ("tags");

CREATE INDEX "AuditLog_createdAt_idx" ON "AuditLog" ("createdAt" DESC);

CREATE INDEX "AuditLog_dataSourceId_createdAt_idx" ON "AuditLog" ("dataSourceId", "createdAt");

COMMENT ON TYPE "UserRole" IS 'What a user may do';

COMMENT ON TYPE "TlsMode" IS 'How the wire to a data source is protected';

COMMENT ON TYPE "AuditOutcome" IS 'How an audited action ended';

COMMENT ON TABLE "User" IS 'People who may sign in';
COMMENT ON COLUMN "User"."id" IS 'Random identifier';
COMMENT ON COLUMN "User"."email" IS 'Address to sign in with; unique without regard to case';
COMMENT ON COLUMN "User"."name" IS 'Name as the person writes it, in any script';
COMMENT ON COLUMN "User"."role" IS 'What the user may do';
COMMENT ON COLUMN "User"."locale" IS 'Language of the interface, as a BCP 47 tag';
COMMENT ON COLUMN "User"."lastLoginAt" IS 'Last sign-in; null when there was none';
COMMENT ON COLUMN "User"."createdAt" IS 'When the user was invited';
COMMENT ON COLUMN "User"."updatedAt" IS 'Last change of this row';

COMMENT ON TABLE "Session" IS 'Sign-ins that have not ended; empty in the demo';
COMMENT ON COLUMN "Session"."id" IS 'Random identifier';
COMMENT ON COLUMN "Session"."userId" IS 'Who signed in';
COMMENT ON COLUMN "Session"."tokenHash" IS 'SHA-256 of the token; the token itself is kept nowhere';
COMMENT ON COLUMN "Session"."userAgent" IS 'What the client said about itself';
COMMENT ON COLUMN "Session"."ipAddress" IS 'Where the sign-in came from';
COMMENT ON COLUMN "Session"."createdAt" IS 'When the session began';
COMMENT ON COLUMN "Session"."lastSeenAt" IS 'Last request within the session';
COMMENT ON COLUMN "Session"."expiresAt" IS 'When the session ends by itself';
COMMENT ON COLUMN "Session"."revokedAt" IS 'When it was ended by hand; null while it is open';

COMMENT ON TABLE "DataSource" IS 'Saved database connections, without their passwords';
COMMENT ON COLUMN "DataSource"."id" IS 'Random identifier';
COMMENT ON COLUMN "DataSource"."ownerId" IS 'Who saved it';
COMMENT ON COLUMN "DataSource"."name" IS 'Name in the list; unique for one owner';
COMMENT ON COLUMN "DataSource"."kind" IS 'Engine';
COMMENT ON COLUMN "DataSource"."host" IS 'Host name or address';
COMMENT ON COLUMN "DataSource"."port" IS 'TCP port';
COMMENT ON COLUMN "DataSource"."databaseName" IS 'Database to open';
COMMENT ON COLUMN "DataSource"."username" IS 'Role to sign in as';
COMMENT ON COLUMN "DataSource"."tlsMode" IS 'How the wire is protected';
COMMENT ON COLUMN "DataSource"."color" IS 'Colour in the list';
COMMENT ON COLUMN "DataSource"."environment" IS 'What the database is for';
COMMENT ON COLUMN "DataSource"."isReadOnly" IS 'Whether sessions are opened read-only';
COMMENT ON COLUMN "DataSource"."poolMin" IS 'Connections kept open';
COMMENT ON COLUMN "DataSource"."poolMax" IS 'Most connections at any time';
COMMENT ON COLUMN "DataSource"."connectTimeoutMs" IS 'Deadline of a connect, in milliseconds';
COMMENT ON COLUMN "DataSource"."queryTimeoutMs" IS 'Deadline of a statement, in milliseconds';
COMMENT ON COLUMN "DataSource"."tags" IS 'Free words to search by';
COMMENT ON COLUMN "DataSource"."options" IS 'Settings that have no column of their own';
COMMENT ON COLUMN "DataSource"."lastConnectedAt" IS 'Last successful connect; null when there was none';
COMMENT ON COLUMN "DataSource"."createdAt" IS 'When it was saved first';
COMMENT ON COLUMN "DataSource"."updatedAt" IS 'Last change of this row';

COMMENT ON TABLE "AuditLog" IS 'Who did what, when, and how it ended';
COMMENT ON COLUMN "AuditLog"."id" IS 'Number of the line';
COMMENT ON COLUMN "AuditLog"."userId" IS 'Who did it; null for the system and for users that are gone';
COMMENT ON COLUMN "AuditLog"."dataSourceId" IS 'What it was done to; null when it has no data source';
COMMENT ON COLUMN "AuditLog"."action" IS 'What was done, as topic.verb';
COMMENT ON COLUMN "AuditLog"."outcome" IS 'How it ended';
COMMENT ON COLUMN "AuditLog"."detail" IS 'What is worth knowing beside the outcome';
COMMENT ON COLUMN "AuditLog"."ipAddress" IS 'Where the request came from';
COMMENT ON COLUMN "AuditLog"."correlationId" IS 'Ties the line to the log';
COMMENT ON COLUMN "AuditLog"."durationMs" IS 'How long it took, in milliseconds; null when it was cancelled';
COMMENT ON COLUMN "AuditLog"."createdAt" IS 'When it ended';

