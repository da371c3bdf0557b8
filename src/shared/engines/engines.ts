import type { PasswordSource } from '../model/passwordSource.ts';
import type { Resource } from '../model/resources.ts';
import type { Engine } from './Engine.ts';
import type { FormValues } from './form.ts';
import { mysqlEngine } from './mysql/engine.ts';
import { postgresEngine } from './postgres/engine.ts';
import { restEngine } from './rest/engine.ts';
import type { EngineConfigs, EngineKind, EngineSettings } from './settings.ts';

/** The registry of the engines. A new one has its line here. */
const engines: { readonly [Kind in EngineKind]: Engine<EngineConfigs[Kind]> } = {
  postgres: postgresEngine,
  mysql: mysqlEngine,
  rest: restEngine,
};

/** In the order in which the window offers them. */
export const engineKinds = Object.keys(engines) as EngineKind[];

export const engineOf = <Kind extends EngineKind>(kind: Kind): Engine<EngineConfigs[Kind]> => engines[kind];

export const endpointOf = <Kind extends EngineKind>({ kind, config }: EngineSettings<Kind>) =>
  engineOf(kind).endpoint(config);

/** One line that says where a data source is. */
export const addressTextOf = <Kind extends EngineKind>({ kind, config }: EngineSettings<Kind>): string =>
  engineOf(kind).addressText(config);

/** The same with who logs in: `ann@db.example.com:5432/shop`. */
export function loginTextOf<Kind extends EngineKind>(settings: EngineSettings<Kind>): string {
  const user = engineOf(settings.kind).user(settings.config);
  return user === null ? addressTextOf(settings) : `${user}@${addressTextOf(settings)}`;
}

/** Where the password of a data source comes from; undefined where a person types it, or the vault has it. */
export const passwordSourceOf = ({ config }: EngineSettings): PasswordSource | undefined =>
  'passwordSource' in config ? config.passwordSource : undefined;

export const defaultSchemaOf = <Kind extends EngineKind>({ kind, config }: EngineSettings<Kind>) =>
  engineOf(kind).defaultSchema(config);

/** The same settings for another database of the server; null where there are none. */
export function inDatabase<Kind extends EngineKind>(
  { kind, config }: EngineSettings<Kind>,
  database: string,
): EngineSettings<Kind> | null {
  const other = engineOf(kind).inDatabase?.(config, database);
  return other === undefined ? null : { kind, config: other };
}

/** What a person has described that there is to read; null where the server knows by itself. */
export const resourcesOf = <Kind extends EngineKind>({
  kind,
  config,
}: EngineSettings<Kind>): readonly Resource[] | null => engineOf(kind).resources?.of(config) ?? null;

/** The same settings with other resources. */
export const withResources = <Kind extends EngineKind>(
  { kind, config }: EngineSettings<Kind>,
  resources: readonly Resource[],
): EngineSettings<Kind> => ({ kind, config: engineOf(kind).resources?.with(config, resources) ?? config });

/** What the fields of the form show of a configuration. */
export const formValuesOf = <Kind extends EngineKind>({ kind, config }: EngineSettings<Kind>): FormValues =>
  engineOf(kind).form.valuesOf(config);

/** What the fields of the form make; not checked yet. */
export const settingsOfForm = <Kind extends EngineKind>(
  kind: Kind,
  values: FormValues,
): EngineSettings<Kind> => ({ kind, config: engineOf(kind).form.configOf(values) });
