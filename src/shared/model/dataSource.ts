import { z } from 'zod';
import { engineSettingsSchema } from '../engines/settings.ts';
import { plainText } from './fieldText.ts';
import { dataSourceIdSchema } from './ids.ts';
import { poolSettingsSchema, timeoutSettingsSchema } from './poolSettings.ts';
import { secretText } from './secretField.ts';

const nameSchema = plainText('Name')
  .refine((name) => name.trim().length > 0, { error: 'Name is required' })
  .refine((name) => [...name].length <= 128, { error: 'Name is longer than 128 characters' });

export const environmentTagSchema = z.enum(['none', 'development', 'test', 'staging', 'production']);
export type EnvironmentTag = z.infer<typeof environmentTagSchema>;

export const colorSchema = z.enum(['gray', 'blue', 'teal', 'green', 'yellow', 'orange', 'red', 'grape']);
export type DataSourceColor = z.infer<typeof colorSchema>;

/** Whose server it is: the app's own demo database, or one of the person's. */
const originSchema = z.enum(['personal', 'demo']);

/** What a person edits about a data source: what all have in common, and its engine's configuration. No secret is in here. */
export const dataSourceFieldsSchema = z.strictObject({
  name: nameSchema,
  engine: engineSettingsSchema,
  /** Address and password of a demo one are the app's own, never typed. */
  origin: originSchema,
  pool: poolSettingsSchema,
  timeouts: timeoutSettingsSchema,
  color: colorSchema,
  environment: environmentTagSchema,
  /** Every session refuses to write, as far as the engine can. */
  readOnly: z.boolean(),
});
export type DataSourceFields = z.infer<typeof dataSourceFieldsSchema>;

export const dataSourceSchema = z.strictObject({
  ...dataSourceFieldsSchema.shape,
  id: dataSourceIdSchema,
  /** Epoch milliseconds. */
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type DataSource = z.infer<typeof dataSourceSchema>;

/**
 * Whether a saved data source is as Mooring left it.
 * - `intact`: its signature is right.
 * - `unchecked`: the key to check it with is not in memory yet.
 * - `unsigned`: saved while there was no key to sign it with.
 * - `changed`: changed outside of Mooring, or damaged; it is not used until a person has looked at it.
 */
export const integritySchema = z.enum(['intact', 'unchecked', 'unsigned', 'changed']);
export type Integrity = z.infer<typeof integritySchema>;

/** The name of a secret field of an engine, such as `password`. */
export const secretFieldNameSchema = z.string().regex(/^[a-z][A-Za-z]{0,39}$/);
export type SecretFieldName = z.infer<typeof secretFieldNameSchema>;

/** A saved data source as the list shows it; of its secrets only which are stored. */
export const dataSourceSummarySchema = z.strictObject({
  dataSource: dataSourceSchema,
  secrets: z.record(secretFieldNameSchema, z.strictObject({ stored: z.literal(true) })),
  integrity: integritySchema,
});
export type DataSourceSummary = z.infer<typeof dataSourceSummarySchema>;

/** A saved data source that cannot be read. It is kept as it is. */
export const damagedDataSourceSchema = z.strictObject({
  id: z.string().max(100),
  /** As far as it can be read. */
  name: z.string().max(200).nullable(),
  /** Which parts are wrong, such as `port: too_big`; holds none of their values. */
  problems: z.array(z.string().max(200)).max(20),
});
export type DamagedDataSource = z.infer<typeof damagedDataSourceSchema>;

/** Counts the changes of the list since it was opened: each change has the next number. */
const listRevision = z.int().min(0);

/** All that is saved: what can be used, and what cannot be read. */
export const dataSourceListSchema = z.strictObject({
  revision: listRevision,
  dataSources: z.array(dataSourceSummarySchema),
  damaged: z.array(damagedDataSourceSchema),
});
export type DataSourceList = z.infer<typeof dataSourceListSchema>;

/**
 * One change of the list.
 * - `some`: these were added or changed, and those with these ids, readable or damaged, are gone. Applied to the list of
 *   the revision before it, it gives the list of its own.
 * - `all`: any of them may have changed; the list is to be read again.
 */
export const dataSourceChangeSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('some'),
    revision: listRevision,
    changed: z.array(dataSourceSummarySchema),
    removed: z.array(z.string().max(100)),
  }),
  z.strictObject({ type: z.literal('all'), revision: listRevision }),
]);
export type DataSourceChange = z.infer<typeof dataSourceChangeSchema>;

/** A data source as a call has just left it, and the revision of the list that holds it like this. */
export const savedDataSourceSchema = z.strictObject({
  ...dataSourceSummarySchema.shape,
  revision: listRevision,
});
export type SavedDataSource = z.infer<typeof savedDataSourceSchema>;

/** Access tokens that take the place of a password (IAM, Entra ID) have thousands of characters. */
export const secretValueSchema = secretText('Password', { max: 16_384 });

/** Names a secret that main has obtained, and says nothing of it. */
export const obtainedIdSchema = z.uuid();

/** A secret of a draft: typed just now, obtained just now, or the one in the vault for this data source. */
export const secretInputSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('stored') }),
  z.strictObject({ type: z.literal('typed'), value: secretValueSchema }),
  /** Main holds it in memory since the person signed in at a server (`requests.signIn`). */
  z.strictObject({ type: z.literal('obtained'), id: obtainedIdSchema }),
]);
export type SecretInput = z.infer<typeof secretInputSchema>;

/** A data source in the wizard. `id` is null for a new one, else the data source being edited. */
export const draftSchema = z.strictObject({
  id: dataSourceIdSchema.nullable(),
  fields: dataSourceFieldsSchema,
  /** By secret field of the engine; one that is missing is not wanted, or no longer. */
  secrets: z.record(secretFieldNameSchema, secretInputSchema),
});
export type Draft = z.infer<typeof draftSchema>;
