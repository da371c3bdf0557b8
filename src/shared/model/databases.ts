import { z } from 'zod';
import { dataSourceIdSchema } from './ids.ts';

/** Most databases of one server that are listed. */
export const maxDatabases = 1_000;

/** In UTF-16 units; no server has longer names. */
const databaseNameSchema = z.string().min(1).max(256);

/** Why nobody can work in a database: no right to connect to it, closed for everybody, or left half removed. */
const databaseRefusalSchema = z.enum(['missing-right', 'closed', 'broken']);

/** Another database of the server of a data source. */
export const otherDatabaseSchema = z.strictObject({
  /**
   * What names it wherever a data source can be named: for its names, rows and statements. Always the same for the same
   * database of the same data source.
   */
  id: dataSourceIdSchema,
  name: databaseNameSchema,
  owner: z.string().max(256).nullable(),
  /** Of its texts, such as `UTF8`. */
  encoding: z.string().max(100).nullable(),
  comment: z.string().max(1_000).nullable(),
  /** Null for one that the user may connect to; other rules of the server may refuse that all the same. */
  refusal: databaseRefusalSchema.nullable(),
});
export type OtherDatabase = z.infer<typeof otherDatabaseSchema>;

/** What a server says of a database, before Mooring has named it. */
export type ServerDatabase = Omit<OtherDatabase, 'id'>;

export const databaseListSchema = z.strictObject({
  databases: z.array(otherDatabaseSchema).max(maxDatabases),
});
export type DatabaseList = z.infer<typeof databaseListSchema>;

/** What databases take on the disk of their server, by name; without those of which it is not told. */
export const databaseSizesSchema = z.strictObject({
  sizes: z.array(z.strictObject({ name: databaseNameSchema, bytes: z.number().min(0) })).max(maxDatabases),
});
export type DatabaseSizes = z.infer<typeof databaseSizesSchema>;

/** A database by the data source whose server has it. */
export const databaseRefSchema = z.strictObject({ id: dataSourceIdSchema, database: databaseNameSchema });

/** Where an id that names a database comes from, as the window remembers it. */
export const knownDatabaseSchema = z.strictObject({
  id: dataSourceIdSchema,
  /** The data source whose server has it. */
  sourceId: dataSourceIdSchema,
  name: databaseNameSchema,
});
export type KnownDatabase = z.infer<typeof knownDatabaseSchema>;
