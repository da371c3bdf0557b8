import { z } from 'zod';
import { maxHosts } from '../engines/severalHosts.ts';
import { hostSchema, portSchema } from './fieldText.ts';

/** Of a configuration: hosts that are tried after the first one, in their order; absent for a single host. */
export const otherHostsSchema = z
  .array(z.strictObject({ host: hostSchema, port: portSchema }))
  .min(1)
  .max(maxHosts - 1, { error: `A data source has at most ${maxHosts} hosts` })
  .optional();
