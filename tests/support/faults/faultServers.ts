import { inject } from 'vitest';
import type { FaultEngine, FaultServer } from './FaultEngine.ts';
import { mariadbEngine, mariadbServer } from './mariadbEngine.ts';
import { postgresEngine, postgresServer } from './postgresEngine.ts';

/** For `describe.each`: the faults that are not about one protocol happen to every engine. */
export const faultEngines: readonly FaultEngine[] = [postgresEngine, mariadbEngine];

/** The servers that all integration tests share, for faults that leave the server itself alone. */
export const sharedServers: readonly FaultServer[] = [
  postgresServer(inject('postgres')),
  mariadbServer(inject('mariadb')),
];
