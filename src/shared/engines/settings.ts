import { z } from 'zod';
import { mysqlConfigSchema } from './mysql/config.ts';
import { postgresConfigSchema } from './postgres/config.ts';
import { restConfigSchema } from './rest/config.ts';

/** The registry of what each engine keeps of a data source. A new engine has its line here. */
const configSchemas = {
  postgres: postgresConfigSchema,
  mysql: mysqlConfigSchema,
  rest: restConfigSchema,
} as const;

export type EngineKind = keyof typeof configSchemas;
/** The configuration of each engine, by kind. */
export type EngineConfigs = { readonly [Kind in EngineKind]: z.infer<(typeof configSchemas)[Kind]> };

const settingsOf = <Kind extends EngineKind>(kind: Kind) =>
  z.strictObject({ kind: z.literal(kind), config: configSchemas[kind] });

export const engineKindSchema = z.enum(Object.keys(configSchemas) as [EngineKind, ...EngineKind[]]);

/** Which engine a data source is of, and that engine's configuration of it. */
export const engineSettingsSchema = z.discriminatedUnion('kind', [
  settingsOf('postgres'),
  settingsOf('mysql'),
  settingsOf('rest'),
]);

/** The settings of one kind; without a parameter, of any. */
export type EngineSettings<Kind extends EngineKind = EngineKind> = {
  [Each in Kind]: { readonly kind: Each; readonly config: EngineConfigs[Each] };
}[Kind];
