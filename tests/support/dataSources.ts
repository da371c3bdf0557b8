import type { MysqlConfig } from '../../src/shared/engines/mysql/config.ts';
import type { PostgresConfig } from '../../src/shared/engines/postgres/config.ts';
import type { DataSource, DataSourceFields, Draft } from '../../src/shared/model/dataSource.ts';
import { defaultPoolSettings, defaultTimeoutSettings } from '../../src/shared/model/poolSettings.ts';

/**
 * What a test says about a data source: common fields and those of PostgreSQL, side by side. Other engines have the
 * same ones among theirs; a test that is about one of these gives its settings first.
 */
export type FieldOverrides = Partial<DataSourceFields & PostgresConfig>;
export type DataSourceOverrides = FieldOverrides & Partial<Omit<DataSource, keyof DataSourceFields>>;

/** Fields of an ordinary data source; override what the test is about. */
export function someFields(overrides: FieldOverrides = {}): DataSourceFields {
  const config: PostgresConfig = {
    host: 'db.example.test',
    port: 5432,
    database: 'warehouse',
    user: 'analyst',
    tls: { mode: 'disable', caPem: null },
  };
  const fields: DataSourceFields = {
    name: 'Warehouse',
    engine: { kind: 'postgres', config },
    origin: 'personal',
    pool: defaultPoolSettings,
    timeouts: defaultTimeoutSettings,
    color: 'blue',
    environment: 'none',
    readOnly: false,
  };
  return edited(fields, overrides);
}

export function someDataSource(overrides: DataSourceOverrides = {}): DataSource {
  return edited({ ...someFields(), id: crypto.randomUUID(), createdAt: 0, updatedAt: 0 }, overrides);
}

/** The same with some of it changed, as a person edits it. */
export function edited<Fields extends DataSourceFields>(
  fields: Fields,
  overrides: DataSourceOverrides,
): Fields {
  const { engine = fields.engine, host, port, database, user, tls, network, ...others } = overrides;
  const { socketFolder, otherHosts, targetSession, balanceHosts, passwordSource, ...rest } = others;
  const { tlsNegotiation, channelBinding, ...common } = rest;
  const address = { host, port, database, user, tls, network, socketFolder, otherHosts };
  const settings = {
    ...address,
    targetSession,
    balanceHosts,
    passwordSource,
    tlsNegotiation,
    channelBinding,
  };
  const changes = Object.entries(settings).filter(([, value]) => value !== undefined);
  const config = { ...engine.config, ...Object.fromEntries(changes) };
  return { ...fields, ...common, engine: { ...engine, config } as DataSourceFields['engine'] };
}

/** What only PostgreSQL's data sources have. */
export function postgresConfig({
  engine: { kind, config },
}: Pick<DataSourceFields, 'engine'>): PostgresConfig {
  if (kind !== 'postgres') throw new Error(`This data source is of ${kind}.`);
  return config;
}

/** The same as versions before there were engines kept them: one flat object. */
export function flatFieldsOf(fields: DataSourceFields): object {
  const { name, origin, pool, timeouts, color, environment, readOnly } = fields;
  const common = { pool, timeouts, color, environment, readOnly, demo: origin === 'demo' };
  return { kind: 'postgres', name, ...postgresConfig(fields), ...common };
}

/** The secrets of a draft with the password that is saved, or with one typed just now. */
export const storedPassword: Draft['secrets'] = { password: { type: 'stored' } };
export const typedPassword = (value: string): Draft['secrets'] => ({ password: { type: 'typed', value } });

/** Configuration of an ordinary MySQL data source. */
export function someMysqlConfig(overrides: Partial<MysqlConfig> = {}): MysqlConfig {
  return {
    host: 'db.example.test',
    port: 3306,
    socketPath: null,
    database: 'shop',
    user: 'analyst',
    tls: { mode: 'disable', caPem: null },
    timeZone: null,
    compression: false,
    ...overrides,
  };
}
