import { z } from 'zod';

export const diagnosticsIdSchema = z.uuid();

/** Longest text, in UTF-16 units. */
export const maxDiagnosticsLength = 200_000;

/** The diagnostics as they were when they were collected. What is shown is what is copied and saved. */
export const diagnosticsSchema = z.strictObject({
  id: diagnosticsIdSchema,
  text: z.string().max(maxDiagnosticsLength),
});
export type Diagnostics = z.infer<typeof diagnosticsSchema>;
