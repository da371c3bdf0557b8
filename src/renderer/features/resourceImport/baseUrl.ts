import { addressTextOf, endpointOf } from '../../../shared/engines/engines.ts';
import type { EngineSettings } from '../../../shared/engines/settings.ts';

/** Where an API is, whole: what its engine shows as its address has no scheme. */
export function baseUrlOf(settings: EngineSettings): string {
  const address = addressTextOf(settings);
  return `${endpointOf(settings).tls === null ? 'http' : 'https'}://${address}`;
}
