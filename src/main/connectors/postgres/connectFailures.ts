import { reachingFailures } from '../network/reachingFailures.ts';
import { tlsFailures } from '../network/tlsFailures.ts';
import { loginFailures } from './loginFailures.ts';

/** Every way in which a connect can fail, with its words. */
export const connectFailures = { ...reachingFailures, ...tlsFailures, ...loginFailures };
export type ConnectFailureKind = keyof typeof connectFailures;
