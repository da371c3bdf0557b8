import { loginFailures } from './loginFailures.ts';
import { reachingFailures } from './reachingFailures.ts';
import { tlsFailures } from './tlsFailures.ts';

/** Every way in which a connect can fail, with its words. */
export const connectFailures = { ...reachingFailures, ...tlsFailures, ...loginFailures };
export type ConnectFailureKind = keyof typeof connectFailures;
