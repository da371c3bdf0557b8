import { z } from 'zod';

/** Opaque id of a data source (UUID v4), made by main. */
export const dataSourceIdSchema = z.uuid();
export type DataSourceId = z.infer<typeof dataSourceIdSchema>;

/** Id of one call, made by the caller; it is also the correlation id of everything the call causes. */
export const callIdSchema = z.uuid();
export type CallId = z.infer<typeof callIdSchema>;
