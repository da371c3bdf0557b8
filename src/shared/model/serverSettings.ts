import { z } from 'zod';

/** Most settings of one server; servers have 400 to 700, and extensions add some. */
export const maxServerSettings = 5_000;

/** Longest name, value or description, in UTF-16 units; what is longer is cut. */
export const maxSettingTextLength = 4_000;

/**
 * Where the value of a setting comes from.
 * - `default`: it is built in.
 * - `automatic`: the server has worked it out, such as from the size of the machine.
 * - `file`, `command-line`, `environment`: it was given at the start of the server.
 * - `persisted`: a statement has saved it for all starts to come.
 * - `runtime`: a statement has changed it until the next start.
 * - `database`, `role`, `role-in-database`: it is set for the sessions of these.
 * - `session`: Mooring's own session has asked for it.
 */
export const settingSourceSchema = z.enum([
  'default',
  'automatic',
  'file',
  'command-line',
  'environment',
  'persisted',
  'runtime',
  'database',
  'role',
  'role-in-database',
  'session',
]);
export type SettingSource = z.infer<typeof settingSourceSchema>;

/** When a change takes effect, from never to at once. */
export const settingScopeSchema = z.enum([
  'never',
  'restart',
  'reload',
  'new-sessions',
  'superuser',
  'session',
  'global',
]);
export type SettingScope = z.infer<typeof settingScopeSchema>;

const text = z.string().max(maxSettingTextLength);

/** One setting of a server, in the server's own words. What it does not tell is null. */
export const serverSettingSchema = z.strictObject({
  name: text,
  /** With its unit, as the server itself writes it: `128MB`. */
  value: text.nullable(),
  /** The unit in which it counts, such as `8kB`. */
  unit: text.nullable(),
  category: text.nullable(),
  description: text.nullable(),
  /** What values there can be: `integer, 16 to 1073741823`, `enum: on, off, remote_apply`. */
  accepts: text.nullable(),
  source: settingSourceSchema.nullable(),
  /** The file of the server that sets it, with the line; shown to administrators only. */
  file: text.nullable(),
  line: z.int().nullable(),
  scope: settingScopeSchema.nullable(),
  /** What it is without any configuration. */
  defaultValue: text.nullable(),
  /** What a session goes back to. */
  resetValue: text.nullable(),
  /** The file has another value, which waits for a restart. */
  isPending: z.boolean(),
  /** Somebody has set it to something else than the default. */
  isChanged: z.boolean(),
});
export type ServerSetting = z.infer<typeof serverSettingSchema>;

export const serverSettingsSchema = z.strictObject({
  /** By name. */
  settings: z.array(serverSettingSchema).max(maxServerSettings),
});
export type ServerSettings = z.infer<typeof serverSettingsSchema>;
