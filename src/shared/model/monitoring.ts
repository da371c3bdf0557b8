import { z } from 'zod';
import { errorDtoSchema } from '../errors/errorDto.ts';

/** Whether Prometheus can read Mooring's metrics, and where. Off until a person turns it on. */
export const monitoringSettingsSchema = z.strictObject({
  isOn: z.boolean(),
  /** Of 127.0.0.1. Those below 1024 belong to the system. */
  port: z.int().min(1_024).max(65_535),
});
export type MonitoringSettings = z.infer<typeof monitoringSettingsSchema>;

const port = monitoringSettingsSchema.shape.port;

/**
 * What the metrics endpoint does.
 * - `listening`: it answers requests that carry its token.
 * - `failed`: it is turned on and could not be started.
 */
export const monitoringStatusSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('off'), port }),
  z.strictObject({
    status: z.literal('listening'),
    port,
    address: z.string().max(100),
    /** Whether the token is in the keychain; one that is not lasts until the app ends. */
    isTokenKept: z.boolean(),
    /** Epoch milliseconds of the last answer; null before the first. */
    lastScrapeAt: z.number().nullable(),
  }),
  z.strictObject({ status: z.literal('failed'), port, error: errorDtoSchema }),
]);
export type MonitoringStatus = z.infer<typeof monitoringStatusSchema>;
