import { z } from 'zod';

/** More are not listed: a person types the name then. */
export const maxDatabaseNames = 500;

/** The databases of a server, by name. */
export const databaseNamesSchema = z.array(z.string().min(1).max(128)).max(maxDatabaseNames);
