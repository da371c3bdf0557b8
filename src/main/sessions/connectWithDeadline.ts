import type { EngineSettings } from '../../shared/engines/settings.ts';
import { endpointOf } from '../../shared/engines/engines.ts';
