import type { EngineSettings } from '../../../shared/engines/settings.ts';
import type { DataSourceFields } from '../../../shared/model/dataSource.ts';
import { defaultPoolSettings, defaultTimeoutSettings } from '../../../shared/model/poolSettings.ts';
import type { Resource } from '../../../shared/model/resources.ts';
import { keyHeader } from './openApiDocument.ts';

/** The engine that reads the demo API. */
export const demoApiKind = 'rest';

/** The data source of the demo API. TLS is off: the bytes never leave this computer. */
export function demoApiSource(baseUrl: string, resources: readonly Resource[]): DataSourceFields {
  return {
    name: 'Demo API',
    engine: {
      kind: demoApiKind,
      config: {
        ...ownParts(baseUrl),
        headers: [],
        query: [],
        rateLimit: null,
        maxRetries: 5,
        keepsCookies: false,
        maxResponseMb: 64,
        variables: [],
        resources: [...resources],
      },
    },
    origin: 'demo',
    pool: defaultPoolSettings,
    timeouts: defaultTimeoutSettings,
    color: 'teal',
    environment: 'development',
    readOnly: true,
  };
}

/**
 * The settings of a saved data source at the demo API as it runs now. Whatever else is edited in it: the key goes to this
 * address alone.
 */
export function atDemoApi(engine: EngineSettings, baseUrl: string): EngineSettings {
  if (engine.kind !== demoApiKind) return demoApiSource(baseUrl, []).engine;
  return { kind: demoApiKind, config: { ...engine.config, ...ownParts(baseUrl) } };
}

const ownParts = (baseUrl: string) =>
  ({
    baseUrl,
    auth: { type: 'api-key', place: 'header', name: keyHeader },
    tls: { mode: 'disable', caPem: null },
    proxyUrl: null,
  }) as const;
