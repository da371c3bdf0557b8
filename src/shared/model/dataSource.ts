import { z } from 'zod';
import { dataSourceIdSchema } from './ids.ts';
import { poolSettingsSchema, timeoutSettingsSchema } from './poolSettings.ts';
import { loneSurrogate, secretText } from './secretField.ts';
import { invisibleCharacter, unusualBlankCharacter } from './visibleText.ts';

const utf8Length = (text: string): number => new TextEncoder().encode(text).length;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is refused
const controlCharacters = /[\u0000-\u001f\u007f-\u009f]/;
/** Marks that change reading direction: a name could otherwise show as another name. */
const bidiControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

const plainText = (what: string) =>
  z
    .string()
    .refine((text) => !controlCharacters.test(text), { error: `${what} contains control characters` })
    .refine((text) => !bidiControls.test(text), { error: `${what} contains text direction marks` })
    .refine((text) => invisibleCharacter(text) === null, {
      error: ({ input }) => `${what} contains an invisible character (${invisibleCharacter(String(input))})`,
    })
    .refine((text) => !loneSurrogate.test(text), { error: `${what} contains an invalid character` });

/** PostgreSQL cuts identifiers at 63 bytes without a word, so a longer one would reach another database. */
const identifier = (what: string) =>
  plainText(what)
    .min(1, { error: `${what} is required` })
    .refine((text) => unusualBlankCharacter(text) === null, {
      error: ({ input }) => `${what} contains an unusual space (${unusualBlankCharacter(String(input))})`,
    })
    .refine((text) => utf8Length(text) <= 63, { error: `${what} is longer than 63 bytes` });

/**
 * A name or an address. An IPv6 address has at least two colons: `db:5432` is a host with its port, not one. Of ASCII's
 * punctuation a name has only dot, dash and underscore: whatever else stands there is another part of a connection text.
 */
const hostPattern =
  /^(?:\[[0-9a-fA-F:.]+(?:%[\w.-]+)?\]|[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:.]*(?:%[\w.-]+)?|[^\s!-,/:-@[-^`{-~]+)$/;

const hostSchema = plainText('Host')
  .min(1, { error: 'Host is required' })
  .max(253, { error: 'Host is longer than 253 characters' })
  .regex(hostPattern, { error: 'Host must be a single name or address, without a port, path or spaces' });

export const portSchema = z
  .int({ error: 'Port must be a whole number' })
  .min(1, { error: 'Port must be between 1 and 65535' })
  .max(65_535, { error: 'Port must be between 1 and 65535' });

const nameSchema = plainText('Name')
  .refine((name) => name.trim().length > 0, { error: 'Name is required' })
  .refine((name) => [...name].length <= 128, { error: 'Name is longer than 128 characters' });

/**
 * How the wire is protected. There is no "prefer": a server that answers "no TLS" never silently gets plain text.
 * `encrypt` hides data from onlookers but trusts whoever answers.
 */
export const tlsModeSchema = z.enum(['disable', 'encrypt', 'verify-ca', 'verify-full']);
export type TlsMode = z.infer<typeof tlsModeSchema>;

/** In characters; PEM has no others than ASCII. */
export const maxAuthorityLength = 512 * 1024;

export const tlsSettingsSchema = z
  .strictObject({
    mode: tlsModeSchema,
    /**
     * PEM of the certificate authorities to trust instead of the system's; null uses the system's. A cloud's bundle of
     * all its authorities is about 200 kB.
     */
    caPem: z
      .string()
      .max(maxAuthorityLength)
      .refine((pem) => /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(pem), {
        error: 'Not a PEM certificate',
      })
      .nullable(),
  })
  .refine((tls) => tls.mode !== 'verify-ca' || tls.caPem !== null, {
    error: 'This mode requires a CA certificate',
    path: ['caPem'],
  });
export type TlsSettings = z.infer<typeof tlsSettingsSchema>;

export const environmentTagSchema = z.enum(['none', 'development', 'test', 'staging', 'production']);
export type EnvironmentTag = z.infer<typeof environmentTagSchema>;

export const colorSchema = z.enum(['gray', 'blue', 'teal', 'green', 'yellow', 'orange', 'red', 'grape']);
export type DataSourceColor = z.infer<typeof colorSchema>;

export const dataSourceKindSchema = z.enum(['postgres']);
export type DataSourceKind = z.infer<typeof dataSourceKindSchema>;

/**
 * What a person edits about a PostgreSQL data source; no secret is in here. Kept flat so that a form edits it as it is.
 * `kind` is the discriminator: a second engine makes `dataSourceFieldsSchema` a discriminated union by it.
 */
export const dataSourceFieldsSchema = z.strictObject({
  kind: z.literal('postgres'),
  name: nameSchema,
  host: hostSchema,
  port: portSchema,
  database: identifier('Database'),
  user: identifier('User'),
  tls: tlsSettingsSchema,
  pool: poolSettingsSchema,
  timeouts: timeoutSettingsSchema,
  color: colorSchema,
  environment: environmentTagSchema,
  /** Every session is opened with default_transaction_read_only. */
  readOnly: z.boolean(),
  /** The app's own demo server: host and port follow it, and its password is the vault's, never typed. */
  demo: z.boolean(),
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

/** A saved data source as the list shows it; of the password only whether there is one. */
export const dataSourceSummarySchema = z.strictObject({
  dataSource: dataSourceSchema,
  password: z.strictObject({ stored: z.boolean() }),
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
export const passwordTextSchema = secretText('Password', { max: 16_384 });

/** The password of a draft: typed just now, the one in the vault for this data source, or none. */
export const passwordInputSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('stored') }),
  z.strictObject({
    type: z.literal('typed'),
    value: passwordTextSchema,
  }),
]);
export type PasswordInput = z.infer<typeof passwordInputSchema>;

/** A data source in the wizard. `id` is null for a new one, else the data source being edited. */
export const draftSchema = z.strictObject({
  id: dataSourceIdSchema.nullable(),
  fields: dataSourceFieldsSchema,
  password: passwordInputSchema,
});
export type Draft = z.infer<typeof draftSchema>;
